/// `real_server`: where connections go.
package struct RealServer: Hashable, Sendable {
    /// What most real servers have in common with the others.
    package struct Traits: Hashable, Sendable {
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

        package init() {}
    }

    /// With the virtual server's port where none was written.
    package var endpoint: Setting<ServerEndpoint>
    package var weight = Setting(1)
    package var checkers: [Checker] = []
    package var traits: Shared<Traits>

    private static let standard = Shared(Traits())

    package init(endpoint: Setting<ServerEndpoint>) {
        self.endpoint = endpoint
        traits = Self.standard
    }
}
