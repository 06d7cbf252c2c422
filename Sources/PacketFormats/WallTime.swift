/// An instant of the calendar, counted from 1970-01-01 00:00:00 UTC without leap seconds.
public struct WallTime: Hashable, Sendable, Comparable {
    /// Negative before 1970.
    public var seconds: Int64
    /// 0 to 999,999,999.
    public var nanoseconds: UInt32

    /// More than 999,999,999 nanoseconds are taken for that many.
    public init(seconds: Int64, nanoseconds: UInt32 = 0) {
        self.seconds = seconds
        self.nanoseconds = min(nanoseconds, 999_999_999)
    }

    /// The earlier one is the lesser.
    public static func < (left: WallTime, right: WallTime) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}
