/// How regular the gaps between advertisements are, without keeping them (B. P. Welford's method).
package struct GapStatistics: Hashable, Sendable {
    package private(set) var count = 0
    /// Seconds.
    package private(set) var mean = 0.0
    /// Seconds.
    package private(set) var longest = 0.0
    private var squares = 0.0

    package init() {}

    package mutating func add(_ gap: Duration) {
        let (whole, attoseconds) = gap.components
        let seconds = Double(whole) + Double(attoseconds) / 1e18
        count += 1
        let before = seconds - mean
        mean += before / Double(count)
        squares += before * (seconds - mean)
        longest = max(longest, seconds)
    }

    /// The standard deviation of the gaps, in seconds; nil before there are two.
    package var jitter: Double? { count < 2 ? nil : (squares / Double(count - 1)).squareRoot() }
}
