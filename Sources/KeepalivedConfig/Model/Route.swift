package import Addresses

/// A line of `virtual_routes` or `static_routes`.
package struct Route: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case unicast
        case local
        case broadcast
        case multicast
        case `throw`
        case unreachable
        case prohibit
        case blackhole
        case nat

        /// Whether packets on it go nowhere, so that it has no gateway.
        package var discards: Bool { self == .blackhole || self == .unreachable || self == .prohibit || self == .throw }
    }

    package struct NextHop: Hashable, Sendable {
        package var gateway: IPAddress?
        package var interface: String?
        package var weight: Int?
        package var isOnLink = false
        package var realms: String?
        package var encapsulation: RouteEncapsulation?
    }

    package struct Metric: Hashable, Sendable {
        package var name: String
        /// Times are in milliseconds.
        package var value: Int
        package var isLocked: Bool
    }

    package var kind = Kind.unicast
    /// Nil for the default route.
    package var destination: AddressPrefix?
    package var family = AddressFamily.ipv4
    package var gateway: IPAddress?
    /// `or`: the gateway of a second path.
    package var alternative: IPAddress?
    package var interface: String?
    package var source: IPAddress?
    package var table: NumberOrName?
    package var metric: Int?
    package var scope: NumberOrName?
    package var protocolName: NumberOrName?
    package var typeOfService: Int?
    package var weight: Int?
    package var nextHops: [NextHop] = []
    /// `mtu`, `advmss`, `rtt` and the kernel's other metrics of a route.
    package var metrics: [Metric] = []
    /// `features`, `congctl`, `pref`, `expires`, `ttl-propagate`, by name, as they are written.
    package var options: [String: String] = [:]
    package var isOnLink = false
    package var appends = false
    package var vrf: String?
    package var realms: String?
    package var encapsulation: RouteEncapsulation?
    package var isNotTracked = false
    package var trackGroup: String?
    /// The line's words, one space between them.
    package var text: String

    package init(text: String) { self.text = text }
}
