/// Times and durations as a timeline shows them.
enum TimelineNumbers {
    /// Seconds to the millisecond, or what is below a tenth to the microsecond: `3.609`, `0.0609`.
    static func seconds(_ nanoseconds: Int64) -> String {
        let magnitude = nanoseconds.magnitude
        guard magnitude < 100_000_000, magnitude % 1_000_000 != 0 else { return column(nanoseconds) }
        var fraction = String(1_000_000 + (magnitude + 500) / 1000).dropFirst()
        while fraction.count > 3, fraction.last == "0" { fraction = fraction.dropLast() }
        return "0.\(fraction)"
    }

    /// As it is written in a configuration: `1 s`, `0.5 s`.
    static func interval(_ duration: Duration) -> String {
        let nanoseconds = duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000
        var fraction = String(1_000_000_000 + nanoseconds % 1_000_000_000).dropFirst()
        while fraction.last == "0" { fraction = fraction.dropLast() }
        let whole = nanoseconds / 1_000_000_000
        return fraction.isEmpty ? "\(whole) s" : "\(whole).\(fraction) s"
    }

    /// Always with milliseconds, for columns.
    static func column(_ nanoseconds: Int64) -> String {
        let rounded = (nanoseconds.magnitude + 500_000) / 1_000_000
        let fraction = String(1000 + rounded % 1000).dropFirst()
        return "\(rounded / 1000).\(fraction)"
    }
}
