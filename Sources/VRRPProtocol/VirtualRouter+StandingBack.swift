extension VirtualRouter {
    /// An operator hands the addresses over, or ends that.
    ///
    /// The address must not be lost by it: a router that stands back goes on listening, as the one with the least
    /// priority, and is there if nobody else is.
    mutating func standBack(_ standsBack: Bool, at now: Instant, into actions: inout [Action]) {
        guard standsBack || isStandingBack else { return }
        isStandingBack = standsBack
        if standsBack, case .active = phase { resign(into: &actions) }
        // The advertisement of the resignation is out: what follows is by the new priority.
        updateTimers(at: now, into: &actions)
        switch phase {
        case .initialize:
            break
        case .backup(let backup):
            if standsBack { giveUpTakingOver(backup, at: now) }
        case .active(var active):
            guard standsBack else {
                // Its peers have heard priority 1, and learn at once that it is no longer so.
                advertise(priority: effectivePriority, into: &actions)
                active.adverTimer = now.after(nanoseconds: ownInterval)
                phase = .active(active)
                return
            }
            // Everybody has heard the resignation. Of those who compete by their skew times this one comes last.
            let takeover = configuration.primaryAddress.map { Takeover.resignation(of: $0) } ?? .silence
            phase = .backup(
                Backup(
                    activeDownTimer: now.after(nanoseconds: timers.skew), takeover: takeover, heard: nil,
                    heardAt: now))
            notify(from: .active, because: .standsBack, at: now, into: &actions)
        }
    }

    /// A backup that was about to replace a lower router, or that owns the addresses and waits for its group, is an
    /// obedient one again: it waits as if it had obeyed what it heard last, and no longer, since that router may be gone.
    private mutating func giveUpTakingOver(_ before: Backup, at now: Instant) {
        var backup = before
        backup.preemptsAt = nil
        switch backup.takeover {
        case .silence, .resignation: break
        case .preemption, .ownsAddresses:
            backup.takeover = .silence
            backup.isReady = false
            backup.activeDownTimer = max(now, backup.heardAt.after(nanoseconds: timers.activeDown))
        }
        phase = .backup(backup)
    }
}
