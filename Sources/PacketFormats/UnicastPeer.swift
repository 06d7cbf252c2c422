public import Addresses

/// A configured peer of a unicast virtual router.
public struct UnicastPeer: Hashable, Sendable {
    public var address: IPAddress
    /// The TTL or hop limit with which its packets must arrive; nil if it is not looked at.
    public var hopLimits: ClosedRange<UInt8>?

    public init(_ address: IPAddress, hopLimits: ClosedRange<UInt8>? = nil) {
        self.address = address
        self.hopLimits = hopLimits
    }
}
