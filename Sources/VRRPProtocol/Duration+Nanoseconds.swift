extension Duration {
    /// The duration in nanoseconds, rounded up; at the ends of 64 bits where it does not fit.
    var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, tooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        // The fraction has the sign of the whole, and division cuts towards zero: only what is positive is raised.
        let fraction = attoseconds / 1_000_000_000 + (attoseconds % 1_000_000_000 > 0 ? 1 : 0)
        let (sum, overflow) = scaled.addingReportingOverflow(fraction)
        return tooLong || overflow ? (seconds < 0 ? Int64.min : Int64.max) : sum
    }
}
