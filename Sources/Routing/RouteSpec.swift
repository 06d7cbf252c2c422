package import Addresses

/// A route, as it is to be installed or as the kernel shows it.
package struct RouteSpec: Hashable, Sendable {
    /// `RTN_*` of <linux/rtnetlink.h>.
    package enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        case unicast = 1
        case local = 2
        case broadcast = 3
        case anycast = 4
        case multicast = 5
        case blackhole = 6
        case unreachable = 7
        case prohibit = 8
        case `throw` = 9
        case nat = 10

        /// The word of iproute2.
        package var name: String { "\(self)" }
    }

    package struct NextHop: Hashable, Sendable {
        package var gateway: IPAddress?
        /// The index of the interface; 0 where the gateway decides.
        package var interface: Int32 = 0
        /// 1…256.
        package var weight = 1
        /// The gateway is on the link although no route says so.
        package var isOnLink = false
        /// From and to, 16 bits each; 0 for none.
        package var realms: UInt32 = 0
        package var encapsulation: Encapsulation?

        package init(gateway: IPAddress? = nil, interface: Int32 = 0) {
            self.gateway = gateway
            self.interface = interface
        }
    }

    /// What is put around a packet (`lwtunnel`).
    package enum Encapsulation: Hashable, Sendable {
        /// The labels, the outermost first.
        case mpls([UInt32])
        case ip(Tunnel)
        case ip6(Tunnel)
        /// The locator, 64 bits.
        case ila(UInt64)
    }

    package struct Tunnel: Hashable, Sendable {
        package var identifier: UInt64?
        package var source: IPAddress?
        package var destination: IPAddress?
        package var typeOfService: UInt8?
        package var hopLimit: UInt8?
        package var flags: UInt16?

        package init() {}
    }

    /// `RTPROT_KEEPALIVED`: what a route of ours is from, unless the configuration says otherwise.
    package static let ourProtocol: UInt8 = 18
    /// `RT_TABLE_MAIN`.
    package static let mainTable: UInt32 = 254
    package static let localTable: UInt32 = 255

    package var kind = Kind.unicast
    /// Nil for the default route.
    package var destination: NetworkPrefix?
    package var family: AddressFamily
    package var table = mainTable
    /// `RTPROT_*`.
    package var originator = ourProtocol
    /// `RT_SCOPE_*`; 0 for global.
    package var scope: UInt8 = 0
    package var typeOfService: UInt8 = 0
    /// `metric` of iproute2; nil for the kernel's own.
    package var priority: UInt32?
    /// The preferred source address.
    package var source: IPAddress?
    /// The only path; a route of several has `nextHops` in its place.
    package var path = NextHop()
    package var nextHops: [NextHop] = []
    /// `RTAX_*` and its value.
    package var metrics: [UInt16: UInt32] = [:]
    /// The metrics that path MTU discovery and the like leave alone, a bit for each `RTAX_*`.
    package var lockedMetrics: UInt32 = 0
    package var congestionControl: String?
    /// IPv6 router preference: 0 medium, 1 high, 3 low.
    package var preference: UInt8?
    /// Seconds to live, IPv6; nil for ever.
    package var lifetime: UInt32?
    /// MPLS: whether the label takes over the hop limit.
    package var propagatesTTL: Bool?
    /// Whether it goes behind routes of the same destination and metric, in place of before them.
    package var appends = false

    package init(family: AddressFamily, destination: NetworkPrefix? = nil) {
        self.family = family
        self.destination = destination
    }
}
