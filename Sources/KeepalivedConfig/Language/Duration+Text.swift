extension Duration {
    /// Whole microseconds, rounded down; saturates.
    package var microseconds: Int {
        let (seconds, attoseconds) = components
        let (whole, overflow) = Int(seconds).multipliedReportingOverflow(by: 1_000_000)
        if overflow { return seconds < 0 ? .min : .max }
        return whole.addingReportingOverflow(Int(attoseconds / 1_000_000_000_000)).partialValue
    }

    /// Decimal seconds, without zeros at the end and without a unit: `0.25`, `60`.
    package var secondsText: String {
        let (seconds, attoseconds) = components
        let nanoseconds = (attoseconds / 1_000_000_000).magnitude
        var text = seconds == 0 && attoseconds < 0 ? "-0" : String(seconds)
        guard nanoseconds > 0 else { return text }
        var digits = String(nanoseconds)
        digits = String(repeating: "0", count: 9 - digits.count) + digits
        while digits.last == "0" { digits.removeLast() }
        text += "." + digits
        return text
    }
}
