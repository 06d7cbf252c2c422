import Screens
import Testing

@Suite struct ScreenLineTests {
    private func field(_ text: String, _ width: Int, _ side: ScreenLine.Side = .left, _ glyphs: GlyphSet = .unicode)
        -> String
    {
        var line = ScreenLine(glyphs)
        line.append(text, width: width, side)
        #expect(line.columns == width)
        return line.cells.reduce(into: "") { $0 += $1.text }
    }

    @Test("A field has its width, whatever is in it")
    func width() {
        #expect(field("VI_1", 6) == "VI_1  ")
        #expect(field("VI_1", 6, .right) == "  VI_1")
        #expect(field("VI_1", 4) == "VI_1")
        #expect(field("VI_12", 4) == "VI_…")
        #expect(field("VI_12", 1) == "…")
        #expect(field("VI_12", 4, .left, .ascii) == "VI_~")
        #expect(field("", 2) == "  ")
        #expect(field("any", 0) == "")
    }

    @Test("Wide characters count twice and are never halved")
    func wide() {
        #expect(field("漢字", 4) == "漢字")
        #expect(field("漢字", 5) == "漢字 ")
        #expect(field("漢字表", 5) == "漢字…")
        #expect(field("漢字表", 4) == "漢 …")
        #expect(field("漢字", 4, .left, .ascii) == "????")
    }

    @Test("Marks stand on their character and take no column; a heap of them is cut")
    func marks() {
        #expect(field("e\u{301}x", 3) == "e\u{301}x ")
        #expect(field("漢\u{301}x", 4) == "漢\u{301}x ")
        #expect(field("\u{301}x", 2) == "?x")
        let heap = field("e" + String(repeating: "\u{301}", count: 1000) + "x", 3)
        #expect(heap.unicodeScalars.count == 6)
        #expect(field("e\u{301}x", 4, .left, .ascii) == "e?x ")
    }

    @Test(
        "A locale says what can be shown",
        arguments: [
            ("C.UTF-8", GlyphSet.unicode), ("de_DE.utf8", .unicode), ("de_DE.UTF-8@euro", .unicode), ("C", .ascii),
            ("", .ascii), ("POSIX", .ascii), ("en_US.ISO-8859-1", .ascii),
        ])
    func locale(name: String, glyphs: GlyphSet) {
        #expect(GlyphSet(locale: name) == glyphs)
    }
}
