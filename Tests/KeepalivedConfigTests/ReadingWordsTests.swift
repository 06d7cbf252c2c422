import Testing

@testable import KeepalivedConfig

@Suite("Reading words, quotes, comments and blocks")
struct ReadingWordsTests {
    @Test(
        "A line is words; braces end it, comments cut it",
        arguments: [
            ("a b c", "a b c"),
            ("  a\tb \r\n\n c\u{b}d", "a b; c d"),
            ("a # b\n# c\n! d\ne ! f", "a; e"),
            ("a b#c", "a b"),
            ("a \\#b \\!c", "a #b !c"),
            ("a \"b # c\" ! d", "a |b # c|"),
            ("a \"b c\"d", "a |b c| d"),
            ("a b\"c d\"", "a b |c d|"),
            ("a \"\" b", "a || b"),
            ("a {\n b\n}", "a { b }"),
            ("a{b}c", "a { b }; c"),
            ("a { b 1 } c {}", "a { b 1 }; c { }"),
            ("a\n\n# x\n {\nb }", "a { b }"),
            ("a { b { c } d }", "a { b { c }; d }"),
            ("a \"{b}\" {c}", "a |{b}| { c }"),
            ("a \\{b\n}", "a \\ { b }"),
            ("\"a\" b", "|a| b"),
        ])
    func words(text: String, expected: String) {
        let tree = ConfigurationReader.read(text: text)
        #expect(outline(tree.statements) == expected)
        #expect(faults(tree) == [])
    }

    @Test("A word knows its place in bytes, quotes included")
    func places() throws {
        let tree = ConfigurationReader.read(text: "x\n\ta é \"b c\" {\n d }")
        let a = tree.statements[1]
        #expect(a.keyword.span == SourceSpan(file: 0, line: 2, column: 2, length: 1))
        #expect(a.arguments.map(\.span.column) == [4, 7])
        #expect(a.arguments.map(\.span.length) == [2, 5])
        #expect(try #require(a.body).first?.keyword.span == SourceSpan(file: 0, line: 3, column: 2, length: 1))
    }
}
