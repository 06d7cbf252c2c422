/// A protocol that IPVS balances, by its IP protocol number (linux/in.h).
public struct TransportProtocol: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    public static let tcp = TransportProtocol(rawValue: 6)
    public static let udp = TransportProtocol(rawValue: 17)
    public static let sctp = TransportProtocol(rawValue: 132)

    /// The lower-case name that services(5) and ipvsadm's JSON use; `nil` for a number IPVS has no name for.
    public var name: String? {
        switch self {
        case .tcp: "tcp"
        case .udp: "udp"
        case .sctp: "sctp"
        default: nil
        }
    }
}

extension TransportProtocol: Comparable {
    public static func < (left: TransportProtocol, right: TransportProtocol) -> Bool {
        left.rawValue < right.rawValue
    }
}
