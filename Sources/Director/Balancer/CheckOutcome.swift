package import HealthPolicy
package import VRRPProtocol

/// What an attempt of a check, or a reading, has found.
package struct CheckOutcome: Hashable, Sendable {
    package var result: CheckResult
    /// When it was known.
    package var time: Instant
    /// Half the size of a `Duration`, for each of ten thousand checks.
    private var nanoseconds: Int64

    init(result: CheckResult, time: Instant, duration: Duration) {
        self.result = result
        self.time = time
        nanoseconds = (Instant.origin + duration).nanoseconds
    }

    /// How long it took to find out; zero for what was told.
    package var duration: Duration { .nanoseconds(nanoseconds) }
}
