/// `lvs_method`: how packets reach a real server.
package struct Forwarding: Hashable, Sendable {
    package enum Method: String, Hashable, Sendable, CaseIterable {
        case masquerade = "NAT"
        case direct = "DR"
        case tunnel = "TUN"
    }

    package enum TunnelType: String, Hashable, Sendable, CaseIterable {
        case ipip
        case gue
        case gre
    }

    package enum TunnelChecksum: String, Hashable, Sendable, CaseIterable {
        case none = "nocsum"
        case checksum = "csum"
        case remote = "remcsum"
    }

    package var method = Method.masquerade
    package var tunnel = TunnelType.ipip
    package var tunnelPort: Int?
    package var tunnelChecksum = TunnelChecksum.none

    package init() {}
}
