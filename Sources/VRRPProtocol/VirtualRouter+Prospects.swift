extension VirtualRouter {
    /// Until when a backup obeys an active router of lower priority (`preempt_delay`); nil where it has heard of none.
    package var preemptsAt: Instant? {
        guard case .backup(let backup) = phase else { return nil }
        return backup.preemptsAt
    }
}
