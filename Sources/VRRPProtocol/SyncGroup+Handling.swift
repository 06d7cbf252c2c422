extension SyncGroup {
    /// Takes one event in and appends what is to be done about it.
    public mutating func handle(_ event: Event, at now: Instant, into actions: inout [Action]) {
        var cause: TransitionCause?
        switch event {
        case .member(let place, .priorityAdjusted(let adjustment)):
            guard members.indices.contains(place) else { return }
            members[place].adjustment = adjustment
            pass(.priorityAdjusted(by: sum(of: place)), to: place, at: now, into: &actions, cause: &cause)
        case .member(let place, .standBack(let standsBack)):
            guard members.indices.contains(place) else { return }
            passToAll(.standBack(standsBack), at: now, into: &actions, cause: &cause)
        case .member(let place, let event):
            guard members.indices.contains(place) else { return }
            pass(event, to: place, at: now, into: &actions, cause: &cause)
        case .standBack(let standsBack):
            passToAll(.standBack(standsBack), at: now, into: &actions, cause: &cause)
        case .startup:
            passToAll(.startup, at: now, into: &actions, cause: &cause)
        case .shutdown:
            passToAll(.shutdown, at: now, into: &actions, cause: &cause)
        case .timeReached:
            passToAll(.timeReached, at: now, into: &actions, cause: &cause)
        case .faulted(let fault):
            passToAll(.faulted(fault), at: now, into: &actions, cause: &cause)
        case .recovered(let fault):
            passToAll(.recovered(fault), at: now, into: &actions, cause: &cause)
        case .priorityAdjusted(let adjustment):
            self.adjustment = adjustment
            for place in members.indices {
                pass(.priorityAdjusted(by: sum(of: place)), to: place, at: now, into: &actions, cause: &cause)
            }
        }
        spreadFaults(at: now, into: &actions, cause: &cause)
        stepDownTogether(at: now, into: &actions, cause: &cause)
        takeOverTogether(at: now, into: &actions, cause: &cause)
        let state = self.state
        if state != notifiedState, let cause {
            actions.append(
                .notify(Transition(from: notifiedState, to: state, cause: cause, priority: 0, instant: now)))
            notifiedState = state
        }
    }

    private func sum(of place: Int) -> Int {
        let (sum, overflow) = members[place].adjustment.addingReportingOverflow(adjustment)
        return overflow ? adjustment : sum
    }

    /// - Parameter cause: the first cause that did not come from the group itself.
    private mutating func pass(
        _ event: VirtualRouter.Event, to place: Int, at now: Instant, into actions: inout [Action],
        cause: inout TransitionCause?
    ) {
        var wanted: [VirtualRouter.Action] = []
        members[place].router.handle(event, at: now, into: &wanted)
        for action in wanted {
            if case .notify(let transition) = action, cause == nil { cause = transition.cause }
            actions.append(.member(place, action))
        }
    }

    private mutating func passToAll(
        _ event: VirtualRouter.Event, at now: Instant, into actions: inout [Action], cause: inout TransitionCause?
    ) {
        for place in members.indices { pass(event, to: place, at: now, into: &actions, cause: &cause) }
    }

    /// A member that is stopped or in fault for its own reasons keeps all others in fault.
    private mutating func spreadFaults(
        at now: Instant, into actions: inout [Action], cause: inout TransitionCause?
    ) {
        let unable = members.indices.filter { place in
            let router = members[place].router
            return !router.isStarted || router.faults.contains { $0.kind != .syncGroup }
        }
        // Where nobody is started, nobody waits for anybody.
        let isRunning = unable.count < members.count || members.contains { $0.router.isStarted }
        for place in members.indices {
            let blocking = isRunning ? unable.first { $0 != place } : nil
            let wanted = blocking.map { FaultCause(.syncGroup, name: members[$0].name) }
            let present = members[place].router.faults.first { $0.kind == .syncGroup }
            if wanted == present { continue }
            if let wanted { pass(.faulted(wanted), to: place, at: now, into: &actions, cause: &cause) }
            if let present { pass(.recovered(present), to: place, at: now, into: &actions, cause: &cause) }
        }
    }

    private mutating func stepDownTogether(
        at now: Instant, into actions: inout [Action], cause: inout TransitionCause?
    ) {
        guard let first = members.first(where: { $0.router.state != .active }) else { return }
        for place in members.indices where members[place].router.state == .active {
            pass(.groupStepsDown(member: first.name), to: place, at: now, into: &actions, cause: &cause)
        }
    }

    private mutating func takeOverTogether(
        at now: Instant, into actions: inout [Action], cause: inout TransitionCause?
    ) {
        guard members.allSatisfy({ $0.router.isReadyToTakeOver }) else { return }
        passToAll(.groupTakesOver, at: now, into: &actions, cause: &cause)
    }
}
