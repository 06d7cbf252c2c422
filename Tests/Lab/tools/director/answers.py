"""What the servers of the farm say: web, mail and name servers in few lines, honest and not."""
import struct

from farm import Elsewhere


def nothing(_):
    """Accepts and is silent."""
    return None


def web(pages, status=200, delay=0):
    """`pages`: path → body; other paths are not found. All get that status."""
    def answer(data):
        if not data:
            return None
        path = data.split(b" ", 2)[1].decode("ascii", "replace") if data.count(b" ") >= 2 else "/"
        code, body = (status, pages[path]) if path in pages else (404, "nothing here\n")
        text = f"HTTP/1.1 {code} Word\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        return (delay, text.encode())
    return answer


def mail(greeting=220, hello=250, farewell=221):
    def answer(data):
        if not data:
            return f"{greeting} mail.example.com ESMTP\r\n".encode()
        word = data[:4].upper()
        code = {b"HELO": hello, b"EHLO": hello, b"QUIT": farewell}.get(word, 250)
        return f"{code} word\r\n".encode()
    return answer


def names(code=0, wrong_id=False, elsewhere=False, question_only=False):
    """192.0.2.2 for every name; `code` is the response code."""
    def answer(query):
        if len(query) < 17:
            return None
        number = struct.unpack_from("!H", query)[0]
        end = 12
        while end < len(query) and query[end]:
            end += query[end] + 1
        question = query[12:end + 5]
        records = 0 if code or question_only else 1
        head = struct.pack("!HHHHHH", number ^ (1 if wrong_id else 0), 0x8180 | code, 1, records, 0, 0)
        record = b"\xc0\x0c" + question[-4:-2] + struct.pack("!HIH", 1, 60, 4) + bytes([192, 0, 2, 2])
        words = head + question + record * records
        return (0, Elsewhere(words)) if elsewhere else words
    return answer


def echo(data):
    return data


def say(words):
    return lambda _: words


class Mailbox:
    """A mail server that keeps what it is given: `mails` are pairs of the receivers and the text, `hellos` what the
    clients called themselves. `code` greets."""

    def __init__(self):
        self.mails, self.hellos, self.code = [], [], 220

    def answer(self):
        """For one server: its connections come one after another."""
        receivers, text = [], None

        def reply(data):
            nonlocal text
            if not data:
                receivers.clear()
                text = None
                return f"{self.code} mail.example.com ESMTP\r\n".encode()
            answers = []
            for line in data.decode("ascii", "replace").split("\r\n")[:-1]:
                word = line[:4].upper()
                if text is not None:
                    if line == ".":
                        self.mails.append((tuple(receivers), "\n".join(text)))
                        text = None
                        answers.append("250 kept")
                    else:
                        text.append(line)
                elif word == "DATA":
                    text = []
                    answers.append("354 go on")
                else:
                    if word == "RCPT":
                        receivers.append(line.partition(":")[2].strip(" <>"))
                    if word in ("HELO", "EHLO"):
                        self.hellos.append(line[5:])
                    answers.append("221 bye" if word == "QUIT" else "250 well")
            return "".join(f"{line}\r\n" for line in answers).encode() or None
        return reply

    def subjects(self):
        return [line[9:] for _, text in self.mails for line in text.split("\n") if line.startswith("Subject: ")]
