package import ControlProtocol
import PacketFormats

/// Times as operators read them: on their own clock, and as how long ago.
package struct ShownTime {
    private let now: Timestamp
    private let offset: (Timestamp) -> Int

    /// - Parameters:
    ///   - now: When the report was made.
    ///   - offset: How many seconds the clock on the wall is ahead of UTC at a time.
    package init(now: Timestamp, offset: @escaping (Timestamp) -> Int) {
        self.now = now
        self.offset = offset
    }

    /// `14:03:12` of the same day, `2026-11-20 14:03:12` of another.
    package func clock(_ time: Timestamp) -> String {
        let (day, second) = local(time)
        let hours = "\(Self.two(second / 3600)):\(Self.two(second / 60 % 60)):\(Self.two(second % 60))"
        guard day != local(now).day else { return hours }
        let date = CalendarDate(daysSince1970: day)
        return "\(date.year)-\(Self.two(date.month))-\(Self.two(date.day)) \(hours)"
    }

    /// `14:03:12 (12 s)`
    package func since(_ time: Timestamp) -> String { "\(clock(time)) (\(age(time)))" }

    /// How long ago it was, in the two largest units that count: `0.4 s`, `12 s`, `3 min 5 s`, `4 h`, `3 d 4 h`.
    package func age(_ time: Timestamp) -> String {
        Self.span(milliseconds: max(now.milliseconds - time.milliseconds, 0))
    }

    package static func span(milliseconds: Int64) -> String {
        if milliseconds < 10_000, milliseconds % 1000 >= 100 {
            return "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
        }
        let seconds = milliseconds / 1000
        let units: [(Int64, String)] = [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")]
        guard let first = units.firstIndex(where: { seconds >= $0.0 }) else { return "0 s" }
        let (size, name) = units[first]
        guard first + 1 < units.count else { return "\(seconds) s" }
        let (smaller, its) = units[first + 1]
        let rest = seconds % size / smaller
        return rest == 0 ? "\(seconds / size) \(name)" : "\(seconds / size) \(name) \(rest) \(its)"
    }

    private func local(_ time: Timestamp) -> (day: Int64, second: Int64) {
        let seconds = Int64((Double(time.milliseconds) / 1000).rounded(.down)) + Int64(offset(time))
        let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        return (day, seconds - day * 86_400)
    }

    private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
