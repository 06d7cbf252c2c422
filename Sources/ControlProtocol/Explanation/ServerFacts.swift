/// All that an explanation of a real server goes by.
package struct ServerFacts: Hashable, Sendable {
    /// What a check's machine knows besides its report.
    package struct Check: Hashable, Sendable {
        package var report: CheckReport
        /// Whether what counts was seen; otherwise it is assumed.
        package var hasRun: Bool
        /// Failed attempts of the series that runs, and how many more are allowed before they count.
        package var failures: Int
        package var retries: Int
        /// How many things have to be right one after the other before it counts as up: the pages of an HTTP check.
        package var stepsLeft: Int
        /// Pauses: between attempts, and before one that is to confirm a failure.
        package var delayMilliseconds: Int
        package var retryMilliseconds: Int
        /// What it says about the weight: an absolute one, or one to be added.
        package var absoluteWeight: Int?
        package var addedWeight: Int?
        /// It is told and makes no attempts.
        package var isTold: Bool

        package init(
            report: CheckReport, hasRun: Bool, failures: Int, retries: Int, stepsLeft: Int, delayMilliseconds: Int,
            retryMilliseconds: Int, absoluteWeight: Int? = nil, addedWeight: Int? = nil, isTold: Bool = false
        ) {
            self.report = report
            self.hasRun = hasRun
            self.failures = failures
            self.retries = retries
            self.stepsLeft = stepsLeft
            self.delayMilliseconds = delayMilliseconds
            self.retryMilliseconds = retryMilliseconds
            self.absoluteWeight = absoluteWeight
            self.addedWeight = addedWeight
            self.isTold = isTold
        }
    }

    package var service: ServiceReport
    package var server: ServerReport
    package var checks: [Check]
    package var now: Timestamp
    /// `inhibit_on_failure`.
    package var isInhibited: Bool
    /// What the sum of weights must not fall below while there is a quorum, or has to reach while there is none.
    package var threshold: Int
    /// What the history has last about it, the newest first.
    package var events: [DirectorEvent]

    package init(
        service: ServiceReport, server: ServerReport, checks: [Check], now: Timestamp, isInhibited: Bool,
        threshold: Int, events: [DirectorEvent] = []
    ) {
        self.service = service
        self.server = server
        self.checks = checks
        self.now = now
        self.isInhibited = isInhibited
        self.threshold = threshold
        self.events = events
    }
}
