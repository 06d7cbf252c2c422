/// What the kernel counts for a virtual service or a real server, and the rates it estimates every two seconds.
public struct Statistics: Hashable, Sendable {
    public var total = Counters()
    /// Per second.
    public var rate = Counters()

    public init() {}
}

/// Connections scheduled, packets and bytes; exact to 64 bits where the kernel is 4.1 or newer.
public struct Counters: Hashable, Sendable {
    public var connections: UInt64 = 0
    public var packetsIn: UInt64 = 0
    public var packetsOut: UInt64 = 0
    public var bytesIn: UInt64 = 0
    public var bytesOut: UInt64 = 0

    public init() {}
}
