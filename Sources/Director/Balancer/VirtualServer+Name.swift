import Addresses
package import KeepalivedConfig

extension VirtualServer {
    /// What it is called in the log: `10.0.0.1:80 TCP`, `fwmark 7`, `group web TCP`.
    package var name: String {
        switch identity.value {
        case .address(let address, let port):
            "\(ServerEndpoint(address: address, port: port).name) \(transport.value.rawValue)"
        case .firewallMark(let mark): "fwmark \(mark)"
        case .group(let name): "group \(name) \(transport.value.rawValue)"
        }
    }
}

extension ServerEndpoint {
    /// `10.0.0.1:80`, `[2001:db8::1]:80`, or the address alone.
    package var name: String {
        guard let port else { return "\(address)" }
        return address.family == .ipv6 ? "[\(address)]:\(port)" : "\(address):\(port)"
    }
}
