import KeepalivedConfig
package import Reporting

/// A report as text: each fault with its place, the line it is in, and a caret below the words.
package struct DiagnosticsText: ~Copyable {
    private let report: DiagnosticReport
    private var lines: SourceLines

    package init(_ report: DiagnosticReport) {
        self.report = report
        lines = SourceLines(report.files)
    }

    package mutating func write(into text: inout Text) {
        for diagnostic in report.diagnostics { write(diagnostic, into: &text) }
        writeTotals(into: &text)
    }

    private mutating func write(_ diagnostic: Diagnostic, into text: inout Text) {
        let severity = diagnostic.severity == .error ? "error" : "warning"
        writeHeading(diagnostic.span, severity, diagnostic.message, into: &text)
        text.append(" [")
        text.append(diagnostic.code)
        text.append("]\n")
        if let span = diagnostic.span { writeSource(span, into: &text) }
        if let expected = diagnostic.expected {
            text.append("        expected: ")
            text.append(ShownText.harmless(expected))
            text.newline()
        }
        if let suggestion = diagnostic.suggestion {
            text.append("        did you mean ")
            text.append(ShownText.harmless(suggestion))
            text.append("?\n")
        }
        for related in diagnostic.related {
            writeHeading(related.span, "note", related.message, into: &text)
            text.newline()
            writeSource(related.span, into: &text)
        }
    }

    private func writeHeading(_ span: SourceSpan?, _ kind: String, _ message: String, into text: inout Text) {
        text.append(ShownText.harmless(span.map(report.path(of:)) ?? report.path))
        if let span {
            text.append(byte: UInt8(ascii: ":"))
            text.append(span.line)
            text.append(byte: UInt8(ascii: ":"))
            text.append(span.column)
        }
        text.append(": ")
        text.append(kind)
        text.append(": ")
        text.append(ShownText.harmless(message))
    }

    private mutating func writeSource(_ span: SourceSpan, into text: inout Text) {
        guard let bytes = lines.line(span) else { return }
        let shown = ShownText(bytes, marking: span)
        text.right(7, span.line)
        text.append(" | ")
        text.append(shown.line)
        text.append("\n        | ")
        text.spaces(shown.markStart)
        text.append(byte: UInt8(ascii: "^"))
        for _ in 1..<max(shown.markWidth, 1) { text.append(byte: UInt8(ascii: "~")) }
        text.newline()
    }

    private func writeTotals(into text: inout Text) {
        text.append(ShownText.harmless(report.path))
        let errors = report.errorCount
        let warnings = report.warningCount
        guard errors + warnings > 0 else {
            text.append(": no faults found\n")
            return
        }
        text.append(": ")
        text.append(errors)
        text.append(errors == 1 ? " error, " : " errors, ")
        text.append(warnings)
        text.append(warnings == 1 ? " warning\n" : " warnings\n")
    }
}
