/// `real_server`: where connections go.
package struct RealServer: Hashable, Sendable {
    /// With the virtual server's port where none was written.
    package var endpoint: Setting<ServerEndpoint>
    package var weight = Setting(1)
    package var forwarding = Setting(Forwarding())
    package var upperThreshold = Setting(0)
    package var lowerThreshold = Setting(0)
    package var inhibitsOnFailure = Setting(false)
    package var isAlpha = Setting(false)
    package var sendsMail = Setting(true)
    package var notifyUp = Setting<ScriptCommand?>(nil)
    package var notifyDown = Setting<ScriptCommand?>(nil)
    package var virtualHost = Setting<String?>(nil)
    package var timing = CheckTiming()
    package var checkers: [Checker] = []

    package init(endpoint: Setting<ServerEndpoint>) { self.endpoint = endpoint }
}
