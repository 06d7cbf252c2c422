/// A point on a monotonic clock, in nanoseconds since an origin that the owner of the clock chooses, such as the
/// start of the machine (`CLOCK_MONOTONIC`) or of a simulation.
///
/// The machines of this module never read a clock: every event comes with its instant. Sums that leave the range of
/// 64 bits, 292 years to either side of the origin, stop at its ends.
public struct Instant: Hashable, Sendable, Comparable {
    /// Nanoseconds since the origin.
    public var nanoseconds: Int64

    /// An instant that many nanoseconds after the origin.
    @inlinable
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// The origin of the clock.
    public static let origin = Instant(nanoseconds: 0)

    @inlinable
    public static func < (left: Instant, right: Instant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The instant after `duration`, rounded up to the next nanosecond: what waits for it never comes early.
    public static func + (instant: Instant, duration: Duration) -> Instant {
        instant.after(nanoseconds: duration.wholeNanoseconds)
    }

    /// The instant `duration` earlier, rounded towards the later nanosecond.
    public static func - (instant: Instant, duration: Duration) -> Instant {
        instant + (Duration.zero - duration)
    }

    /// How much later `left` is than `right`; negative if it is earlier.
    public static func - (left: Instant, right: Instant) -> Duration {
        let (difference, overflow) = left.nanoseconds.subtractingReportingOverflow(right.nanoseconds)
        return overflow ? .nanoseconds(left > right ? Int64.max : Int64.min) : .nanoseconds(difference)
    }

    @inlinable
    func after(nanoseconds count: Int64) -> Instant {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(count)
        return Instant(nanoseconds: overflow ? (count > 0 ? Int64.max : Int64.min) : sum)
    }
}
