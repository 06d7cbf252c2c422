package import VRRPProtocol

/// One check of one real server: when an attempt is due, and what its results amount to.
///
/// It behaves as keepalived 2.2.7 was seen to:
/// - Before its first verdict a single failure is one. A check that starts as up passes its verdict without a change.
/// - After that, a failure counts when `retries` further attempts have failed, `delayBeforeRetry` apart.
/// - A failed check is back after one success. With `startsOver` the step that failed is looked at until it is right,
///   and then all from the first on.
/// - Pauses count from the end of an attempt, with `countsFromStart` from its start, without drifting.
///
/// It differs in one point: keepalived asks a page that fails on the way back again and again, `delay_before_retry`
/// apart, and with `fast_recovery` without any pause. Here the retries end as they do elsewhere.
package struct CheckMachine: Hashable, Sendable {
    enum Phase: Hashable, Sendable {
        case idle
        case waiting(until: Instant)
        /// Since when, by the plan and not by when the loop came to it.
        case attempting(since: Instant)
        case suspended
        case ended
    }

    package internal(set) var settings: CheckSettings
    var phase = Phase.idle
    /// Failed attempts of the series that runs. At `retries` the next one counts.
    var failures: Int32 = 0
    var step: UInt16 = 0
    /// A step has failed, so that all are to be looked at again when it is right.
    var mustStartOver = false

    /// Whether the real server is well as far as this check knows, also before the first attempt.
    package internal(set) var isUp: Bool
    /// Whether there was a verdict: what `isUp` says was seen and is not assumed.
    package internal(set) var hasRun: Bool
    /// What the last success said about the weight; unchanged while the check is failed.
    package internal(set) var weight = CheckResult.Weight.unchanged

    /// - Parameters:
    ///   - known: What the check had found before the daemon was started anew, if that is known.
    ///   - weight: What it had said about the weight.
    package init(_ settings: CheckSettings, known: Bool? = nil, weight: CheckResult.Weight = .unchanged) {
        self.settings = settings
        isUp = known ?? !settings.isAlpha
        hasRun = known != nil
        if known == true { self.weight = weight }
        if known == false { endSeries() }
    }

    /// When `timeReached` is to be handled. Nil while an attempt runs, and before the start, suspended and at the end.
    package var deadline: Instant? {
        if case .waiting(let deadline) = phase { deadline } else { nil }
    }

    package var isAttempting: Bool {
        if case .attempting = phase { true } else { false }
    }

    /// The next series of attempts is a full one, or there is none until a success.
    mutating func endSeries() {
        failures = settings.repeatsSeries ? 0 : Int32(clamping: settings.retries)
    }
}
