public import Addresses
import PacketFormats

/// How the interface that carries a virtual router's MAC is set up on Linux: a macvlan on the router's interface.
public struct VirtualMACInterface: Hashable, Sendable {
    /// A kernel setting below `net.ipv4.conf` or `net.ipv6.conf`.
    public struct Setting: Hashable, Sendable {
        /// Which directory the setting is in.
        public enum Place: UInt8, Hashable, Sendable {
            /// The macvlan.
            case virtualInterface
            /// The interface below it.
            case parent
            /// `all`: the setting of the whole host.
            case host
        }

        /// Which directory the setting is in.
        public var place: Place
        /// Whether it is below `net.ipv4` or `net.ipv6`.
        public var family: AddressFamily
        /// The name of the file.
        public var name: String
        /// The number to write.
        public var value: Int

        /// Whether the old value must be put back at the end: the place was there before the virtual router.
        public var isRestored: Bool { place != .virtualInterface }
    }

    /// The family of the virtual router.
    public let family: AddressFamily
    /// 1 to 255.
    public let virtualRouterID: UInt8

    /// The interface of the virtual router with this family and VRID.
    public init(family: AddressFamily, virtualRouterID: UInt8) {
        self.family = family
        self.virtualRouterID = virtualRouterID
    }

    /// 00-00-5E-00-01-VRID for IPv4, 00-00-5E-00-02-VRID for IPv6 (RFC 9568 section 7.3).
    public var hardwareAddress: MACAddress { .virtualRouter(virtualRouterID, family) }

    /// The mode `private`: frames between this interface and others on the same parent are not wanted.
    public var isPrivate: Bool { true }

    /// What to set, in this order, before the interface goes up.
    ///
    /// - The virtual interface answers only for its own addresses, takes packets from addresses of this host, does not
    ///   filter by return path, and keeps its other addresses when the first is removed.
    /// - The parent does not answer for the virtual addresses with its physical MAC.
    /// - No redirects: they would show the physical identity (RFC 9568 section 8.1.1).
    /// - IPv6: no address is made from the virtual MAC. All routers with this VRID would get the same link-local
    ///   address, and the tie between equal priorities could not be decided (RFC 9568 section 7.4). Duplicate address
    ///   detection is off, since the addresses move.
    public var settings: [Setting] {
        func setting(_ place: Setting.Place, _ name: String, _ value: Int) -> Setting {
            Setting(place: place, family: family, name: name, value: value)
        }
        switch family {
        case .ipv4:
            return [
                setting(.virtualInterface, "arp_ignore", 1), setting(.virtualInterface, "accept_local", 1),
                setting(.virtualInterface, "rp_filter", 0), setting(.virtualInterface, "promote_secondaries", 1),
                setting(.virtualInterface, "send_redirects", 0), setting(.parent, "arp_ignore", 1),
                setting(.parent, "arp_filter", 1), setting(.host, "rp_filter", 0),
            ]
        case .ipv6:
            return [
                setting(.virtualInterface, "addr_gen_mode", 1), setting(.virtualInterface, "accept_dad", 0),
            ]
        }
    }
}
