/// `vrrp_script`: a command that is run again and again, whose success is tracked.
package struct VRRPScript: Hashable, Sendable {
    package var name: Setting<String>
    /// Nil where it is missing, which is an error.
    package var command = Setting<ScriptCommand?>(nil)
    package var interval = Setting(Duration.seconds(1))
    package var timeout = Setting(Duration.seconds(1))
    package var weight = Setting(TrackWeight())
    package var rise = Setting(1)
    package var fall = Setting(1)
    package var user = Setting<ScriptUser?>(nil)
    package var startsFailed = Setting(false)

    package init(name: Setting<String>) { self.name = name }
}
