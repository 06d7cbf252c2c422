public import PacketFormats

extension ProtocolVersion {
    /// The advertisement intervals that a packet of this version can carry: 1 to 255 seconds in version 2 (RFC 3768
    /// section 5.3.7), 0.01 to 40.95 seconds in version 3 (RFC 9568 section 5.2.7: 12 bits of centiseconds, not 0).
    public var intervals: ClosedRange<Duration> {
        switch self {
        case .v2: .seconds(1)...(.seconds(255))
        case .v3: .milliseconds(10)...(.milliseconds(40_950))
        }
    }

    /// The nearest interval that a packet of this version can carry, by range; fractions of its unit are kept.
    func intervalWithinRange(_ interval: Duration) -> Duration {
        min(max(interval, intervals.lowerBound), intervals.upperBound)
    }
}
