import KeepalivedConfig
import Reporting
import Testing

@testable import VRRPReporting

@Suite("Faults as text")
struct DiagnosticsTextTests {
    private func report(_ source: String, _ diagnostics: [Diagnostic], strict: Bool = false) -> DiagnosticReport {
        DiagnosticReport(
            path: "a.conf", files: [SourceFile(path: "a.conf", bytes: Array(source.utf8))], diagnostics: diagnostics,
            isStrict: strict)
    }

    private func text(_ report: DiagnosticReport) -> String {
        var text = Text()
        var rendering = DiagnosticsText(report)
        rendering.write(into: &text)
        return String(decoding: text.bytes, as: UTF8.self)
    }

    private func span(_ line: Int32, _ column: Int32, _ length: Int32) -> SourceSpan {
        SourceSpan(file: 0, line: line, column: column, length: length)
    }

    @Test("A fault shows its place, its line, a caret, what was expected, a suggestion and related places")
    func whole() {
        let diagnostic = Diagnostic(
            .error, "unknown-keyword", "unknown keyword `priorty`", at: span(2, 5, 7), expected: "a keyword",
            suggestion: "priority", related: [.init("the block begins here", at: span(1, 1, 13))])
        #expect(
            text(report("vrrp_instance A {\n    priorty 100\n}\n", [diagnostic])) == """
                a.conf:2:5: error: unknown keyword `priorty` [unknown-keyword]
                      2 |     priorty 100
                        |     ^~~~~~~
                        expected: a keyword
                        did you mean priority?
                a.conf:1:1: note: the block begins here
                      1 | vrrp_instance A {
                        | ^~~~~~~~~~~~~
                a.conf: 1 error, 0 warnings

                """)
    }

    @Test(
        "The caret stands below the word, whatever is before it",
        arguments: [
            ("\tab cd", 5, 2, "    ab cd", "       ^~"),
            ("  \tab", 4, 2, "    ab", "    ^~"),
            ("é x", 4, 1, "é x", "  ^"),
            ("漢 x", 5, 1, "漢 x", "   ^"),
            ("a\u{1b}[31m x", 8, 1, "a\\u{1b}[31m x", "            ^"),
            ("abc", 4, 0, "abc", "   ^"),
            ("abc", 99, 3, "abc", "   ^"),
        ])
    func caret(source: String, column: Int32, length: Int32, line: String, caret: String) {
        let lines = text(report(source, [Diagnostic(.warning, "x", "m", at: span(1, column, length))]))
            .split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[1] == "      1 | \(line)")
        #expect(lines[2] == "        | \(caret)")
    }

    @Test("Of a long line the part around the word is shown")
    func longLine() {
        let source = String(repeating: "a ", count: 500) + "word" + String(repeating: " b", count: 500)
        let lines = text(report(source, [Diagnostic(.warning, "x", "m", at: span(1, 1001, 4))])).split(separator: "\n")
        #expect(lines[1].count < 140)
        #expect(lines[1].contains("… "))
        let caret = lines[2].firstIndex(of: "^").map { lines[2].distance(from: lines[2].startIndex, to: $0) }
        let word = lines[1].firstRange(of: "word").map {
            lines[1].distance(from: lines[1].startIndex, to: $0.lowerBound)
        }
        #expect(caret != nil && caret == word)
    }

    @Test("Nothing of a message or a path reaches the terminal as a control character")
    func harmless() {
        let text = text(report("", [Diagnostic(.error, "x", "bad \u{1b}[2J\u{202e} word", at: nil)]))
        #expect(text.hasPrefix("a.conf: error: bad \\u{1b}[2J\\u{202e} word [x]\n"))
    }

    @Test("Faults come in the order of their places, those without a place first")
    func order() {
        let diagnostics = [
            Diagnostic(.warning, "c", "third", at: span(3, 1, 1)), Diagnostic(.error, "b", "second", at: span(1, 4, 1)),
            Diagnostic(.warning, "a", "first", at: nil),
        ]
        #expect(report("1\n2\n3\n", diagnostics).diagnostics.map(\.code) == ["a", "b", "c"])
    }

    @Test("Errors end with 5, warnings with 4 if they count, and else with 0")
    func status() {
        let warning = Diagnostic(.warning, "x", "m", at: nil)
        let error = Diagnostic(.error, "x", "m", at: nil)
        #expect(report("", []).status == .runs)
        #expect(report("", [warning]).status == .runs)
        #expect(report("", [warning], strict: true).status == .warnings)
        #expect(report("", [warning, error], strict: true).status == .errors)
        #expect(report("", [error]).status.rawValue == 5)
        #expect(text(report("", [])) == "a.conf: no faults found\n")
    }
}
