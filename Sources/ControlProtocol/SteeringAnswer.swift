/// What came of an order, or would come of it.
package struct SteeringAnswer: Codable, Hashable, Sendable {
    /// Something that is different by it.
    package struct Change: Codable, Hashable, Sendable {
        /// The instance, or the real server.
        package var subject: String
        /// `state`, `priority`, `effective priority`, `weight`, `active router`.
        package var property: String
        package var before: String
        package var after: String

        package init(_ subject: String, _ property: String, from before: String, to after: String) {
            self.subject = subject
            self.property = property
            self.before = before
            self.after = after
        }
    }

    package var dryRun: Bool
    /// What has changed, or would change; empty for nothing.
    package var changes: [Change]
    /// What was done, how long it lasts and who is active now, a sentence each.
    package var sentences: [String]
    /// What the operator should know besides.
    package var remarks: [String]

    package init(dryRun: Bool, changes: [Change] = [], sentences: [String] = [], remarks: [String] = []) {
        self.dryRun = dryRun
        self.changes = changes
        self.sentences = sentences
        self.remarks = remarks
    }
}
