package import Reporting
import VRRPReporting

/// A report for people.
package enum DoctorText {
    package static func write(_ report: DoctorReport, coloured: Bool, into text: inout Text) {
        for finding in report.findings { write(finding, coloured, into: &text) }
        if !report.findings.isEmpty { text.newline() }
        text.append(ShownText.harmless(report.file ?? "this host, without a configuration"))
        text.append(": ")
        let counts = [Severity.error, .warning, .note].map { severity in
            let count = report.count(severity)
            return "\(count) \(severity.word)\(count == 1 ? "" : "s")"
        }
        text.append(counts.joined(separator: ", "))
        text.append(" from \(report.checks.count) checks\n")
    }

    private static func write(_ finding: Finding, _ coloured: Bool, into text: inout Text) {
        let colour: StaticString =
            switch finding.severity {
            case .error: "\u{1b}[1;31m"
            case .warning: "\u{1b}[1;33m"
            case .note: "\u{1b}[1;36m"
            case .ok: "\u{1b}[1;32m"
            }
        if coloured { text.append(colour) }
        text.append(finding.severity.word)
        if coloured { text.append("\u{1b}[0m") }
        text.append(": ")
        if !finding.subject.isEmpty {
            text.append(ShownText.harmless(finding.subject))
            text.append(": ")
        }
        text.append(ShownText.harmless(finding.message))
        text.append(" [")
        text.append(finding.check)
        text.append("]\n")
        for line in finding.evidence {
            text.append("    ")
            text.append(ShownText.harmless(line))
            text.newline()
        }
        for command in finding.mend {
            text.append("    mend: ")
            text.append(ShownText.harmless(command))
            text.newline()
        }
    }
}
