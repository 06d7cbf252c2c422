public import Addresses

/// What an advertisement is to say. It is made anew from the configuration for each packet (RFC 9568 section 5.2).
public struct OutgoingAdvertisement: Hashable, Sendable {
    /// The effective priority, or 0 when the router resigns (RFC 9568 section 5.2.4).
    public var priority: UInt8
    /// The router's own advertisement interval.
    public var interval: Duration
    /// The virtual addresses in configured order, without those that are excluded from advertisements.
    public var addresses: [IPAddress]

    /// What an advertisement is to say.
    public init(priority: UInt8, interval: Duration, addresses: [IPAddress]) {
        self.priority = priority
        self.interval = interval
        self.addresses = addresses
    }
}
