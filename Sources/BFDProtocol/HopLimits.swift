/// The TTL or hop limit that a session sends, and how far that of received packets may have come down (RFC 5881,
/// section 5, and RFC 5082: what a router has passed on has a smaller one than 255, so nobody farther away can pretend to
/// be the neighbour).
package struct HopLimits: Hashable, Sendable {
    /// What leaves, 1 to 255.
    package var sent: UInt8
    /// The least that is taken.
    package var leastAccepted: UInt8

    /// - Parameters:
    ///   - expected: What the other end is taken to send.
    ///   - hops: By how much a packet may have less; nil, or 255 and above: by anything.
    package init(sent: UInt8, expected: UInt8, hops: Int?) {
        self.sent = max(sent, 1)
        leastAccepted = hops.map { UInt8(clamping: Int(expected) - max($0, 0)) } ?? 0
    }

    package func accepts(_ received: UInt8) -> Bool { received >= leastAccepted }
}
