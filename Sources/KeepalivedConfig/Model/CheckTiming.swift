/// When checks are made: of a virtual server for its real servers, of a real server for its checks.
package struct CheckTiming: Hashable, Sendable {
    package var delayLoop = Setting(Duration.seconds(60))
    package var connectTimeout = Setting(Duration.seconds(5))
    /// After the first failure of a living server.
    package var retries = Setting(1)
    package var delayBeforeRetry = Setting(Duration.seconds(1))
    /// The first check is made at a random time before this.
    package var warmup = Setting(Duration.seconds(60))

    package init() {}
}
