package import Addresses

/// `encap`: what a route puts around a packet.
package struct RouteEncapsulation: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case mpls
        case ip
        case ip6
        case ila
    }

    package var kind: Kind
    /// MPLS: the labels, the outermost first.
    package var labels: [Int] = []
    /// ILA: the locator, 64 bits.
    package var locator: String?
    /// The tunnel's key.
    package var identifier: Int?
    package var source: IPAddress?
    package var destination: IPAddress?
    package var typeOfService: Int?
    package var hopLimit: Int?
    package var flags: Int?

    package init(_ kind: Kind) { self.kind = kind }
}
