import Addresses
package import KeepalivedConfig

/// The request for a page, byte for byte keepalived's: logs and rules of servers know it by its user agent.
package struct HTTPRequest {
    package var path: String
    package var version: HTTPCheck.ProtocolVersion
    /// Nil for the address and port.
    package var virtualHost: String?
    package var endpoint: ServerEndpoint

    package init(
        path: String, version: HTTPCheck.ProtocolVersion, virtualHost: String?, endpoint: ServerEndpoint
    ) {
        (self.path, self.version, self.virtualHost, self.endpoint) = (path, version, virtualHost, endpoint)
    }

    package var bytes: [UInt8] {
        let number = version == .http11 ? "1.1" : "1.0"
        let closes = version == .http10 ? "" : "Connection: close\r\n"
        let text =
            "GET \(path) HTTP/\(number)\r\nUser-Agent: KeepAliveClient\r\n\(closes)Host: \(host)\r\n\r\n"
        return Array(text.utf8)
    }

    /// With the port also where it is the usual one.
    private var host: String {
        if let virtualHost { return virtualHost }
        let address = endpoint.address.family == .ipv6 ? "[\(endpoint.address)]" : "\(endpoint.address)"
        return "\(address):\(endpoint.port ?? 80)"
    }
}
