/// The sequence in an authentication trailer: 32 bits of seconds since 1970, 16 bits of a second's fraction, and a
/// 16-bit counter, together one number that grows from packet to packet.
public struct TrailerSequence: Hashable, Sendable {
    /// Seconds, fraction and counter, from the upper bits to the lower.
    public var value: UInt64

    /// The sequence with that value.
    public init(value: UInt64) {
        self.value = value
    }

    /// The sequence of a clock's reading, with the counter zero.
    public init(_ time: WallTime) {
        let fraction = UInt64(time.nanoseconds) << 16 / 1_000_000_000
        value = UInt64(UInt32(truncatingIfNeeded: time.seconds)) << 32 | fraction << 16
    }

    /// The sequence of the trailer that a message ends with.
    ///
    /// Nothing is verified: it is for choosing a clock to judge the message by, not for judging it.
    /// - Returns: Nil if the last 28 octets are no trailer.
    public init?(ofTrailerBehind message: ArraySlice<UInt8>) {
        guard let trailer = try? AuthenticationTrailer(parsing: message.suffix(AuthenticationTrailer.length)) else {
            return nil
        }
        self = trailer.sequence
    }

    /// Seconds since 1970, modulo 2^32.
    public var seconds: UInt32 { UInt32(truncatingIfNeeded: value >> 32) }

    /// Whether this comes after `other`, by serial number arithmetic (RFC 1982): right also where the seconds wrap
    /// around in 2106.
    public func isAfter(_ other: TrailerSequence) -> Bool {
        Int64(bitPattern: value &- other.value) > 0
    }

    /// How many seconds `time` is ahead of this, by serial number arithmetic.
    public func age(at time: WallTime) -> Int32 {
        Int32(bitPattern: UInt32(truncatingIfNeeded: time.seconds) &- seconds)
    }

    /// The sequence for the next packet: the clock's, or one more than the last where the clock has not gone on.
    ///
    /// With a time window, a last sequence that is further ahead of the clock than the window is given up, since all
    /// receivers would reject it: the clock was wrong and has been set back.
    public static func next(
        after last: TrailerSequence?, at time: WallTime, antiReplay: TrailerPolicy.AntiReplay
    ) -> TrailerSequence {
        let clock = TrailerSequence(time)
        guard let last, !clock.isAfter(last) else { return clock }
        if case .time(let window) = antiReplay, -Int(last.age(at: time)) > window { return clock }
        return TrailerSequence(value: last.value &+ 1)
    }
}
