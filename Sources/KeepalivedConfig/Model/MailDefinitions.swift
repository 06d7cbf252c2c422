/// Where mail about changes goes.
package struct MailDefinitions: Hashable, Sendable {
    package struct Server: Hashable, Sendable {
        /// An address or a name.
        package var host: String
        package var port: Int

        package init(host: String, port: Int = 25) {
            self.host = host
            self.port = port
        }
    }

    package var recipients: [Setting<String>] = []
    /// Nil for the daemon's user at the host's name, as with keepalived 2.2.7.
    package var sender = Setting<String?>(nil)
    package var server = Setting<Server?>(nil)
    package var connectTimeout = Setting(Duration.seconds(30))
    /// Nil for the host's name.
    package var helloName = Setting<String?>(nil)
    /// Nil where it is left to the blocks: no for instances and services, yes for real servers.
    package var alerts = Setting<Bool?>(nil)
    package var alertsOfVRRP = Setting<Bool?>(nil)
    package var alertsOfCheckers = Setting<Bool?>(nil)
    package var omitsFaults = Setting(false)
    package var omitsCheckers = Setting(false)

    package init() {}
}
