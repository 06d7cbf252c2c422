/// A random draw by which packets are sent a little earlier than their interval says, so that many sessions do not come
/// to send at once (RFC 5880, section 6.8.7).
package struct Jitter: Hashable, Sendable {
    /// 0 for the shortest interval, its maximum for the longest.
    package var draw: UInt16

    package init(draw: UInt16) {
        self.draw = draw
    }

    /// The interval by this draw: 75 to 100 % of it, and 75 to 90 % with a multiplier of 1, since the other end waits
    /// for no second packet then. In microseconds.
    func applied(to interval: UInt32, multiplier: UInt8) -> Int64 {
        let range: Int64 = multiplier == 1 ? 15 : 25
        return Int64(interval) * (75 * 65_535 + range * Int64(draw)) / (100 * 65_535)
    }
}
