import ControlProtocol

/// Numbers and times in few columns.
enum ShortText {
    /// In at most five columns: `9999`, `12.3k`, `1.2M`.
    static func number(_ number: UInt64) -> String {
        guard number >= 10_000 else { return String(number) }
        var unit: UInt64 = 1000
        for letter in ["k", "M", "G", "T", "P", "E"] {
            let whole = number / unit
            if whole < 100 { return "\(whole).\(number % unit / (unit / 10))\(letter)" }
            if whole < 1000 || letter == "E" { return "\(whole)\(letter)" }
            unit *= 1000
        }
        return String(number)
    }

    /// How long ago something was, in at most six columns: `5s`, `3m05s`, `2h04m`, `12d03h`.
    static func age(of time: Timestamp, at now: Timestamp) -> String {
        let seconds = max(now.milliseconds - time.milliseconds, 0) / 1000
        switch seconds {
        case ..<60: return "\(seconds)s"
        case ..<3600: return "\(seconds / 60)m\(two(seconds % 60))s"
        case ..<86_400: return "\(seconds / 3600)h\(two(seconds / 60 % 60))m"
        case ..<8_640_000: return "\(seconds / 86_400)d\(two(seconds / 3600 % 24))h"
        default: return "\(seconds / 86_400)d"
        }
    }

    /// A time of day in UTC, `22:14:33`; with the day where that is not today's, `11-20 22:14:33`.
    static func clock(_ time: Timestamp, today: Timestamp?) -> String {
        let text = time.description
        // As the description has it: 2026-11-21T22:14:33.123Z. A year beyond 9999 has more columns before.
        let fromEnd = Array(text.utf8.suffix(19))
        let clock = String(decoding: fromEnd[6..<14], as: UTF8.self)
        let day: Int64 = 86_400_000
        if let today, today.milliseconds / day == time.milliseconds / day { return clock }
        return String(decoding: fromEnd[0..<5], as: UTF8.self) + " " + clock
    }

    private static func two(_ number: Int64) -> String {
        number < 10 ? "0\(number)" : String(number)
    }
}
