/// A real server of a virtual server by what both are called in notifications: it is the same one over reloads.
package struct ServerName: Hashable, Sendable, Codable {
    /// `[10.0.0.1]:tcp:80`
    package var service: String
    /// `[192.168.0.2]:tcp:80`
    package var server: String

    package init(service: String, server: String) {
        self.service = service
        self.server = server
    }
}
