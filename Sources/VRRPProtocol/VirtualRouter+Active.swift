import Addresses

extension VirtualRouter {
    /// Advertise, install the addresses, announce them, notify (RFC 9568 sections 6.4.1 and 6.4.2).
    mutating func becomeActive(
        from before: State, because cause: TransitionCause, at now: Instant, into actions: inout [Action]
    ) {
        learnOwnInterval()
        advertise(priority: effectivePriority, into: &actions)
        let schedule = configuration.policy.announcements
        addresses = configuration.heldAddresses
        if !addresses.isEmpty {
            actions.append(.installAddresses(addresses))
            actions.append(.announce(addresses, count: max(schedule.count, 1)))
        }
        phase = .active(
            Active(
                adverTimer: now.after(nanoseconds: ownInterval),
                secondAnnouncement: schedule.delay > .zero ? now + schedule.delay : nil,
                refresh: schedule.refresh > .zero ? now + schedule.refresh : nil))
        notify(from: before, because: cause, at: now, into: &actions)
    }

    /// An advertisement in Active (RFC 9568 section 6.4.3).
    mutating func hear(
        _ heard: HeardAdvertisement, as before: Active, at now: Instant, into actions: inout [Action]
    ) {
        var active = before
        if heard.priority == 0 {
            advertise(priority: effectivePriority, into: &actions)
            active.adverTimer = now.after(nanoseconds: ownInterval)
            phase = .active(active)
            actions.append(.report(.resignationHeard(heard.source)))
        } else if let cause = reasonToYield(to: heard, as: &active, at: now, into: &actions) {
            if configuration.policy.advertisesBeforeYielding { advertise(priority: effectivePriority, into: &actions) }
            releaseAddresses(into: &actions)
            becomeBackup(because: cause, heard: heard, at: now, into: &actions)
        } else {
            answerLoser(heard, as: active, at: now, into: &actions)
        }
    }

    /// A higher priority wins, and among equals the higher address, as an unsigned number.
    private mutating func reasonToYield(
        to heard: HeardAdvertisement, as active: inout Active, at now: Instant, into actions: inout [Action]
    ) -> TransitionCause? {
        if heard.priority > effectivePriority { return .higherPriority(heard.peer) }
        guard heard.priority == effectivePriority else { return nil }
        if effectivePriority == 255 { actions.append(.report(.duplicateOwner(heard.source))) }
        if let own = configuration.primaryAddress, heard.source < own {
            guard effectivePriority == 255, configuration.policy.duplicateOwner == .yieldAfterInsisting else {
                return nil
            }
            return hasInsisted(as: &active, at: now) ? yieldOwnership(to: heard.peer, into: &actions) : nil
        }
        return effectivePriority == 255 ? .duplicateOwner(heard.peer) : .higherAddress(heard.peer)
    }

    /// Counts how often in a row another owner was heard; one that was silent in between had understood.
    private func hasInsisted(as active: inout Active, at now: Instant) -> Bool {
        let isAnother = active.duplicateOwnerAt.after(nanoseconds: timers.activeDown) < now
        active.duplicateOwners = isAnother ? 1 : active.duplicateOwners &+ 1
        active.duplicateOwnerAt = now
        return active.duplicateOwners > 2
    }

    private mutating func yieldOwnership(to peer: Peer, into actions: inout [Action]) -> TransitionCause {
        hasYieldedOwnership = true
        effectivePriority = currentPriority
        retime()
        actions.append(.report(.priorityChanged(from: 255, to: effectivePriority)))
        return .duplicateOwner(peer)
    }

    private mutating func answerLoser(
        _ heard: HeardAdvertisement, as before: Active, at now: Instant, into actions: inout [Action]
    ) {
        var active = before
        let policy = configuration.policy
        if policy.answerToLoser != .silence { advertise(priority: effectivePriority, into: &actions) }
        if policy.answerToLoser == .advertisementAndNewInterval {
            active.adverTimer = now.after(nanoseconds: ownInterval)
        }
        let schedule = policy.announcements
        if schedule.lowerPriorityCount > 0 {
            announce(count: schedule.lowerPriorityCount, into: &actions)
            if schedule.lowerPriorityDelay > .zero, active.lowerPriorityAnnouncement == nil {
                active.lowerPriorityAnnouncement = now + schedule.lowerPriorityDelay
            }
        }
        phase = .active(active)
        actions.append(.report(.loserHeard(heard.peer)))
    }

    /// The timers of an active router, each as far as it is due.
    mutating func reachTime(_ now: Instant, as before: Active, into actions: inout [Action]) {
        var active = before
        if active.adverTimer <= now {
            if let lateness = latenessToYield(active, at: now) {
                releaseAddresses(into: &actions)
                becomeBackup(because: .lateness(lateness), heard: nil, at: now, into: &actions)
                return
            }
            advertise(priority: effectivePriority, into: &actions)
            // From the deadline and not from now, so that a late wake-up does not stretch all intervals after it.
            let next = active.adverTimer.after(nanoseconds: ownInterval)
            if next <= now { actions.append(.report(.late(now - active.adverTimer))) }
            active.adverTimer = next > now ? next : now.after(nanoseconds: ownInterval)
        }
        let schedule = configuration.policy.announcements
        if let due = active.secondAnnouncement, due <= now {
            announce(count: schedule.count, into: &actions)
            active.secondAnnouncement = nil
        }
        if let due = active.lowerPriorityAnnouncement, due <= now {
            announce(count: schedule.lowerPriorityCount, into: &actions)
            active.lowerPriorityAnnouncement = nil
        }
        if let due = active.refresh, due <= now {
            announce(count: schedule.refreshCount, into: &actions)
            let next = due + schedule.refresh
            active.refresh = schedule.refresh > .zero ? (next > now ? next : now + schedule.refresh) : nil
        }
        phase = .active(active)
    }

    /// How late the timer is, where that was enough for another router to take over and this one would not take the
    /// addresses back.
    private func latenessToYield(_ active: Active, at now: Instant) -> Duration? {
        guard let priority = configuration.policy.yieldsWhenLateTo, !configuration.preempts, effectivePriority < 255
        else { return nil }
        let others = AdvertisementTimers(
            version: configuration.version, priority: priority, interval: .nanoseconds(ownInterval),
            advertisements: configuration.policy.activeDownAdvertisements)
        let lastSent = active.adverTimer.after(nanoseconds: 0 &- ownInterval)
        return lastSent.after(nanoseconds: others.activeDown) < now ? now - active.adverTimer : nil
    }
}
