"""What a terminal shows, from what a program has written to it: as much of ECMA-48 and xterm as full screens here use."""
import codecs
import re
import unicodedata

SEQUENCE = re.compile(r"\x1b\[([?0-9;]*)([@-~])")
BEGUN = re.compile(r"\x1b(\[[?0-9;]*)?$")


class Screen:
    def __init__(self, rows, columns):
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.rest = ""
        self.row = self.column = 0
        self.is_alternate = False
        self.other = None
        self.resize(rows, columns, [])

    def resize(self, rows, columns, cells=None):
        old = self.cells if cells is None else cells
        self.rows, self.columns = rows, columns
        self.cells = [[" "] * columns for _ in range(rows)]
        for row, line in zip(self.cells, old):
            row[: len(line)] = line[:columns]
        self.row = min(self.row, rows - 1)
        self.column = min(self.column, columns - 1)

    def lines(self):
        return ["".join(row).rstrip() for row in self.cells]

    def text(self):
        return "\n".join(self.lines())

    def write(self, data):
        text = self.rest + self.decoder.decode(data)
        self.rest = ""
        place = 0
        while place < len(text):
            if text[place] == "\x1b":
                found = SEQUENCE.match(text, place)
                if not found:
                    if BEGUN.match(text, place):
                        self.rest = text[place:]
                        return
                    raise ValueError(f"what is {text[place:place + 10]!r}?")
                self.obey(found[1], found[2])
                place = found.end()
            else:
                self.put(text[place])
                place += 1

    def obey(self, parameters, final):
        numbers = [int(n) if n else 0 for n in parameters.strip("?").split(";")]
        if final == "H":
            self.row = min(max(numbers[0], 1), self.rows) - 1
            self.column = min(max(numbers[1] if len(numbers) > 1 else 1, 1), self.columns) - 1
        elif final == "J" and numbers[0] == 2:
            self.cells = [[" "] * self.columns for _ in range(self.rows)]
        elif final == "K":
            self.cells[self.row][self.column :] = [" "] * (self.columns - self.column)
        elif parameters == "?1049" and (final == "h") != self.is_alternate:
            self.is_alternate = final == "h"
            kept, self.other = self.other, self.cells
            self.resize(self.rows, self.columns, kept or [])
        elif final in "hlm":
            pass
        else:
            raise ValueError(f"what is ESC [ {parameters} {final}?")

    def put(self, character):
        if character == "\r":
            self.column = 0
        elif character == "\n":
            self.row = min(self.row + 1, self.rows - 1)
        elif ord(character) < 32:
            pass
        elif unicodedata.combining(character):
            self.cells[self.row][max(self.column - 1, 0)] += character
        else:
            width = 2 if unicodedata.east_asian_width(character) in "WF" else 1
            column = min(self.column, self.columns - width)
            self.cells[self.row][column] = character
            if width == 2:
                self.cells[self.row][column + 1] = ""
            self.column = column + width
