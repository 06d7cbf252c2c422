import Addresses
import PacketFormats
import VRRPProtocol

/// What goes wrong, and what is put right again.
extension Simulation {
    mutating func apply(_ fault: Fault) {
        record?.add(.fault(fault), at: now)
        trace?.add(fault, at: now)
        switch fault {
        case .powerOff(let node): end(node, as: .off)
        case .kill(let node): end(node, as: .stopped)
        case .shutdown(let node): shutDown(node)
        case .start(let node): start(node)
        case .pause(let node): pause(node)
        case .resume(let node): resume(node)
        case .cut(let from, let to): network.cut(from: from, to: to)
        case .heal(let from, let to): network.heal(from: from, to: to)
        case .linkDown(let node, let lan): setLink(ofLAN: lan, at: node, isUp: false)
        case .linkUp(let node, let lan): setLink(ofLAN: lan, at: node, isUp: true)
        case .missing(let node, let router, let cause): setMissing(cause, true, router: router, node: node)
        case .present(let node, let router, let cause): setMissing(cause, false, router: router, node: node)
        case .adjust(let node, let router, let sum): adjust(router, of: node, by: sum)
        case .setPriority(let node, let router, let priority): setPriority(priority, of: router, at: node)
        case .standBack(let node, let router, let standsBack): tell(.standBack(standsBack), to: router, at: node)
        case .removeAddress(let node, let router, let address): remove(address, from: router, at: node)
        case .tracked(let node, let tracker, let reading): surround(tracker, at: node, with: reading)
        case .conditions(let conditions): network.conditions = conditions
        }
    }

    mutating func start(_ node: Int) {
        guard nodes[node].condition != .running else { return }
        record?.add(.started(node: node), at: now)
        // What an earlier run left behind is cleaned up first.
        for router in nodes[node].held.indices {
            release(router, at: node)
        }
        nodes[node].condition = .running
        nodes[node].routers = plan.nodes[node].routers.map { VirtualRouter($0.configuration) }
        nodes[node].replays = Array(repeating: ReplayState(), count: nodes[node].replays.count)
        trace?.addStart(node: node, at: now)
        monitor?.started(node: node, isScheduled: nodes[node].pauses == 0, at: now)
        startGroups(node)
        startLinks(node)
        startTrackers(node)
        for router in nodes[node].routers.indices {
            for cause in nodes[node].missing[router] {
                feed(.faulted(cause), to: router, at: node)
            }
            if nodes[node].adjustments[router] != 0 {
                feed(.priorityAdjusted(by: nodes[node].adjustments[router]), to: router, at: node)
            }
        }
        feedInitialReadings(node)
        for router in nodes[node].routers.indices where membership(of: router, at: node) == nil {
            feed(.startup, to: router, at: node)
        }
        for group in nodes[node].groups.indices {
            feed(.startup, toGroup: group, at: node)
        }
        setAlarm(node)
    }

    /// An orderly stop; one that is not scheduled hears of it when it is again.
    private mutating func shutDown(_ node: Int) {
        guard nodes[node].condition == .running else { return }
        guard nodes[node].pauses == 0 else {
            nodes[node].isToStop = true
            return
        }
        for router in nodes[node].routers.indices where membership(of: router, at: node) == nil {
            feed(.shutdown, to: router, at: node)
        }
        for group in nodes[node].groups.indices {
            feed(.shutdown, toGroup: group, at: node)
        }
        end(node, as: .stopped)
    }

    /// The program is gone, and with the power the addresses too.
    private mutating func end(_ node: Int, as condition: SimulatedNode.Condition) {
        guard nodes[node].condition != .off else { return }
        if condition == .off {
            for router in nodes[node].held.indices {
                release(router, at: node)
            }
        }
        nodes[node].condition = condition
        for packet in nodes[node].inbox {
            packets.removeCopy(of: packet)
        }
        nodes[node].inbox.removeAll()
        nodes[node].news.removeAll()
        nodes[node].isToStop = false
        record?.add(.ended(node: node), at: now)
        monitor?.ended(node: node, at: now)
    }

    private mutating func release(_ router: Int, at node: Int) {
        guard !nodes[node].held[router].isEmpty else { return }
        record?.releases(nodes[node].held[router], node: node, router: router, at: now)
        nodes[node].held[router] = []
    }

    private mutating func pause(_ node: Int) {
        nodes[node].pauses += 1
        monitor?.paused(node: node)
    }

    private mutating func resume(_ node: Int) {
        nodes[node].pauses = max(0, nodes[node].pauses - 1)
        guard nodes[node].isScheduled else { return }
        monitor?.scheduled(node: node, at: now)
        handleWaiting(node)
        if nodes[node].isToStop { shutDown(node) }
    }

    mutating func setMissing(_ cause: FaultCause, _ isMissing: Bool, router: Int, node: Int) {
        nodes[node].missing[router].removeAll { $0 == cause }
        if isMissing { nodes[node].missing[router].append(cause) }
        tell(isMissing ? .faulted(cause) : .recovered(cause), to: router, at: node)
    }

    mutating func adjust(_ router: Int, of node: Int, by sum: Int) {
        nodes[node].adjustments[router] = sum
        tell(.priorityAdjusted(by: sum), to: router, at: node)
    }

    private mutating func setPriority(_ priority: UInt8, of router: Int, at node: Int) {
        guard nodes[node].condition == .running else { return }
        var configuration = nodes[node].routers[router].configuration
        configuration.priority = priority
        tell(.reconfigured(configuration), to: router, at: node)
    }

    private mutating func remove(_ address: IPAddress, from router: Int, at node: Int) {
        guard nodes[node].held[router].contains(address) else { return }
        nodes[node].held[router].removeAll { $0 == address }
        record?.releases([address], node: node, router: router, at: now)
        tell(.addressLost(address), to: router, at: node)
    }

    /// Something that the running program of a node is told, at once or when it is scheduled again.
    mutating func tell(_ event: VirtualRouter.Event, to router: Int, at node: Int) {
        guard nodes[node].condition == .running else { return }
        guard nodes[node].pauses == 0 else {
            nodes[node].news.append(.router(router, event))
            return
        }
        feed(event, to: router, at: node)
        setAlarm(node)
    }

    mutating func tell(_ event: SyncGroup.Event, toGroup group: Int, at node: Int) {
        guard nodes[node].condition == .running else { return }
        guard nodes[node].pauses == 0 else {
            nodes[node].news.append(.group(group, event))
            return
        }
        feed(event, toGroup: group, at: node)
        setAlarm(node)
    }
}
