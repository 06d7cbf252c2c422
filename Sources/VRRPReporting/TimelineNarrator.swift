import Addresses
import PacketFormats
import VRRPProtocol
import VRRPSimulation

/// Tells a record line by line: who changed its state, and by which rule of the election.
struct TimelineNarrator {
    let plan: SimulationPlan
    private let failures: [Failure]
    private var lines: [TimelineLine] = []
    /// By node and virtual router, as they are at the entry that is being told.
    private var priorities: [[UInt8]]
    private var states: [[VirtualRouter.State]]
    /// Who has been said to wait because of `nopreempt`.
    private var isSaidToWait: [[Bool]]

    init(_ plan: SimulationPlan, failures: [Failure]) {
        self.plan = plan
        self.failures = failures
        priorities = plan.nodes.map { $0.routers.map(\.configuration.priority) }
        states = plan.nodes.map { $0.routers.map { _ in .initialize } }
        isSaidToWait = plan.nodes.map { $0.routers.map { _ in false } }
    }

    mutating func lines(of record: SimulationRecord) -> [TimelineLine] {
        var moments: [(time: Instant, text: String)] = []
        for failure in failures {
            moments.append((failure.from, failure.beginning))
            if let until = failure.until { moments.append((until, failure.ending)) }
        }
        var pending = moments.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }[...]
        for entry in record.entries {
            while let next = pending.first?.element, next.time <= entry.time {
                add(next.time, cause: "failure", next.text)
                pending.removeFirst()
            }
            tell(entry.happening, at: entry.time)
            tellWhoWaits(at: entry.time)
        }
        for moment in pending { add(moment.element.time, cause: "failure", moment.element.text) }
        return lines
    }

    private mutating func add(
        _ time: Instant, node: Int? = nil, router: Int? = nil, cause: String, _ text: String
    ) {
        let instance = node.flatMap { node in router.map { plan.nodes[node].routers[$0].name } }
        lines.append(TimelineLine(time: time, node: node, instance: instance, cause: cause, text: text))
    }

    private mutating func tell(_ happening: Happening, at time: Instant) {
        switch happening {
        case .fault: break
        case .started(let node):
            for router in plan.nodes[node].routers.indices {
                priorities[node][router] = plan.nodes[node].routers[router].configuration.priority
            }
        case .ended(let node):
            for router in states[node].indices where states[node][router] != .initialize {
                var line = TimelineLine(
                    time: time, node: node, instance: plan.nodes[node].routers[router].name, state: .initialize,
                    before: states[node][router], cause: "gone", text: "gone without a word")
                line.priority = priorities[node][router]
                lines.append(line)
                states[node][router] = .initialize
            }
        case .changed(let node, let router, let transition, let before):
            change(transition, before: before, node: node, router: router, at: time)
        case .groupChanged(let node, let group, let transition):
            var line = TimelineLine(
                time: time, node: node, instance: plan.nodes[node].groups[group].name, state: transition.to,
                before: transition.from, cause: transition.cause.name,
                text: transition.to == .active ? "all members are active" : "the group follows its members")
            line.isGroup = true
            lines.append(line)
        case .observed(let node, let router, let observation):
            observe(observation, node: node, router: router, at: time)
        case .rejected(let packet):
            add(
                time, node: packet.node, router: packet.router, cause: packet.reason.rawValue,
                "rejects what \(plan.nodes[packet.sender].name) sends: \(packet.reason.rawValue)")
        case .unsendable(let node, let router, let error):
            add(time, node: node, router: router, cause: "unsendable", "cannot send its advertisement: \(error)")
        case .unreachable(let node, let router, let address):
            add(
                time, node: node, router: router, cause: "unreachable",
                "sends to its peer \(address), which is no address of these nodes")
        case .tracked(let node, let tracker, let reading):
            let plan = plan.nodes[node].trackers[tracker]
            add(time, node: node, cause: "tracker", TimelineCauses.text(reading, of: plan))
        }
    }

    private mutating func change(
        _ transition: Transition, before: VirtualRouter?, node: Int, router: Int, at time: Instant
    ) {
        states[node][router] = transition.to
        priorities[node][router] = transition.priority
        if transition.to != .backup { isSaidToWait[node][router] = false }
        let names = TimelineNames(plan: plan)
        var line = TimelineLine(
            time: time, node: node, instance: plan.nodes[node].routers[router].name, state: transition.to,
            before: transition.from, cause: transition.cause.name,
            text: TimelineCauses.text(
                transition, before: before, configuration: plan.nodes[node].routers[router].configuration, names))
        line.priority = transition.priority
        lines.append(line)
    }

    private mutating func observe(_ observation: Observation, node: Int, router: Int, at time: Instant) {
        let names = TimelineNames(plan: plan)
        switch observation {
        case .priorityChanged(let before, let after):
            priorities[node][router] = after
            add(
                time, node: node, router: router, cause: "priority-changed",
                "priority \(before) becomes \(after)\(consequence(node, router, from: before, to: after))")
        case .intervalLearned(let interval, let peer):
            add(
                time, node: node, router: router, cause: "interval-learned",
                "goes by the interval of \(names.name(of: peer.address)), \(TimelineNumbers.interval(interval))")
        case .duplicateOwner(let address):
            add(
                time, node: node, router: router, cause: "duplicate-owner",
                "\(names.name(of: address)) has priority 255 too: one of the two configurations is wrong")
        case .preemptionDelayed(let peer, let until):
            add(
                time, node: node, router: router, cause: "preempt-delay",
                "preempt_delay: obeys \(names.name(of: peer.address)) (\(peer.priority)) until "
                    + TimelineNumbers.column(until.nanoseconds))
        case .ownAddressHeard(let peer):
            add(
                time, node: node, router: router, cause: "own-address-heard",
                "hears its own address \(peer.address): two nodes send from it")
        case .addressReinstalled(let address):
            add(time, node: node, router: router, cause: "address-reinstalled", "puts \(address) back")
        case .faultAdded(let cause):
            add(time, node: node, router: router, cause: "fault-added", "also: \(TimelineCauses.text(cause))")
        case .faultRemoved(let cause):
            add(time, node: node, router: router, cause: "fault-removed", "no longer: \(TimelineCauses.text(cause))")
        case .loserHeard, .resignationHeard, .late: break
        }
    }

    /// What another priority means for the election, where the router is active or another one is.
    private func consequence(_ node: Int, _ router: Int, from before: UInt8, to after: UInt8) -> String {
        let others = counterparts(of: node, router)
        if states[node][router] == .active {
            let backups = others.filter { states[$0.node][$0.router] == .backup }
            guard let best = backups.max(by: { priority($0) < priority($1) }) else { return "" }
            let name = plan.nodes[best.node].name
            let theirs = priority(best)
            if after > theirs {
                return before > after ? ": still above \(theirs) of \(name), no failover" : ""
            }
            if after == theirs {
                return before > after ? ": equal to \(name), and a backup obeys its equals: no failover" : ""
            }
            let preempts = plan.nodes[best.node].routers[best.router].configuration.preempts
            return ": below \(theirs) of \(name), " + (preempts ? "which takes over" : "which may not (nopreempt)")
        }
        guard states[node][router] == .backup,
            let active = others.first(where: { states[$0.node][$0.router] == .active })
        else { return "" }
        let name = plan.nodes[active.node].name
        let theirs = priority(active)
        if after > theirs, before <= theirs { return ": above \(theirs) of \(name), the active one" }
        if after <= theirs, before > theirs { return ": not above \(theirs) of \(name), the active one" }
        return ""
    }

    /// A router that has the higher priority and may not use it.
    private mutating func tellWhoWaits(at time: Instant) {
        for node in plan.nodes.indices {
            for router in plan.nodes[node].routers.indices where states[node][router] == .backup {
                let configuration = plan.nodes[node].routers[router].configuration
                guard !configuration.preempts, configuration.priority < 255, !isSaidToWait[node][router] else {
                    continue
                }
                let active = counterparts(of: node, router).first { states[$0.node][$0.router] == .active }
                guard let active, priority(active) < priorities[node][router] else { continue }
                isSaidToWait[node][router] = true
                add(
                    time, node: node, router: router, cause: "nopreempt",
                    "nopreempt: \(priorities[node][router]) leaves \(plan.nodes[active.node].name) active with "
                        + "\(priority(active))")
            }
        }
    }

    private func priority(_ place: (node: Int, router: Int)) -> UInt8 { priorities[place.node][place.router] }

    /// The virtual routers of other nodes that a router competes with: those that hear it.
    private func counterparts(of node: Int, _ router: Int) -> [(node: Int, router: Int)] {
        TimelineNames(plan: plan).counterparts(of: node, router)
    }
}
