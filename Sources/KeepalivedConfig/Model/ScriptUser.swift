/// Whom scripts run as.
package struct ScriptUser: Hashable, Sendable {
    package var user: String
    package var group: String?

    package init(user: String, group: String? = nil) {
        self.user = user
        self.group = group
    }
}
