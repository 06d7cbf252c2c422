extension CheckMachine {
    package enum Event: Hashable, Sendable {
        /// The check begins. The first attempt is made after this, a random part of `warmup`; at once if the check is
        /// known to have failed, as every moment costs that a server is missing.
        case started(after: Duration)
        /// `deadline` has passed. Early or stale, it does nothing.
        case timeReached
        /// The attempt that was asked for has this result.
        case finished(CheckResult)
        /// What the check knows stays, but it is not made any more: `ha_suspend`.
        case suspended
        /// The next attempt is made after this.
        case resumed(after: Duration)
        /// The check has other settings, and whoever makes the attempts knows them: one that runs is begun again.
        case reconfigured(CheckSettings)
        case ended
    }

    package enum Action: Hashable, Sendable {
        /// An attempt is to be made, of this step; see `Probe.attempt`.
        case attempt(step: Int)
        /// The attempt that runs is to be given up.
        case cancel
        case cameUp
        /// The check has failed, after this many retries; nil if none were made because it had not succeeded before or
        /// because there are none.
        case wentDown(reason: String, afterRetries: Int?)
        /// The first verdict is what the check had started with; the reason if that is failed.
        case confirmed(isUp: Bool, reason: String?)
        /// What the check says about the weight has changed.
        case weight(CheckResult.Weight)
        /// A failure that changes nothing, because retries are left or the check has failed already.
        case noteFailure(reason: String, willRetry: Bool)
        /// The attempt could not be made, which says nothing about the server: nothing changes, and the next one comes
        /// after `delayLoop`.
        case noteUndecided(reason: String)
    }
}
