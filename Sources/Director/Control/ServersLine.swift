import ControlProtocol

/// A line of a long answer to `servers`: a virtual server without its real servers, or the next real server of the last
/// virtual server.
struct ServersLine: Codable {
    var service: ServiceReport?
    var server: ServerReport?
}

extension ControlRefusal {
    /// A long answer cannot be told to its end; asked anew it can.
    static let cutShort = ControlRefusal("the configuration was taken up anew meanwhile; ask again", status: 75)
}
