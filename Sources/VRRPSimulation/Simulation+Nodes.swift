import Addresses
import VRRPProtocol

/// How a node handles what comes to it.
extension Simulation {
    /// A packet is put into the receive buffer of its node.
    mutating func arrive(_ packet: Int32, at node: Int) {
        guard nodes[node].condition == .running, nodes[node].inbox.count < Self.inboxLimit,
            nodes[node].downLANs.isEmpty || !nodes[node].downLANs.contains(Int(packets[packet].lan))
        else {
            let lost = packets[packet]
            monitor?.lost(from: Int(lost.sender), to: node, router: Int(lost.router), at: now)
            packets.removeCopy(of: packet)
            return
        }
        nodes[node].inbox.append(packet)
        guard nodes[node].pauses == 0 else { return }
        if plan.longestWakeUp == 0 {
            handleWaiting(node)
        } else {
            wake(node, notBefore: now)
        }
    }

    /// A node notices its packets and timers, unless it is not scheduled: then it does so when it is again.
    mutating func wake(_ node: Int, at time: Int64) {
        if nodes[node].wakeTime == time { nodes[node].wakeTime = .max }
        guard nodes[node].isScheduled else { return }
        handleWaiting(node)
    }

    /// Has the node woken at `time`, or a little later, as it is in real life.
    private mutating func wake(_ node: Int, notBefore time: Int64) {
        guard time < nodes[node].wakeTime else { return }
        let delay = plan.longestWakeUp == 0 ? 0 : Int64(chance.below(UInt64(plan.longestWakeUp) &+ 1))
        let wakeTime = max(time, now) &+ delay
        guard wakeTime < nodes[node].wakeTime else { return }
        nodes[node].wakeTime = wakeTime
        queue.add(.wake(node: Int32(truncatingIfNeeded: node)), at: wakeTime)
    }

    /// News from the node itself, then packets, then the timers: an advertisement that came in time counts, however
    /// late it is looked at.
    mutating func handleWaiting(_ node: Int) {
        if mutant?.timersBeforePackets == true { reachTime(node) }
        if !nodes[node].news.isEmpty {
            let news = nodes[node].news
            nodes[node].news.removeAll()
            for news in news {
                switch news {
                case .router(let router, let event): feed(event, to: router, at: node)
                case .group(let group, let event): feed(event, toGroup: group, at: node)
                }
            }
        }
        if !nodes[node].inbox.isEmpty {
            let waiting = nodes[node].inbox
            nodes[node].inbox.removeAll(keepingCapacity: true)
            for packet in waiting {
                receive(packet, at: node)
            }
        }
        reachTime(node)
        setAlarm(node)
    }

    private mutating func reachTime(_ node: Int) {
        for router in nodes[node].routers.indices where membership(of: router, at: node) == nil {
            if let deadline = deadline(of: router, at: node), deadline.nanoseconds <= now {
                feed(.timeReached, to: router, at: node)
            }
        }
        for group in nodes[node].groups.indices {
            if let deadline = nodes[node].groups[group].deadline, deadline.nanoseconds <= now {
                feed(.timeReached, toGroup: group, at: node)
            }
        }
    }

    /// After everything that a node has handled: the time of its next timer.
    mutating func setAlarm(_ node: Int) {
        guard nodes[node].isScheduled else { return }
        if monitor != nil {
            for group in plan.nodes[node].groups {
                monitor?.handled(node: node, group: group.members, name: group.name, at: now)
            }
        }
        var next = Int64.max
        for router in nodes[node].routers.indices where membership(of: router, at: node) == nil {
            if let deadline = deadline(of: router, at: node) { next = min(next, deadline.nanoseconds) }
        }
        for group in nodes[node].groups {
            if let deadline = group.deadline { next = min(next, deadline.nanoseconds) }
        }
        if next < .max { wake(node, notBefore: next) }
    }

    private func deadline(of router: Int, at node: Int) -> Instant? {
        if let mutant { return mutant.deadline(nodes[node].routers[router]) }
        return nodes[node].routers[router].deadline
    }

    private mutating func receive(_ packet: Int32, at node: Int) {
        let received = packets[packet]
        packets.removeCopy(of: packet)
        if !received.bytes.isEmpty {
            decode(received, at: node)
            return
        }
        for router in plan.nodes[node].routers.indices where isMeant(received, for: router, at: node) {
            monitor?.hears(received.heard, from: Int(received.sender), node: node, router: router, at: now)
            feed(.advertisement(received.heard), to: router, at: node)
        }
    }

    /// No router takes over while an advertisement that it has to obey waits in its receive buffer.
    private mutating func checkInbox(of node: Int, router: Int) {
        for packet in nodes[node].inbox where isMeant(packets[packet], for: router, at: node) {
            monitor?.takesOver(despite: packets[packet].heard, node: node, router: router, at: now)
        }
    }

    /// Where packets are not encoded: whether the decoder would take the packet as one for this router.
    private func isMeant(_ packet: Packet, for router: Int, at node: Int) -> Bool {
        guard isOnLAN(of: packet, router, at: node) else { return false }
        let sender = Int(packet.sender)
        let senderRouter = Int(packet.router)
        // All that differs in scenarios of one virtual router is on the other end of a network.
        if senderRouter == router, packet.peer == nil { return true }
        let theirs = plan.nodes[sender].routers[senderRouter].configuration
        let own = plan.nodes[node].routers[router].configuration
        return theirs.virtualRouterID == own.virtualRouterID && theirs.family == own.family
            && theirs.version == own.version && (packet.peer == nil) == plan.nodes[node].routers[router].peers.isEmpty
    }

    /// Gives an event to a machine, or to the group that it is a member of, and carries out what is wanted.
    mutating func feed(_ event: VirtualRouter.Event, to router: Int, at node: Int) {
        monitor?.prepares(event, node: node, router: router, at: now)
        if let membership = membership(of: router, at: node) {
            feed(.member(membership.place, event), toGroup: membership.group, at: node)
            return
        }
        var wanted = actions
        actions = []
        wanted.removeAll(keepingCapacity: true)
        let before = record == nil ? nil : nodes[node].routers[router]
        if let mutant {
            mutant.handle(&nodes[node].routers[router], event, instant, &wanted)
        } else {
            nodes[node].routers[router].handle(event, at: instant, into: &wanted)
        }
        trace?.add(event, wanted, node: node, router: router, at: now)
        for action in wanted {
            carryOut(action, for: router, at: node, before: before)
            if case .notify(let transition) = action {
                monitor?.changed(transition, because: event, node: node, router: router, at: now)
                if monitor != nil, transition.from == .backup, transition.to == .active {
                    checkInbox(of: node, router: router)
                }
            }
        }
        if monitor != nil, !wanted.isEmpty { checkHandled(router, at: node) }
        actions = wanted
    }
}
