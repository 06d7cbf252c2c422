import PacketFormats
import VRRPReporting

/// A date as mail has it (RFC 5322, section 3.3): `Sat, 21 Nov 2026 18:26:17 +0000`.
struct MailDate {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    let text: String

    /// - Parameter offset: Seconds that this host's clocks on the wall are ahead of UTC.
    init(_ time: WallTime, offset: Int) {
        // Some million years either way are enough for any clock.
        let local = max(min(time.seconds, 1 << 46), -1 << 46) + Int64(offset)
        let calendar = CalendarTime(WallTime(seconds: local))
        let days = (local - calendar.secondOfDay) / 86_400
        // The first day was a Thursday.
        let weekday = Self.days[Int(((days % 7) + 11) % 7)]
        let month = Self.months[Int(calendar.month) - 1]
        let second = calendar.secondOfDay
        let clock = [second / 3_600, second / 60 % 60, second % 60].map(Self.padded).joined(separator: ":")
        let minutes = Int64(abs(offset) / 60)
        let zone = "\(offset < 0 ? "-" : "+")\(Self.padded(minutes / 60))\(Self.padded(minutes % 60))"
        text = "\(weekday), \(Self.padded(calendar.day)) \(month) \(calendar.year) \(clock) \(zone)"
    }

    private static func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
