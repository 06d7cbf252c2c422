extension VirtualRouter {
    /// Takes one event in and appends what is to be done about it.
    ///
    /// Nothing that comes in stops the program: values out of range count as the nearest one within.
    ///
    /// - Parameters:
    ///   - event: what happened.
    ///   - now: when it happened. An advertisement may carry the instant of its reception, which can lie before that
    ///     of an event that was handled earlier.
    ///   - actions: the actions are appended in the order in which they are to be carried out.
    public mutating func handle(_ event: Event, at now: Instant, into actions: inout [Action]) {
        switch event {
        case .advertisement(let heard):
            hear(heard, at: now, into: &actions)
        case .timeReached:
            reachTime(now, into: &actions)
        case .startup:
            start(at: now, into: &actions)
        case .shutdown:
            shutDown(because: .shutdown, at: now, into: &actions)
        case .faulted(let cause):
            fault(cause, at: now, into: &actions)
        case .recovered(let cause):
            recover(cause, at: now, into: &actions)
        case .priorityAdjusted(let adjustment):
            self.adjustment = adjustment
            updateTimers(at: now, into: &actions)
        case .primaryAddressChanged(let address):
            configuration.primaryAddress = address
            let cause = FaultCause(.noPrimaryAddress)
            if address == nil {
                fault(cause, at: now, into: &actions)
            } else {
                recover(cause, at: now, into: &actions)
            }
        case .addressLost(let address):
            lose(address, at: now, into: &actions)
        case .reconfigured(let configuration):
            reconfigure(configuration, at: now, into: &actions)
        case .standBack(let standsBack):
            standBack(standsBack, at: now, into: &actions)
        case .groupTakesOver:
            if case .backup(let backup) = phase { takeOver(backup, at: now, into: &actions) }
        case .groupStepsDown(let member):
            if case .active = phase {
                resign(into: &actions)
                becomeBackup(because: .groupStepsDown(member: member), heard: nil, at: now, into: &actions)
            }
        }
    }

    @inline(__always)
    private mutating func hear(_ heard: HeardAdvertisement, at now: Instant, into actions: inout [Action]) {
        switch phase {
        case .initialize:
            return
        case .backup(let backup):
            if isDeaf(to: heard, into: &actions) { return }
            hear(heard, as: backup, at: now, into: &actions)
        case .active(let active):
            if isDeaf(to: heard, into: &actions) { return }
            hear(heard, as: active, at: now, into: &actions)
        }
    }

    /// An own packet that came back, or that somebody else sends from this router's address, says nothing about other
    /// routers; and an owner can be told not to listen.
    @inline(__always)
    private func isDeaf(to heard: HeardAdvertisement, into actions: inout [Action]) -> Bool {
        if heard.source == configuration.primaryAddress {
            actions.append(.report(.ownAddressHeard(heard.peer)))
            return true
        }
        return configuration.policy.ownerIgnoresAdvertisements && effectivePriority == 255
    }

    private mutating func reachTime(_ now: Instant, into actions: inout [Action]) {
        switch phase {
        case .initialize(let startsAt):
            if let startsAt, startsAt <= now { begin(because: .started, at: now, into: &actions) }
        case .backup(var backup):
            guard !backup.isReady, backup.activeDownTimer <= now else { return }
            if isGroupMember {
                backup.isReady = true
                phase = .backup(backup)
            } else {
                takeOver(backup, at: now, into: &actions)
            }
        case .active(let active):
            reachTime(now, as: active, into: &actions)
        }
    }

    /// The last step of each change of state.
    mutating func notify(
        from: State, because cause: TransitionCause, at now: Instant, into actions: inout [Action]
    ) {
        let transition = Transition(
            from: from, to: state, cause: cause, priority: effectivePriority, instant: now)
        lastTransition = transition
        actions.append(.notify(transition))
    }
}
