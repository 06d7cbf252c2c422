package import KeepalivedConfig

/// A command to be run once, as whom and for how long.
package struct ScriptCall: Hashable, Sendable {
    /// What the log calls it, such as `notify_master of VI_1` or `vrrp_script chk`.
    package var title: String
    package var command: ScriptCommand
    /// What comes after the command's own words.
    package var arguments: [String]
    /// The user of the block that the command is from; the command's own goes first.
    package var user: ScriptUser?
    /// Nil for as long as it takes.
    package var timeout: Duration?

    package init(
        _ title: String, _ command: ScriptCommand, arguments: [String] = [], user: ScriptUser? = nil,
        timeout: Duration? = nil
    ) {
        self.title = title
        self.command = command
        self.arguments = arguments
        self.user = user
        self.timeout = timeout
    }
}
