/// A reading that counts only when it has lasted: keepalived's `interface_up_down_delays`, and the `fork_delay` and
/// `terminate_delay` of a tracked process. What bounces back within the delay was never there.
///
/// The first observation counts at once.
public struct DelayedReading: Hashable, Sendable {
    /// How long it must be good before it counts as good; zero for at once.
    public var goodDelay: Duration
    /// The same for bad.
    public var badDelay: Duration
    /// What counts now: unknown, good or bad.
    public private(set) var reading = Tracker.Reading.unknown
    /// When the opposite will count; nil while what was observed last counts already. `reachTime` is to be called then.
    public private(set) var deadline: Instant?

    /// Nothing was observed yet.
    public init(goodDelay: Duration = .zero, badDelay: Duration = .zero) {
        self.goodDelay = goodDelay
        self.badDelay = badDelay
    }

    /// Takes in what is seen now.
    ///
    /// - Returns: whether `reading` is another one now.
    public mutating func observe(isGood: Bool, at now: Instant) -> Bool {
        let observed: Tracker.Reading = isGood ? .good : .bad
        if observed == reading {
            deadline = nil
            return false
        }
        let delay = isGood ? goodDelay : badDelay
        if reading == .unknown || delay <= .zero {
            reading = observed
            deadline = nil
            return true
        }
        // What was seen before already waits since then.
        if deadline == nil { deadline = now + delay }
        return false
    }

    /// The clock has reached, or passed, the `deadline`; harmless at other times.
    ///
    /// - Returns: whether `reading` is another one now.
    public mutating func reachTime(_ now: Instant) -> Bool {
        guard let due = deadline, due <= now else { return false }
        reading = reading == .good ? .bad : .good
        deadline = nil
        return true
    }
}
