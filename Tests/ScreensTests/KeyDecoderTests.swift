import Screens
import Testing

@Suite struct KeyDecoderTests {
    struct Typed: Sendable {
        var bytes: String
        var keys: [Key]

        init(_ bytes: String, _ keys: Key...) {
            self.bytes = bytes
            self.keys = keys
        }
    }

    static let typed = [
        Typed("q", .character("q")), Typed("Q /", .character("Q"), .character(" "), .character("/")),
        Typed("\u{3}\u{c}", .control("c"), .control("l")), Typed("\t\r\n", .tab, .enter, .enter),
        Typed("\u{8}\u{7f}", .backspace, .backspace), Typed("\u{0}\u{1f}", .unknown, .unknown),
        // Cursor keys in both modes, and with Ctrl.
        Typed("\u{1b}[A\u{1b}[B\u{1b}[C\u{1b}[D", .up, .down, .right, .left),
        Typed("\u{1b}OA\u{1b}OB\u{1b}OC\u{1b}OD", .up, .down, .right, .left), Typed("\u{1b}[1;5A", .up),
        // Home and End as xterm, the VT220, rxvt and the Linux console send them.
        Typed("\u{1b}[H\u{1b}[F\u{1b}OH\u{1b}OF", .home, .end, .home, .end),
        Typed("\u{1b}[1~\u{1b}[4~\u{1b}[7~\u{1b}[8~", .home, .end, .home, .end),
        Typed("\u{1b}[5~\u{1b}[6~\u{1b}[5;2~\u{1b}[3~", .pageUp, .pageDown, .pageUp, .delete),
        Typed("\u{1b}[Z\u{1b}OM", .backTab, .enter),
        // Keys without a meaning leave nothing behind: F1, F5, F1 of the Linux console, Insert, a mouse.
        Typed("\u{1b}OPx", .unknown, .character("x")), Typed("\u{1b}[15~x", .unknown, .character("x")),
        Typed("\u{1b}[[Ax", .unknown, .character("x")), Typed("\u{1b}[2~x", .unknown, .character("x")),
        Typed("\u{1b}[<0;12;7Mx", .unknown, .character("x")),
        Typed("\u{1b}[\(String(repeating: "1;", count: 400))~x", .unknown, .character("x")),
        // Escape and another key in one read.
        Typed("\u{1b}q", .escape, .character("q")), Typed("\u{1b}\u{1b}[A", .escape, .up),
        Typed("é漢😀", .character("é"), .character("漢"), .character("😀")),
    ]

    @Test("Keys are the same however the bytes are cut", arguments: typed)
    func cut(typed: Typed) {
        let bytes = Array(typed.bytes.utf8)
        for piece in [bytes.count, 1, 2, 3] {
            var decoder = KeyDecoder()
            var keys: [Key] = []
            for start in stride(from: 0, to: bytes.count, by: piece) {
                keys += decoder.take(bytes[start..<min(start + piece, bytes.count)])
            }
            #expect(keys == typed.keys, "\(typed.bytes.debugDescription) by \(piece)")
            #expect(!decoder.isUndecided)
        }
    }

    @Test("The key Escape is known by that nothing follows")
    func escape() {
        var decoder = KeyDecoder()
        #expect(decoder.take([0x1b]).isEmpty)
        #expect(decoder.isUndecided)
        #expect(decoder.finish() == [.escape])
        #expect(!decoder.isUndecided)
        #expect(decoder.finish().isEmpty)
        #expect(decoder.take([0x1b, 0x5b]).isEmpty)
        #expect(decoder.finish() == [.unknown])
        #expect(decoder.take([0x41]) == [.character("A")])
    }

    @Test("What is no UTF-8 is no key, and what follows is one")
    func broken() {
        var decoder = KeyDecoder()
        #expect(decoder.take([0xff, 0x71]) == [.unknown, .character("q")])
        #expect(decoder.take([0xe6, 0x71]) == [.unknown, .character("q")])
        #expect(decoder.take([0xed, 0xa0, 0x80, 0x71]) == [.unknown, .character("q")])
        #expect(decoder.take([0xc2, 0x9b, 0x41]) == [.unknown, .character("A")])
    }

    @Test("Random bytes decode to something, and Escape afterwards is heard")
    func random() {
        var generator = SystemRandomNumberGenerator()
        var decoder = KeyDecoder()
        for _ in 0..<200 {
            let bytes = (0..<200).map { _ in UInt8.random(in: 0...255, using: &generator) }
            _ = decoder.take(bytes)
            _ = decoder.finish()
            #expect(decoder.take([0x71]) == [.character("q")], "after \(bytes)")
        }
    }
}
