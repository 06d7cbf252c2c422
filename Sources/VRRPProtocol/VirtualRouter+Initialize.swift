extension VirtualRouter {
    /// Startup in Initialize (RFC 9568 section 6.4.1).
    mutating func start(at now: Instant, into actions: inout [Action]) {
        guard !isStarted else { return }
        isStarted = true
        if configuration.startupDelay > .zero {
            phase = .initialize(startsAt: now + configuration.startupDelay)
        } else {
            begin(because: .started, at: now, into: &actions)
        }
    }

    /// Takes part in the election from now on: an owner is active at once, any other router listens first.
    mutating func begin(because cause: TransitionCause, at now: Instant, into actions: inout [Action]) {
        let before: State = if case .recovery = cause { .fault } else { .initialize }
        phase = .initialize(startsAt: nil)
        if let missing = faults.first {
            notify(from: before, because: .fault(missing), at: now, into: &actions)
        } else if effectivePriority == 255, !isGroupMember {
            becomeActive(from: before, because: .ownsAddresses, at: now, into: &actions)
        } else {
            learnOwnInterval()
            var backup = Backup(
                activeDownTimer: now.after(nanoseconds: timers.activeDown), takeover: .silence, heard: nil,
                heardAt: now)
            if effectivePriority == 255 {
                backup.takeover = .ownsAddresses
                backup.isReady = true
            }
            phase = .backup(backup)
            notify(from: before, because: cause, at: now, into: &actions)
        }
    }

    /// Shutdown in any state (RFC 9568 sections 6.4.2 and 6.4.3): an active router resigns with priority 0.
    mutating func shutDown(because cause: TransitionCause, at now: Instant, into actions: inout [Action]) {
        guard isStarted else { return }
        let before = state
        if case .active = phase { resign(into: &actions) }
        isStarted = false
        hasYieldedOwnership = false
        phase = .initialize(startsAt: nil)
        learnOwnInterval()
        effectivePriority = currentPriority
        retime()
        // Not where the router was still waiting for its startup delay.
        if before != .initialize { notify(from: before, because: cause, at: now, into: &actions) }
    }

    mutating func fault(_ cause: FaultCause, at now: Instant, into actions: inout [Action]) {
        guard !faults.contains(cause) else { return }
        let before = state
        let place = faults.firstIndex { cause < $0 } ?? faults.endIndex
        faults.insert(cause, at: place)
        switch phase {
        case .initialize:
            if before == .fault { actions.append(.report(.faultAdded(cause))) }
            return
        case .backup:
            break
        case .active:
            if cause.kind.allowsSending { advertise(priority: 0, into: &actions) }
            releaseAddresses(into: &actions)
        }
        phase = .initialize(startsAt: nil)
        notify(from: before, because: .fault(cause), at: now, into: &actions)
    }

    mutating func recover(_ cause: FaultCause, at now: Instant, into actions: inout [Action]) {
        guard let place = faults.firstIndex(of: cause) else { return }
        faults.remove(at: place)
        guard state == .fault else { return }
        if faults.isEmpty {
            begin(because: .recovery(cause), at: now, into: &actions)
        } else {
            actions.append(.report(.faultRemoved(cause)))
        }
    }
}
