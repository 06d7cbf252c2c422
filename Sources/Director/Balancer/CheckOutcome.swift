package import HealthPolicy
package import VRRPProtocol

/// What an attempt of a check, or a reading, has found.
package struct CheckOutcome: Hashable, Sendable {
    package var result: CheckResult
    /// When it was known.
    package var time: Instant
    /// How long it took to find out; zero for what was told.
    package var duration: Duration
}
