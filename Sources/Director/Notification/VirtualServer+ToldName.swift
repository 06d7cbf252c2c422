import Addresses
package import KeepalivedConfig

extension VirtualServer {
    /// What FIFOs, mail and logs call it, in keepalived's words: `[192.0.2.1]:tcp:80`, `FWM 5`, `[GROUP]:0`.
    package var toldName: String {
        switch identity.value {
        case .address(let address, let port): "[\(address)]:\(toldTransport):\(port ?? 0)"
        case .firewallMark(let mark): "FWM \(mark)"
        case .group(let name): "[\(name)]:0"
        }
    }

    /// What one of its real servers is called: `[192.0.2.9]:tcp:8080`.
    package func toldName(of server: RealServer) -> String { toldName(of: server.endpoint.value) }

    /// The same of its sorry server.
    package func toldName(of endpoint: ServerEndpoint) -> String {
        "[\(endpoint.address)]:\(toldTransport):\(endpoint.port ?? 0)"
    }

    /// Firewall marks have no protocol, whatever the configuration says.
    private var toldTransport: String {
        if case .firewallMark = identity.value { return "none" }
        switch transport.value {
        case .tcp: return "tcp"
        case .udp: return "udp"
        case .sctp: return "sctp"
        }
    }
}
