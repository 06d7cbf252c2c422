/// Whether enough processes of a kind run, and not too many: keepalived's `vrrp_track_process`.
public struct ProcessTracker: Hashable, Sendable {
    /// `quorum` to `quorum_max`: how many processes are good.
    public let quorum: ClosedRange<Int>
    private var delayed: DelayedReading

    /// - Parameters:
    ///   - quorum: the fewest processes that are good, at least 0.
    ///   - maximum: the most; nil for no limit. Less than the quorum counts as no process allowed at all, which is
    ///     what `quorum_max 0` means.
    ///   - forkDelay: how long the quorum must be there before it counts.
    ///   - terminateDelay: how long it must be missing before that counts.
    public init(
        quorum: Int = 1, maximum: Int? = nil, forkDelay: Duration = .zero, terminateDelay: Duration = .zero
    ) {
        let most = max(maximum ?? .max, 0)
        self.quorum = most < max(quorum, 0) ? 0...0 : max(quorum, 0)...most
        delayed = DelayedReading(goodDelay: forkDelay, badDelay: terminateDelay)
    }

    /// What counts now.
    public var reading: Tracker.Reading { delayed.reading }

    /// When `reachTime` is to be called; nil for never.
    public var deadline: Instant? { delayed.deadline }

    /// Takes in how many processes run now.
    ///
    /// - Returns: whether `reading` is another one now.
    public mutating func observe(count: Int, at now: Instant) -> Bool {
        delayed.observe(isGood: quorum.contains(count), at: now)
    }

    /// The clock has reached, or passed, the `deadline`; harmless at other times.
    ///
    /// - Returns: whether `reading` is another one now.
    public mutating func reachTime(_ now: Instant) -> Bool {
        delayed.reachTime(now)
    }
}
