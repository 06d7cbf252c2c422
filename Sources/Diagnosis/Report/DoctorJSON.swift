package import Reporting

/// A report as one JSON document.
package enum DoctorJSON {
    /// - Parameter fixed: What `--fix` did, with why it failed where it did; nil without `--fix`.
    package static func write(
        _ report: DoctorReport, fixed: [(remedy: Remedy, failure: String?)]? = nil, into writer: inout JSONWriter
    ) {
        writer.object { writer in
            writer.key("version")
            writer.number(DoctorReport.version)
            writer.key("host")
            writer.string(report.host)
            writer.key("file")
            if let file = report.file { writer.string(file) } else { writer.null() }
            writer.key("worst")
            writer.string(report.worst.word)
            writer.key("checks")
            writer.array { writer in for check in report.checks { writer.string(check) } }
            writer.key("findings")
            writer.array { writer in for finding in report.findings { write(finding, into: &writer) } }
            if let fixed {
                writer.key("fixed")
                writer.array { writer in
                    for (remedy, failure) in fixed {
                        writer.object { writer in
                            writer.key("command")
                            writer.string(remedy.command)
                            writer.key("failure")
                            if let failure { writer.string(failure) } else { writer.null() }
                        }
                    }
                }
            }
        }
        writer.text.newline()
    }

    private static func write(_ finding: Finding, into writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("severity")
            writer.string(finding.severity.word)
            writer.key("check")
            writer.string(finding.check)
            writer.key("subject")
            if finding.subject.isEmpty { writer.null() } else { writer.string(finding.subject) }
            writer.key("message")
            writer.string(finding.message)
            writer.key("evidence")
            writer.array { writer in for line in finding.evidence { writer.string(line) } }
            writer.key("mend")
            writer.array { writer in for command in finding.mend { writer.string(command) } }
            writer.key("isFixable")
            writer.bool(!finding.remedies.isEmpty)
        }
    }
}
