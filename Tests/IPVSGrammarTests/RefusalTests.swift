import IPVSGrammar
import Testing

@Suite("Refusals")
struct RefusalTests {
    @Test("The same words, message and status as the C program", arguments: RefusedByC.cases.rows)
    func asTheCProgram(row: [String]) throws {
        try #require(row.count == 3)
        let status = try #require(Int32(row[1]))
        let expected: Outcome =
            row[2] == "Try…" ? .hint : .refused(row[2].replacing(#"\n"#, with: "\n"), status: status)
        #expect(parse(row[0]) == expected)
    }

    @Test("The record is whole")
    func record() {
        #expect(RefusedByC.cases.rows.count == 171)
    }

    @Test("No words at all get the hint")
    func nothing() {
        #expect(parse("") == .hint)
        #expect(parse(words: [""]) == .hint)
    }

    @Test("The hint ends with 255, a contradiction with 2")
    func statuses() {
        #expect(UsageError.hint.status == 255)
        #expect(UsageError.message([], status: 2).status == 2)
    }

    @Test("Bytes that are no UTF-8 come back in the message as they were typed")
    func rawBytes() {
        let word: [UInt8] = [0x2d, 0x2d, 0xff, 0xc3]
        #expect(throws: UsageError.message(word + Array(": unknown option".utf8), status: 255)) {
            _ = try InvocationParser.parse([Array("-L".utf8), word], lookup: StubNames())
        }
    }

    /// Beyond the C program, which stores 0.0.0.24.
    @Test(
        "A prefix length as the mask of an IPv4 service is refused",
        arguments: ["-A -t 10.0.0.1:80 -p 60 -M 24", "-E -f 5 -p -M 32", "-A -u 10.0.0.1:53 -M 1"])
    func prefixLengths(line: String) {
        guard case .refused(let text, status: 2) = parse(line) else {
            Issue.record("\(line) is taken")
            return
        }
        #expect(text.hasPrefix("illegal virtual server persistent mask specified: `"))
    }
}
