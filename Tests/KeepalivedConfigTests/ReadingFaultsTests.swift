import Testing

@testable import KeepalivedConfig

@Suite("Faults of the text")
struct ReadingFaultsTests {
    @Test(
        "Each fault has its line and its code, and reading goes on behind it",
        arguments: [
            ("a \"b c\nd", "a |b c|; d", ["1 unterminated-quote"]),
            ("a b\"", "a b ||", ["1 unterminated-quote"]),
            ("a }\nb", "a; b", ["1 unexpected-closing-brace"]),
            ("{ a }\nb", "a; b", ["1 unexpected-opening-brace"]),
            ("a { }\n{ b }", "a { }; b", ["2 unexpected-opening-brace"]),
            ("a {\n b {\n c", "a { b { c } }", ["1 unclosed-block", "2 unclosed-block"]),
            ("a\0b\nc", "c", ["1 nul-byte"]),
            ("\u{feff}a b", "a b", ["1 byte-order-mark"]),
            ("a \\\n b", "a b", ["1 continued-line"]),
            ("a \\\n b \\\n c\nd", "a b c; d", ["1 continued-line"]),
            ("# a \\\nb", "b", []),
            ("a\u{a0}b c", "a\u{a0}b c", ["1 odd-character"]),
            ("a “b”", "a “b”", ["1 odd-character"]),
            ("a {{ X }}\nb {% if %}\nc", "a |{{ X }}|; b; c", ["1 template-placeholder", "2 template-placeholder"]),
        ])
    func fault(text: String, expected: String, codes: [String]) {
        let tree = ConfigurationReader.read(text: text)
        #expect(outline(tree.statements) == expected)
        #expect(faults(tree) == codes)
    }

    @Test("A block that is not closed is named, with where it begins and where its } may be missing")
    func unclosedBlock() throws {
        let tree = ConfigurationReader.read(text: "vrrp_instance A {\n  state MASTER\nvrrp_instance B {\n}\n")
        let fault = try #require(tree.diagnostics.first)
        #expect(faults(tree) == ["1 unclosed-block"])
        #expect(fault.message.contains("vrrp_instance A"))
        #expect(fault.span == SourceSpan(file: 0, line: 1, column: 17, length: 1))
        #expect(fault.related.map(\.span.line) == [3])
    }

    @Test(
        "Where braces ceased to match is found by the indentation",
        arguments: [
            ("a {\n  b {\n    c\n  d {\n    e\n  }\n}\n", "1 unclosed-block", [7]),
            ("a {\n  b\n    c\n  }\n  d\n}\n", "6 unexpected-closing-brace", [4]),
            ("a\n  b\n  c\n}\n", "4 unexpected-closing-brace", [1]),
            ("a {\nb {\n}\n", "1 unclosed-block", [2]),
            ("a { b }\n}\n", "2 unexpected-closing-brace", []),
        ])
    func misplacedBrace(text: String, fault: String, places: [Int32]) {
        let tree = ConfigurationReader.read(text: text)
        #expect(faults(tree) == [fault])
        #expect(tree.diagnostics.first?.related.map(\.span.line) == places)
    }

    @Test("A line that keepalived would ignore for its length is read, with a warning")
    func longLine() {
        let word = String(repeating: "x", count: 1_020)
        #expect(faults(ConfigurationReader.read(text: "a \(word)\n")) == [])
        let tree = ConfigurationReader.read(text: "a \(word)yz\n")
        #expect(faults(tree) == ["1 long-line"])
        #expect(tree.statements.first?.arguments.first?.text == word + "yz")
        #expect(faults(ConfigurationReader.read(text: "# \(word)\(word)\n")) == [])
    }

    @Test("A line of more than 64 KiB is not read")
    func endlessLine() {
        let tree = ConfigurationReader.read(text: "a " + String(repeating: "x", count: 70_000) + "\nb")
        #expect(outline(tree.statements) == "b")
        #expect(tree.diagnostics.map(\.severity) == [.error])
    }

    @Test("A file that is no text ends early, without a thousand faults")
    func binary() {
        let tree = ConfigurationReader.read(text: String(repeating: "\0\u{1}x\n", count: 5_000))
        #expect(tree.diagnostics.count == 10)
    }

    @Test("After a thousand faults the rest is not read, and that is said")
    func tooManyFaults() {
        let tree = ConfigurationReader.read(text: String(repeating: "}\n", count: 5_000))
        #expect(tree.diagnostics.count == 1_001)
        #expect(tree.diagnostics.first?.code == "too-many-faults")
    }

    @Test("After a thousand lines that say nothing, the rest of what is wrong with them is not told")
    func tooManyUnknownKeywords() {
        let tree = ConfigurationReader.read(text: String(repeating: "nonsense 1\n", count: 30_000))
        let diagnostics = Configuration.understand(tree).diagnostics
        #expect(diagnostics.count { $0.code == "unknown-keyword" } == 1_000)
        #expect(diagnostics.count { $0.code == "too-many-faults" && $0.severity == .error } >= 1)
    }

    @Test("Warnings of a large configuration are all told, and stay warnings")
    func manyWarnings() {
        var text = "virtual_server 10.0.0.1 80 {\n lvs_sched rr\n lvs_method NAT\n protocol TCP\n"
        for number in 0..<1_500 {
            text += " real_server 10.1.\(number / 250).\(number % 250 + 1) 80 {\n  HTTP_GET {\n   nb_get_retry 2\n"
            text += "   url {\n    path /\n    status_code 200\n   }\n  }\n }\n"
        }
        let diagnostics = Configuration.understand(ConfigurationReader.read(text: text + "}\n")).diagnostics
        #expect(diagnostics.count { $0.code == "old-spelling" } == 1_500)
        #expect(diagnostics.allSatisfy { $0.severity == .warning })
    }

    @Test("Blocks within blocks have a limit")
    func depth() {
        let tree = ConfigurationReader.read(text: String(repeating: "a {\n", count: 100_000))
        #expect(tree.diagnostics.contains { $0.code == "too-deep" })
    }

    @Test("A file that cannot be read is an error without a place")
    func unreadable() {
        let context = ReadingContext(configurationID: "")
        let tree = ConfigurationReader.read("/x", in: context, from: FilesInMemory())
        #expect(tree.diagnostics.map(\.code) == ["unreadable-file"])
        #expect(tree.diagnostics.first?.message == "cannot read /x: there is no such file")
        #expect(tree.diagnostics.first?.span == nil)
    }

    @Test("UTF-16 is named as what it is")
    func utf16() {
        var files = FilesInMemory()
        files.files["a"] = [0xff, 0xfe, 0x61, 0, 0x0a, 0]
        let tree = ConfigurationReader.read("a", in: ReadingContext(configurationID: ""), from: files)
        #expect(faults(tree) == ["1 not-utf-8"])
    }
}
