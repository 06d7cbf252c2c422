/// A command that the configuration has run, without a shell.
package struct ScriptCommand: Hashable, Sendable {
    /// The program and its arguments.
    package var words: [String]
    /// The command as it was written, quotes within included.
    package var text: String
    /// Nil for `script_user`, and without that for the user keepalived_script or the daemon's.
    package var user: String?
    /// Nil for the user's own group.
    package var group: String?

    package init(words: [String], text: String, user: String? = nil, group: String? = nil) {
        self.words = words
        self.text = text
        self.user = user
        self.group = group
    }
}
