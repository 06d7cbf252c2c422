public import Addresses

/// Numbers and addresses that the protocol fixes.
public enum VRRPWire {
    /// The IP protocol number of VRRP.
    public static let protocolNumber: UInt8 = 112
    /// The IP protocol number of the Authentication Header (RFC 4302).
    public static let authenticationHeaderNumber: UInt8 = 51
    /// The TTL or hop limit of every multicast advertisement.
    public static let hopLimit: UInt8 = 255
    /// Internetwork control, the DSCP that keepalived and FRR send with.
    public static let trafficClass: UInt8 = 0xc0

    static let headerLength = 8
    static let advertisementType: UInt8 = 1
    static let authenticationDataLength = 8

    /// 224.0.0.18 or ff02::12 (RFC 9568, 5.1).
    public static func group(_ family: AddressFamily) -> IPAddress {
        switch family {
        case .ipv4: .v4(IPv4Address(224, 0, 0, 18))
        case .ipv6: .v6(IPv6Address(high: 0xff02_0000_0000_0000, low: 0x12))
        }
    }
}

extension MACAddress {
    /// The virtual router's MAC address: 00-00-5E-00-01-VRID for IPv4, 00-00-5E-00-02-VRID for IPv6
    /// (RFC 9568, 7.3).
    public static func virtualRouter(_ virtualRouterID: UInt8, _ family: AddressFamily) -> MACAddress {
        MACAddress((family == .ipv4 ? 0x0000_5e00_0100 : 0x0000_5e00_0200) | UInt64(virtualRouterID))
    }

    /// The Ethernet address that frames to a multicast group are sent to: 01-00-5E and the group's last 23 bits for
    /// IPv4 (RFC 1112, 6.4), 33-33 and its last 32 bits for IPv6 (RFC 2464, 7). Nil for an address that is no group.
    public static func multicast(_ group: IPAddress) -> MACAddress? {
        switch group {
        case .v4(let address):
            address.isMulticast ? MACAddress(0x0100_5e00_0000 | UInt64(address.value & 0x7f_ffff)) : nil
        case .v6(let address):
            address.isMulticast ? MACAddress(0x3333_0000_0000 | address.low & 0xffff_ffff) : nil
        }
    }
}

extension IPAddress {
    /// Whether the address is a multicast group.
    public var isMulticast: Bool {
        switch self {
        case .v4(let address): address.isMulticast
        case .v6(let address): address.isMulticast
        }
    }

    /// Whether the address is 255.255.255.255, all hosts of the network (RFC 919, 7).
    var isLimitedBroadcast: Bool { self == .v4(IPv4Address(255, 255, 255, 255)) }
}

extension IPv6Address {
    /// Whether the address is link-local unicast, fe80::/10 (RFC 4291, 2.5.6).
    public var isLinkLocal: Bool { high >> 54 == 0x3fa }
}
