public import Addresses

/// A configured peer of a unicast virtual router.
public struct UnicastPeer: Hashable, Sendable {
    /// From which it sends.
    public var address: IPAddress
    /// The TTL or hop limit with which its packets must arrive; nil if it is not looked at.
    public var hopLimits: ClosedRange<UInt8>?

    /// A peer; any TTL or hop limit will do if none is given.
    public init(_ address: IPAddress, hopLimits: ClosedRange<UInt8>? = nil) {
        self.address = address
        self.hopLimits = hopLimits
    }
}
