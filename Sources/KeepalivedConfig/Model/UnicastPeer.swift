package import Addresses

/// A line of `unicast_peer`.
package struct UnicastPeer: Hashable, Sendable {
    package var address: IPAddress
    /// The least TTL or hop limit that is taken from it.
    package var minimumTTL: Int?
    package var maximumTTL: Int?

    package init(address: IPAddress, minimumTTL: Int? = nil, maximumTTL: Int? = nil) {
        self.address = address
        self.minimumTTL = minimumTTL
        self.maximumTTL = maximumTTL
    }
}
