/// One thing that is wrong with a configuration, said to the operator.
package struct Diagnostic: Hashable, Sendable {
    package enum Severity: Int, Sendable, Comparable {
        /// It runs, but perhaps not as meant.
        case warning
        /// Something that the file asks for cannot be done.
        case error

        package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
    }

    package var severity: Severity
    /// A stable name for programs, in lower case with hyphens: `unknown-keyword`, `duplicate-vrid`.
    package var code: String
    /// What is wrong, in one sentence without a full stop.
    package var message: String
    /// What would be right there, if that can be said: `a number from 1 to 255`.
    package var expected: String?
    /// The keyword or word that was probably meant.
    package var suggestion: String?
    /// Nil for what is not written anywhere, such as a missing file.
    package var span: SourceSpan?
    /// Other places that matter, each with what it is: `first used here`.
    package var related: [Related]

    package struct Related: Hashable, Sendable {
        package var message: String
        package var span: SourceSpan

        package init(_ message: String, at span: SourceSpan) {
            self.message = message
            self.span = span
        }
    }

    package init(
        _ severity: Severity, _ code: String, _ message: String, at span: SourceSpan?, expected: String? = nil,
        suggestion: String? = nil, related: [Related] = []
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.span = span
        self.expected = expected
        self.suggestion = suggestion
        self.related = related
    }
}
