package import IPVSModel

extension TransportProtocol {
    /// The first column of a listing.
    package var listingName: String {
        switch self {
        case .tcp: "TCP"
        case .udp: "UDP"
        case .sctp: "SCTP"
        default: "?"
        }
    }
}

extension ForwardingMethod {
    /// The Forward column. ipvsadm has words for the first four; another netlink client may have set more.
    package var listingName: String {
        switch self {
        case .masquerade: "Masq"
        case .local: "Local"
        case .tunnel: "Tunnel"
        case .direct: "Route"
        case .bypass: "Bypass"
        default: "fwd-\(rawValue)"
        }
    }
}

extension TunnelChecksum {
    /// The last part of the TunnelInfo column.
    package var listingName: String {
        switch self {
        case .none: "-c"
        case .checksum: "+c"
        case .remote: "r+c"
        default: "flags-\(rawValue)"
        }
    }
}

extension VirtualService {
    /// Whether each client address stands for itself, which listings and rules leave unsaid.
    package var hasWholeMask: Bool { persistenceMask == .whole(identity.family) }
}

extension VirtualService.Identity {
    /// `nil` for a firewall mark, whose packets may be of any protocol.
    package var transport: TransportProtocol? {
        if case .address(let transport, _, _) = self { transport } else { nil }
    }
}
