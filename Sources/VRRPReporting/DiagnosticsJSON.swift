import KeepalivedConfig
package import Reporting

/// A report as one JSON document. Members are only ever added.
package enum DiagnosticsJSON {
    package static func write(_ report: DiagnosticReport, into writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("version")
            writer.number(1)
            writer.key("file")
            writer.string(report.path)
            writer.key("diagnostics")
            writer.array { writer in
                for diagnostic in report.diagnostics {
                    writer.newline()
                    write(diagnostic, of: report, into: &writer)
                }
            }
            writer.key("totals")
            writer.object { writer in
                writer.key("errors")
                writer.number(report.errorCount)
                writer.key("warnings")
                writer.number(report.warningCount)
            }
            writer.key("strict")
            writer.bool(report.isStrict)
            writer.key("exit_status")
            writer.number(report.status.rawValue)
        }
        writer.text.newline()
    }

    private static func write(_ diagnostic: Diagnostic, of report: DiagnosticReport, into writer: inout JSONWriter) {
        writer.object { writer in
            write(diagnostic.span, of: report, into: &writer)
            writer.key("severity")
            writer.string(diagnostic.severity == .error ? "error" : "warning")
            writer.key("code")
            writer.string(diagnostic.code)
            writer.key("message")
            writer.string(diagnostic.message)
            writer.key("expected")
            write(diagnostic.expected, into: &writer)
            writer.key("suggestion")
            write(diagnostic.suggestion, into: &writer)
            writer.key("related")
            writer.array { writer in
                for related in diagnostic.related {
                    writer.object { writer in
                        write(related.span, of: report, into: &writer)
                        writer.key("message")
                        writer.string(related.message)
                    }
                }
            }
        }
    }

    private static func write(_ span: SourceSpan?, of report: DiagnosticReport, into writer: inout JSONWriter) {
        writer.key("file")
        writer.string(span.map(report.path(of:)) ?? report.path)
        writer.key("line")
        write(span?.line, into: &writer)
        writer.key("column")
        write(span?.column, into: &writer)
        writer.key("length")
        write(span?.length, into: &writer)
    }

    private static func write(_ number: Int32?, into writer: inout JSONWriter) {
        if let number { writer.number(number) } else { writer.null() }
    }

    private static func write(_ string: String?, into writer: inout JSONWriter) {
        if let string { writer.string(string) } else { writer.null() }
    }
}
