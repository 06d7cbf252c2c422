/// One thing that was found on this host.
package struct Finding: Hashable, Sendable {
    package var severity: Severity
    /// A stable name for programs, in lower case with hyphens: `firewall-drops`, `interface-down`.
    package var check: String
    /// What it is about: an instance, an interface, a file. Empty for the whole host.
    package var subject: String
    /// One sentence without a full stop.
    package var message: String
    /// What was read, and where.
    package var evidence: [String]
    /// Commands that mend it, for people.
    package var mend: [String]
    /// What of it `--fix` does.
    package var remedies: [Remedy]

    package init(
        _ severity: Severity, _ check: String, _ subject: String = "", _ message: String, evidence: [String] = [],
        mend: [String] = [], remedies: [Remedy] = []
    ) {
        self.severity = severity
        self.check = check
        self.subject = subject
        self.message = message
        self.evidence = evidence
        self.mend = remedies.map(\.command) + mend
        self.remedies = remedies
    }
}
