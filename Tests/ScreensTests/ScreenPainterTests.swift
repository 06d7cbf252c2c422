import Screens
import Testing

/// What the painter writes is read by a little terminal, which must then show the picture.
@Suite struct ScreenPainterTests {
    private func lines(_ texts: String...) -> [ScreenLine] {
        texts.map {
            var line = ScreenLine()
            line.append($0)
            return line
        }
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test("The first picture is sent whole, the same one not again")
    func first() {
        var painter = ScreenPainter(hasColour: true)
        let picture = lines("one", "", "three")
        #expect(text(painter.bytes(for: picture, size: (3, 10))) == "\u{1b}[m\u{1b}[2J\u{1b}[1Hone\u{1b}[3Hthree")
        #expect(painter.bytes(for: picture, size: (3, 10)).isEmpty)
        painter.forget()
        #expect(!painter.bytes(for: picture, size: (3, 10)).isEmpty)
    }

    @Test("Only what differs is sent")
    func difference() {
        var painter = ScreenPainter(hasColour: true)
        _ = painter.bytes(for: lines("rate 100 and more", "x"), size: (2, 40))
        #expect(text(painter.bytes(for: lines("rate 107 and more", "x"), size: (2, 40))) == "\u{1b}[1;8H7")
        #expect(text(painter.bytes(for: lines("rate 107", "x"), size: (2, 40))) == "\u{1b}[1;9H\u{1b}[K")
        #expect(text(painter.bytes(for: lines("rate 107"), size: (2, 40))) == "\u{1b}[2H\u{1b}[K")
    }

    @Test("Colours are sent where they change, and not at all where they are not wanted")
    func colour() {
        var line = ScreenLine()
        line.append("up", CellStyle(.green, isBold: true))
        line.append(" here")
        var painter = ScreenPainter(hasColour: true)
        #expect(text(painter.bytes(for: [line], size: (1, 10))).hasSuffix("\u{1b}[0;1;32mup\u{1b}[m here"))
        var plain = ScreenPainter(hasColour: false)
        #expect(text(plain.bytes(for: [line], size: (1, 10))).hasSuffix("\u{1b}[0;1mup\u{1b}[m here"))
    }

    @Test("A terminal shows each picture of a random series", arguments: 0..<20)
    func series(seed: Int) {
        var generator = SystemRandomNumberGenerator()
        let alphabet = ["a", "b", " ", " ", "漢", "é", "e\u{301}", "1", "▅"]
        let styles = [CellStyle.plain, .bold, CellStyle(.red), .reversed]
        var painter = ScreenPainter(hasColour: true)
        var terminal = SmallTerminal(rows: 4, columns: 16)
        var last: [ScreenLine] = []
        for step in 0..<60 {
            if step % 20 == 19 {
                painter.forget()
                let columns = Int.random(in: 1...20, using: &generator)
                terminal = SmallTerminal(rows: Int.random(in: 1...5, using: &generator), columns: columns)
            }
            var picture: [ScreenLine] = []
            for row in 0..<Int.random(in: 0...terminal.rows, using: &generator) {
                if row < last.count, Bool.random(using: &generator) {
                    picture.append(last[row])
                    continue
                }
                var line = ScreenLine()
                for _ in 0..<Int.random(in: 0...18, using: &generator) {
                    line.append(
                        alphabet.randomElement(using: &generator) ?? "",
                        styles.randomElement(using: &generator) ?? .plain)
                }
                picture.append(line)
            }
            terminal.take(painter.bytes(for: picture, size: (terminal.rows, terminal.columns)))
            for row in 0..<terminal.rows {
                var wanted = row < picture.count ? picture[row] : ScreenLine()
                wanted.fit(terminal.columns)
                #expect(terminal.line(row) == wanted.text, "row \(row) in step \(step)")
            }
            last = picture
        }
    }
}
