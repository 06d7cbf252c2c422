/// What was found, the worst first.
package struct DoctorReport: Hashable, Sendable {
    /// The form of the JSON document.
    package static let version = 1

    package var host: String
    /// Nil where only the host was looked at.
    package var file: String?
    package private(set) var findings: [Finding]
    /// Names of all checks that were made, also of those that found nothing.
    package var checks: [String]

    package init(host: String, file: String?, findings: [Finding], checks: [String]) {
        self.host = host
        self.file = file
        self.checks = checks
        // Stable: within a severity in the order of the checks.
        self.findings = findings.enumerated().sorted { left, right in
            (right.element.severity.rawValue, left.offset) < (left.element.severity.rawValue, right.offset)
        }.map(\.element)
    }

    package var worst: Severity { findings.first?.severity ?? .ok }

    package func count(_ severity: Severity) -> Int { findings.count { $0.severity == severity } }

    /// Everything that `--fix` would do, each once.
    package var remedies: [Remedy] {
        var all: [Remedy] = []
        for remedy in findings.flatMap(\.remedies) where !all.contains(remedy) { all.append(remedy) }
        return all
    }
}
