/// When `watch` ends by itself.
struct WatchLimits {
    private var looks: Int?
    private let end: ContinuousClock.Instant?

    init(looks: Int?, duration: Duration?) {
        self.looks = looks
        end = duration.map { .now + $0 }
    }

    /// Another round of questions was answered.
    mutating func look() {
        looks = looks.map { $0 - 1 }
    }

    func isOver(at now: ContinuousClock.Instant) -> Bool {
        if let looks, looks <= 0 { return true }
        return end.map { $0 <= now } ?? false
    }

    /// The earlier of an instant and the end.
    func clipped(_ instant: ContinuousClock.Instant) -> ContinuousClock.Instant {
        end.map { min($0, instant) } ?? instant
    }
}
