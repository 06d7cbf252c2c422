public import Addresses
public import PacketFormats

/// What the machine needs to know of an advertisement that was received, decoded and found valid for this virtual
/// router (RFC 9568 section 7.1). What the decoder rejects is no event: a rejected packet changes nothing.
public struct HeardAdvertisement: Hashable, Sendable {
    /// The source address of the packet.
    public var source: IPAddress
    /// 0: the sender gives up being active; 255: it owns the addresses.
    public var priority: UInt8
    /// `Max Advertise Interval` of version 3, which a backup adopts. Version 2 does not use it: its decoder discards
    /// packets whose interval is not the configured one (RFC 3768 section 7.1).
    public var interval: Duration

    /// What an advertisement said, without its packet.
    public init(source: IPAddress, priority: UInt8, interval: Duration) {
        self.source = source
        self.priority = priority
        self.interval = interval
    }

    /// What was decoded.
    public init(_ received: ReceivedAdvertisement) {
        source = received.source
        priority = received.advertisement.priority
        interval = received.advertisement.interval
    }

    var peer: Peer { Peer(address: source, priority: priority) }
}
