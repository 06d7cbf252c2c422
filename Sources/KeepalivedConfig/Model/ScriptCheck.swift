/// `MISC_CHECK`.
package struct ScriptCheck: Hashable, Sendable {
    package var command = Setting<ScriptCommand?>(nil)
    /// Nil for delay_loop.
    package var timeout = Setting<Duration?>(nil)
    /// The exit status sets the weight.
    package var isDynamic = Setting(false)
    package var user = Setting<ScriptUser?>(nil)

    package init() {}
}
