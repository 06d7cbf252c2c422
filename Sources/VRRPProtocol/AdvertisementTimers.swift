public import PacketFormats

/// The two times that a backup router derives from its priority and the advertisement interval of the active router
/// (RFC 9568 section 6.1, RFC 3768 section 6.1).
///
/// - Version 3: `Skew_Time = (256 - Priority) * Active_Adver_Interval / 256`.
/// - Version 2: `Skew_Time = (256 - Priority) / 256` seconds, whatever the interval is.
/// - Both: `Active_Down_Interval = 3 * Active_Adver_Interval + Skew_Time`.
///
/// Everything is computed in whole nanoseconds. In version 2 that is exact; in version 3 it is exact for all intervals
/// of whole centiseconds but for half a nanosecond, which is rounded up, so that no timer ever fires early.
public struct AdvertisementTimers: Hashable, Sendable {
    /// Nanoseconds of `Skew_Time`.
    let skew: Int64
    /// Nanoseconds of `Active_Down_Interval`.
    let activeDown: Int64

    /// The times of a router of `priority` that listens to an active router of the given interval.
    ///
    /// - Parameters:
    ///   - version: the version of VRRP.
    ///   - priority: the router's own effective priority, 1 to 255.
    ///   - interval: `Active_Adver_Interval`; brought into the range that the version can carry.
    ///   - advertisements: how many advertisements have to be missed: 3 by both RFCs, 1 to 100 with keepalived's
    ///     `down_timer_adverts`.
    public init(version: ProtocolVersion, priority: UInt8, interval: Duration, advertisements: Int = 3) {
        let interval = version.intervalWithinRange(interval).wholeNanoseconds
        let step = version == .v2 ? 1_000_000_000 : interval
        skew = ((256 - Int64(priority)) * step + 255) / 256
        activeDown = Int64(min(max(advertisements, 1), 100)) * interval + skew
    }

    /// `Skew_Time`: how long a router waits after the active one resigned. The higher the priority, the shorter.
    public var skewTime: Duration { .nanoseconds(skew) }

    /// `Active_Down_Interval`, or `Master_Down_Interval`: how long a backup waits for an advertisement before it takes
    /// over.
    public var activeDownInterval: Duration { .nanoseconds(activeDown) }
}
