package import KeepalivedConfig

/// What the configuration says about all scripts.
package struct ScriptPolicy: Hashable, Sendable {
    /// `enable_script_security`: root runs nothing that somebody else could change.
    package var isSecured = false
    /// `script_user`; nil for the user keepalived_script if there is one, and else the daemon's.
    package var user: ScriptUser?
    /// `set_supplementary_groups`: another user's scripts have all groups of the user, and else only the first.
    package var setsSupplementaryGroups = false
    /// `umask`.
    package var creationMask: UInt32 = 0o022

    package init() {}

    package init(_ global: GlobalDefinitions) {
        isSecured = global.scripts.isSecured.value
        user = global.scripts.user.value
        setsSupplementaryGroups = global.process.setsSupplementaryGroups.value
        if let mask = global.process.umask.value { creationMask = UInt32(clamping: mask) & 0o777 }
    }
}
