import IPVSGrammar
import Testing

@Suite("Lines of restore input")
struct RuleLineTests {
    private func words(_ line: String) throws(RuleLine.Failure) -> [String] {
        try RuleLine.words(of: Array(line.utf8)[...]).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(
        "Words, quotes, comments",
        arguments: [
            ("", []),
            ("   \t ", []),
            ("-A -t 10.0.0.1:80 -s rr", ["-A", "-t", "10.0.0.1:80", "-s", "rr"]),
            ("\t-A\t-t  10.0.0.1:80  ", ["-A", "-t", "10.0.0.1:80"]),
            // Lines of another system.
            ("-C\r", ["-C"]),
            // What the C program takes for a part of a word.
            ("-A\u{0b}-n\u{0c}", ["-A\u{0b}-n\u{0c}"]),
            // A comment, in a line of its own and behind a rule; not within a word.
            ("# a rule", []),
            ("  # a rule", []),
            ("-C # all of it", ["-C"]),
            ("-C #", ["-C"]),
            ("-s r#r", ["-s", "r#r"]),
            ("-s '#'", ["-s", "#"]),
            // Quotes.
            ("-s 'a b'", ["-s", "a b"]),
            ("-s \"a b\"", ["-s", "a b"]),
            ("-s ''", ["-s", ""]),
            ("-s \"\"", ["-s", ""]),
            ("a'b'\"c\"d", ["abcd"]),
            ("'it''s'", ["its"]),
            ("'a\"b' \"c'd\"", ["a\"b", "c'd"]),
            // A backslash only means something within double quotes, before one of these two.
            (#""a\"b""#, ["a\"b"]),
            (#""a\\b""#, [#"a\b"#]),
            (#""a\nb""#, [#"a\nb"#]),
            (#"'a\'"#, [#"a\"#]),
            (#"a\ b"#, [#"a\"#, "b"]),
            // A recorded command line.
            ("ipvsadm -A -t 10.0.0.1:80", ["-A", "-t", "10.0.0.1:80"]),
            ("ipvsadm", []),
            ("-s ipvsadmin", ["-s", "ipvsadmin"]),
            ("/sbin/ipvsadm -C", ["/sbin/ipvsadm", "-C"]),
        ])
    func splitting(line: String, expected: [String]) throws {
        #expect(try words(line) == expected)
    }

    @Test("A quote that does not end", arguments: ["'", "\"", "-s 'a", "-s \"a\\\"", "a'b'c'", "\"\\"])
    func unterminated(line: String) {
        #expect(throws: RuleLine.Failure.unterminatedQuote) { try words(line) }
    }

    @Test("A quote in a comment is no quote")
    func quoteInComment() throws {
        #expect(try words("-C # it's all") == ["-C"])
    }

    @Test("Words of any length stay whole")
    func longWords() throws {
        let long = String(repeating: "x", count: 100_000)
        #expect(try words("-s \(long) '\(long)'") == ["-s", long, long])
    }

    @Test("Bytes that are no UTF-8 stay as they are")
    func rawBytes() throws {
        let line: [UInt8] = [0xff, 0x20, 0xc3, 0x00, 0x27, 0x80, 0x27]
        #expect(try RuleLine.words(of: line[...]) == [[0xff], [0xc3, 0x00, 0x80]])
    }
}
