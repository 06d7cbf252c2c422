/// What a mail is to say, before it is known from whom and to whom.
package struct Alert: Hashable, Sendable {
    /// Without `router_id`, which comes before it.
    package var subject: String
    /// A phrase; keepalived puts arrows around it.
    package var finding: String

    package init(subject: String, finding: String) {
        self.subject = subject
        self.finding = finding
    }
}
