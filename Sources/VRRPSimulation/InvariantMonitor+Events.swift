import Addresses
import VRRPProtocol

/// What the simulation tells the monitor.
extension InvariantMonitor {
    mutating func sent(_ advertisement: OutgoingAdvertisement, node: Int, router: Int, at now: Int64) {
        let index = seat(node, router)
        seats[index].lastSent = now
        let priority = advertisement.priority
        if priority != 0, priority != seats[index].priority {
            report(.priority, at: now, "\(name(node, router)) advertises \(priority), not \(seats[index].priority)")
        }
    }

    mutating func lost(from: Int, to: Int, router: Int, at now: Int64) {
        let path = path(from, to, router)
        lastLoss[path] = now
        lost[path] &+= 1
    }

    /// Before the machine of a virtual router is given an advertisement.
    mutating func hears(_ heard: HeardAdvertisement, from sender: Int, node: Int, router: Int, at now: Int64) {
        let index = seat(node, router)
        guard seats[index].state == .backup, heard.source != seats[index].address else { return }
        seats[index].hearAsBackup(heard, from: sender, at: now)
    }

    /// A virtual router has changed its state.
    mutating func changed(
        _ transition: Transition, because event: VirtualRouter.Event, node: Int, router: Int, at now: Int64
    ) {
        let index = seat(node, router)
        transitions &+= 1
        if transition.to == .active {
            checkTakeover(because: event, node: node, router: router, at: now)
        }
        if transition.from == .active {
            checkYield(transition, because: event, node: node, router: router, at: now)
        }
        if now > calmSince, now &- calmSince > bounds.settling {
            report(.unrest, at: now, "\(name(node, router)) goes from \(transition.from) to \(transition.to)")
        }
        seats[index].state = transition.to
        seats[index].stateSince = now
        seats[index].preemptsAt = nil
        forgetLosses(of: node, router)
        if transition.to == .backup {
            if case .advertisement(let heard) = event {
                seats[index].setTimer(now, interval: heard.interval.nanoseconds)
            } else {
                seats[index].setTimer(now, interval: seats[index].interval)
                switch event {
                case .addressLost, .standBack: seats[index].isSkewOnly = true
                default: break
                }
            }
        }
        if transition.to == .active || transition.from == .active {
            count(router, at: now)
        }
        let isHandedOver = transition.to != .backup || transition.cause == .standsBack
        if transition.from == .active, isHandedOver, activeCount[router] == 0, canResign(because: event) {
            resignation[router] = (node, now)
        } else if transition.to == .active {
            resignation[router] = nil
        }
    }

    /// Without its interface a router has no way to resign.
    private func canResign(because event: VirtualRouter.Event) -> Bool {
        guard case .faulted(let cause) = event else { return true }
        return cause.kind != .interface && cause.kind != .noPrimaryAddress
    }

    /// Before a virtual router is told something that changes its priority.
    mutating func prepares(_ event: VirtualRouter.Event, node: Int, router: Int, at now: Int64) {
        let index = seat(node, router)
        switch event {
        case .priorityAdjusted(let sum): seats[index].adjustment = sum
        case .reconfigured(let configuration): seats[index].base = configuration.priority
        case .standBack(let standsBack):
            // A sync group does it as a whole.
            let others = isGrouped[router] ? (0..<routerCount).filter { isGrouped[$0] } : [router]
            for other in others { seats[seat(node, other)].standBack(standsBack) }
            for other in others where other != router { takePriority(of: node, other, at: now) }
        default: return
        }
        takePriority(of: node, router, at: now)
    }

    private mutating func takePriority(of node: Int, _ router: Int, at now: Int64) {
        let index = seat(node, router)
        let before = seats[index].priority
        seats[index].priority = seats[index].currentPriority
        if seats[index].priority != before {
            seats[index].prioritySince = now
            forgetLosses(of: node, router)
        }
    }

    mutating func paused(node: Int) {
        scheduledSince[node] = .max
    }

    mutating func scheduled(node: Int, at now: Int64) {
        scheduledSince[node] = now
        for router in 0..<routerCount { forgetLosses(of: node, router) }
    }

    /// A node has started its program, with what its configuration says.
    mutating func started(node: Int, isScheduled: Bool, at now: Int64) {
        scheduledSince[node] = isScheduled ? now : .max
        for router in 0..<routerCount {
            let index = seat(node, router)
            seats[index] = Seat(configurations[index])
            seats[index].stateSince = now
            forgetLosses(of: node, router)
        }
    }

    mutating func ended(node: Int, at now: Int64) {
        scheduledSince[node] = .max
        for router in 0..<routerCount {
            let index = seat(node, router)
            let wasActive = seats[index].state == .active
            seats[index].state = .initialize
            seats[index].stateSince = now
            if wasActive { count(router, at: now) }
        }
    }

    /// A node has handled everything that waited for it.
    mutating func handled(node: Int, router: Int, _ machine: VirtualRouter, held: [IPAddress], at now: Int64) {
        let index = seat(node, router)
        let state = machine.state
        if state != seats[index].state {
            report(.silence, at: now, "\(name(node, router)) went to \(state) and told nobody")
        }
        let isActive = state == .active
        if isActive ? held != machine.configuration.heldAddresses : !held.isEmpty {
            report(
                .heldIfAndOnlyIfActive, at: now, "\(name(node, router)) is \(state) and holds \(held.count) addresses")
        }
        if isActive, seats[index].lastSent < seats[index].stateSince {
            report(.silence, at: now, "\(name(node, router)) is active and has not said so")
        }
        if machine.effectivePriority != seats[index].priority {
            report(
                .priority, at: now,
                "\(name(node, router)) has priority \(machine.effectivePriority), not \(seats[index].priority)")
        }
    }

    /// After a group of a node has handled something.
    mutating func handled(node: Int, group: [Int], name: String, at now: Int64) {
        var active = 0
        for router in group where seats[seat(node, router)].state == .active {
            active += 1
        }
        if active != 0, active != group.count {
            report(.groupSplit, at: now, "node \(node): \(active) of \(group.count) in group \(name) are active")
        }
    }

    private mutating func count(_ router: Int, at now: Int64) {
        var active = 0
        for node in 0..<nodeCount where seats[seat(node, router)].state == .active {
            active += 1
        }
        activeCount[router] = active
        if active != 0 {
            if absentSince[router] < now, absentSince[router] != .max {
                longestAbsence = max(longestAbsence, now &- absentSince[router])
            }
            absentSince[router] = .max
        } else if absentSince[router] == .max {
            absentSince[router] = now
        }
        if active < 2 {
            if overlapSince[router] < now { longestOverlap = max(longestOverlap, now &- overlapSince[router]) }
            overlapSince[router] = .max
        } else if overlapSince[router] == .max {
            overlapSince[router] = now
        }
    }

    /// A new overlap of this node with others can begin: what was lost before it does not count.
    private mutating func forgetLosses(of node: Int, _ router: Int) {
        for other in 0..<nodeCount {
            lost[path(node, other, router)] = 0
            lost[path(other, node, router)] = 0
        }
    }

    func name(_ node: Int, _ router: Int) -> String {
        routerCount == 1 ? "node \(node)" : "router \(router) of node \(node)"
    }
}
