/// Times as sentences have them.
enum SpokenTime {
    /// `3.609 s`, without zeros at the end.
    static func exact(milliseconds: Int) -> String {
        let count = max(milliseconds, 0)
        guard count % 1000 != 0 else { return "\(count / 1000) s" }
        var digits = String(1000 + count % 1000).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(count / 1000).\(digits) s"
    }

    /// `12 s`, `3 min 2 s`, `2 h 5 min`, `3 d 4 h`: the two largest units.
    static func rough(milliseconds: Int) -> String {
        let seconds = max(milliseconds, 0) / 1000
        let units = [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")]
        guard let first = units.firstIndex(where: { seconds >= $0.0 }) else { return "less than a second" }
        var text = "\(seconds / units[first].0) \(units[first].1)"
        if first + 1 < units.count {
            let rest = seconds % units[first].0 / units[first + 1].0
            if rest > 0 { text += " \(rest) \(units[first + 1].1)" }
        }
        return text
    }

    /// From then until now.
    static func rough(_ then: Timestamp, at now: Timestamp) -> String { rough(milliseconds: between(then, now)) }

    static func ago(_ then: Timestamp, at now: Timestamp) -> String { rough(then, at: now) + " ago" }

    /// From now until then.
    static func until(_ then: Timestamp, at now: Timestamp) -> String { exact(milliseconds: between(now, then)) }

    private static func between(_ first: Timestamp, _ last: Timestamp) -> Int {
        let (difference, overflow) = last.milliseconds.subtractingReportingOverflow(first.milliseconds)
        return overflow ? 0 : Int(clamping: difference)
    }
}
