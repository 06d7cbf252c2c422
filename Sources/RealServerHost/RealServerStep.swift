package import Addresses
package import Routing

/// One change of the host.
package enum RealServerStep: Hashable, Sendable {
    case loadModule(String)
    case setLink(String, isUp: Bool)
    /// Before is nil where the setting is not there yet: its interface comes with a module.
    case write(Sysctl, Int, before: Int?)
    /// Without a label for IPv6.
    case add(IPAddress, interface: String, label: String?)
    case remove(IPAddress, interface: String, label: String?)

    /// The same, by the tools that one has at hand.
    package var command: String {
        switch self {
        case .loadModule(let name): return "modprobe \(name)"
        case .setLink(let name, let isUp): return "ip link set \(name) \(isUp ? "up" : "down")"
        case .write(let sysctl, let value, _): return "sysctl -w \(sysctl)=\(value)"
        case .add(let address, let interface, let label):
            return "ip address add \(Self.host(address)) dev \(interface)" + (label.map { " label \($0)" } ?? " nodad")
        case .remove(let address, let interface, _): return "ip address del \(Self.host(address)) dev \(interface)"
        }
    }

    /// What takes it back; nil for a module, which may be of use to others by now.
    package var inverse: RealServerStep? {
        switch self {
        case .loadModule: nil
        case .setLink(let name, let isUp): .setLink(name, isUp: !isUp)
        case .write(let sysctl, let value, let before): before.map { .write(sysctl, $0, before: value) }
        case .add(let address, let interface, let label): .remove(address, interface: interface, label: label)
        case .remove(let address, let interface, let label): .add(address, interface: interface, label: label)
        }
    }

    private static func host(_ address: IPAddress) -> String {
        NetworkPrefix(address, address.family == .ipv4 ? 32 : 128).description
    }
}
