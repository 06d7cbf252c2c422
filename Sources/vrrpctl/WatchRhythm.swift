import Director

/// When a director is asked next.
///
/// The more it has to tell, the longer it is left alone: nine times as long as the last answers took, so that neither
/// side spends more than a tenth of its time with them.
struct WatchRhythm {
    private var began: ContinuousClock.Instant?
    private(set) var next: ContinuousClock.Instant

    /// How long nothing may come of an answer.
    static let patience = Duration.seconds(5)

    /// That nothing came.
    static var silence: ControlFailure {
        ControlFailure("the daemon does not answer in \(patience.components.seconds) s")
    }

    init(at now: ContinuousClock.Instant) {
        next = now
    }

    var isWaiting: Bool { began != nil }

    mutating func ask(at now: ContinuousClock.Instant) {
        began = now
        next = now + Self.patience
    }

    /// A part of the answers has come.
    mutating func hear(at now: ContinuousClock.Instant) {
        if isWaiting { next = now + Self.patience }
    }

    /// All was answered.
    mutating func finish(at now: ContinuousClock.Instant, interval: Duration) {
        let start = began ?? now
        began = nil
        next = max(start + interval, now + (now - start) * 9)
    }

    /// It was not answered, and is tried again.
    mutating func fail(at now: ContinuousClock.Instant, interval: Duration) {
        began = nil
        next = now + min(interval, .seconds(1))
    }

    /// Is not to wait for the interval.
    mutating func hurry(at now: ContinuousClock.Instant) {
        if !isWaiting { next = now }
    }
}
