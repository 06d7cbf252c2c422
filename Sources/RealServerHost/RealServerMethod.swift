package import Addresses
import Routing

/// How packets for a virtual address come from the director to a real server.
package enum RealServerMethod: String, Hashable, Sendable, CaseIterable {
    /// Direct routing: as they are, in a frame for the real server.
    case dr
    /// In a tunnel: IP in IP, or IPv6 in IPv6.
    case tun

    /// The interface that has the virtual address.
    package func interface(_ family: AddressFamily) -> String {
        switch self {
        case .dr: "lo"
        case .tun: family == .ipv4 ? "tunl0" : "ip6tnl0"
        }
    }

    /// The kernel module that makes the interface; nil where it is always there.
    package func module(_ family: AddressFamily) -> String? {
        switch self {
        case .dr: nil
        case .tun: family == .ipv4 ? "ipip" : "ip6_tunnel"
        }
    }

    /// The settings that keep the host from answering for the address.
    ///
    /// IPv6 needs none: a neighbour solicitation is answered only by the interface that has the address.
    func settings(_ family: AddressFamily) -> [RealServerSetting] {
        guard family == .ipv4 else { return [] }
        let interface = interface(family)
        var settings: [RealServerSetting] = ["all", interface].flatMap { name in
            [
                // 2 and 8 answer for less than 1 does; 3 would answer.
                RealServerSetting(Sysctl(.ipv4, name, "arp_ignore"), wanted: 1, accepted: [1, 2, 8]),
                RealServerSetting(Sysctl(.ipv4, name, "arp_announce"), wanted: 2, accepted: [2]),
            ]
        }
        if self == .tun {
            // What comes out of the tunnel comes from clients, to which no route leads through it. The greater value of
            // this one and that of `all` counts, so that 2 (from anywhere that there is a route to) is enough, and the
            // other interfaces stay as strict as they are.
            settings.append(
                RealServerSetting(
                    Sysctl(.ipv4, interface, "rp_filter"), wanted: 2, accepted: [2],
                    zeroWhere: Sysctl(.ipv4, "all", "rp_filter")))
        }
        return settings
    }
}
