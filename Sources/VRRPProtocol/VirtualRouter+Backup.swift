import PacketFormats

extension VirtualRouter {
    /// An advertisement in Backup (RFC 9568 section 6.4.2). The tie between equal priorities is not decided here:
    /// a backup obeys its equals.
    @inline(__always)
    mutating func hear(
        _ heard: HeardAdvertisement, as before: Backup, at now: Instant, into actions: inout [Action]
    ) {
        var backup = before
        if heard.priority == 0 {
            backup.activeDownTimer = now.after(nanoseconds: timers.skew)
            backup.takeover = .resignation(of: heard.source)
            backup.heard = nil
            backup.preemptsAt = nil
            phase = .backup(backup)
            actions.append(.report(.resignationHeard(heard.source)))
            return
        }
        backup.heard = heard.peer
        backup.heardAt = now
        if heard.priority >= effectivePriority {
            backup.preemptsAt = nil
        } else if preempts(heard, as: &backup, at: now, into: &actions) {
            backup.takeover = .preemption(of: heard.peer)
            phase = .backup(backup)
            return
        }
        if heard.interval != activeAdvertisementInterval { learn(from: heard, into: &actions) }
        backup.hasLearnedInterval = true
        backup.activeDownTimer = now.after(nanoseconds: timers.activeDown)
        backup.takeover = .silence
        backup.isReady = false
        phase = .backup(backup)
    }

    /// Whether a router of lower priority is not obeyed: `Preempt_Mode`, which an owner always has, and keepalived's
    /// `preempt_delay`, which begins when the lower router is first heard.
    private func preempts(
        _ heard: HeardAdvertisement, as backup: inout Backup, at now: Instant, into actions: inout [Action]
    ) -> Bool {
        if effectivePriority == 255 { return true }
        if !configuration.preempts { return false }
        if configuration.preemptDelay <= .zero { return true }
        if let preemptsAt = backup.preemptsAt { return preemptsAt <= now }
        let preemptsAt = now + configuration.preemptDelay
        backup.preemptsAt = preemptsAt
        actions.append(.report(.preemptionDelayed(of: heard.peer, until: preemptsAt)))
        return false
    }

    /// The active router is silent, has resigned or is to be replaced (RFC 9568 section 6.4.2).
    mutating func takeOver(_ backup: Backup, at now: Instant, into actions: inout [Action]) {
        let cause: TransitionCause =
            switch backup.takeover {
            case .silence: .silence(of: backup.heard, for: activeDownInterval)
            case .resignation(let address): .resignation(of: address, skewTime: skewTime)
            case .preemption(let peer): .preemption(of: peer, after: activeDownInterval)
            case .ownsAddresses: .ownsAddresses
            }
        becomeActive(from: .backup, because: cause, at: now, into: &actions)
    }

    /// Adopts the interval of the active router (RFC 9568 section 6.4.2). Version 2 knows only the configured one.
    mutating func learn(from heard: HeardAdvertisement, into actions: inout [Action]) {
        guard configuration.version == .v3 else { return }
        let interval = configuration.version.intervalWithinRange(heard.interval)
        guard interval != activeAdvertisementInterval else { return }
        activeAdvertisementInterval = interval
        retime()
        actions.append(.report(.intervalLearned(interval, from: heard.peer)))
    }

    /// The interval that counts is the router's own again.
    mutating func learnOwnInterval() {
        let interval = configuration.version.intervalWithinRange(configuration.advertisementInterval)
        ownInterval = interval.wholeNanoseconds
        activeAdvertisementInterval = interval
        retime()
    }

    /// Computes the timers for the priority and interval as they are now.
    mutating func retime() {
        timers = AdvertisementTimers(
            version: configuration.version, priority: effectivePriority, interval: activeAdvertisementInterval,
            advertisements: configuration.policy.activeDownAdvertisements)
    }
}
