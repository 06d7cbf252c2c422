import VRRPProtocol

/// When a check is made, and how often it may fail. Small, as every check of ten thousand has its own.
package struct CheckSettings: Hashable, Sendable {
    private var loopNanoseconds: Int64
    private var retryNanoseconds: Int64
    private var warmupNanoseconds: Int64
    private var retryCount: Int32
    private var stepCount: UInt16 = 1

    /// The server counts as failed until the check has succeeded.
    package var isAlpha = false
    /// Steps follow each other without a pause until the check has succeeded: `fast_recovery`.
    package var recoversFast = false
    /// Every failure is to be told, not only the one that changes something: `log_all_failures`.
    package var logsAllFailures = false
    /// Pauses count from the start of an attempt instead of its end: `MISC_CHECK`.
    package var countsFromStart = false
    /// A failed server is asked in series of attempts too, `retries` of them after the first: `TCP_CHECK` and
    /// `SMTP_CHECK`. Other checks ask it once for each `delayLoop`.
    package var repeatsSeries = false
    /// After a failure the step that failed has to be right, and then all of them from the first on: `HTTP_GET` and
    /// `SSL_GET`, even with one page.
    package var startsOver = false

    /// - Parameters:
    ///   - delayLoop: the pause between attempts.
    ///   - delayBeforeRetry: the pause before an attempt that is to confirm a failure.
    ///   - warmup: the first attempt is made at a random time before this.
    ///   - retries: attempts that may fail before the one that makes the check fail, at least 0.
    package init(delayLoop: Duration, delayBeforeRetry: Duration, warmup: Duration, retries: Int) {
        loopNanoseconds = Self.nanoseconds(delayLoop)
        retryNanoseconds = Self.nanoseconds(delayBeforeRetry)
        warmupNanoseconds = Self.nanoseconds(warmup)
        retryCount = Int32(clamping: max(retries, 0))
    }

    package var delayLoop: Duration { .nanoseconds(loopNanoseconds) }
    package var delayBeforeRetry: Duration { .nanoseconds(retryNanoseconds) }
    package var warmup: Duration { .nanoseconds(warmupNanoseconds) }
    package var retries: Int { Int(retryCount) }

    /// How many things have to be right, one after the other: the pages of an HTTP check, 1 for others. At least 1.
    package var steps: Int {
        get { Int(stepCount) }
        set { stepCount = UInt16(clamping: max(newValue, 1)) }
    }

    private static func nanoseconds(_ duration: Duration) -> Int64 {
        (Instant.origin + max(duration, .zero)).nanoseconds
    }
}
