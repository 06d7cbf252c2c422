public import Addresses

/// A router as its advertisements show it.
public struct Peer: Hashable, Sendable {
    /// The source of its packets.
    public var address: IPAddress
    /// The priority in them, 0 to 255.
    public var priority: UInt8

    /// A router as its last advertisement showed it.
    public init(address: IPAddress, priority: UInt8) {
        self.address = address
        self.priority = priority
    }
}
