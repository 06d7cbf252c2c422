import VRRPProtocol

/// The links of a node's interfaces, and what has to last before it counts.
extension Simulation {
    /// First the link, then the news of it: a router that resigns because of it reaches nobody.
    mutating func setLink(ofLAN lan: Int, at node: Int, isUp: Bool) {
        if isUp {
            nodes[node].downLANs.remove(lan)
        } else {
            nodes[node].downLANs.insert(lan)
        }
        if nodes[node].condition == .running {
            for (router, plan) in plan.nodes[node].routers.enumerated() where plan.lan == lan && plan.tracksInterface {
                if nodes[node].links[router].observe(isGood: isUp, at: instant) {
                    setMissing(linkCause(router, node), !isUp, router: router, node: node)
                }
                waitFor(nodes[node].links[router], at: node)
            }
        }
        for (index, tracker) in plan.nodes[node].trackers.enumerated()
        where tracker.kind == .interface && tracker.lan == lan {
            surround(index, at: node, with: isUp ? .good : .bad)
        }
    }

    private func linkCause(_ router: Int, _ node: Int) -> FaultCause {
        FaultCause(.interface, name: plan.nodes[node].routers[router].interface)
    }

    /// What the program finds when it starts counts at once.
    mutating func startLinks(_ node: Int) {
        nodes[node].runs &+= 1
        nodes[node].links = plan.nodes[node].routers.map {
            DelayedReading(goodDelay: $0.linkUpDelay, badDelay: $0.linkDownDelay)
        }
        for (router, plan) in plan.nodes[node].routers.enumerated() where plan.tracksInterface {
            let isUp = !nodes[node].downLANs.contains(plan.lan)
            let cause = linkCause(router, node)
            _ = nodes[node].links[router].observe(isGood: isUp, at: instant)
            nodes[node].missing[router].removeAll { $0 == cause }
            if !isUp { nodes[node].missing[router].append(cause) }
        }
        nodes[node].delayed = plan.nodes[node].trackers.enumerated().map { index, plan in
            var delayed = DelayedReading(goodDelay: plan.goodDelay, badDelay: plan.badDelay)
            _ = delayed.observe(isGood: nodes[node].surroundings[index] == .good, at: instant)
            return delayed
        }
    }

    mutating func waitFor(_ reading: DelayedReading, at node: Int) {
        guard let deadline = reading.deadline else { return }
        queue.add(
            .delayed(node: Int32(truncatingIfNeeded: node), run: nodes[node].runs), at: deadline.nanoseconds)
    }

    /// What was up or down for long enough counts from now on.
    mutating func reachDelays(_ node: Int, run: Int32) {
        guard nodes[node].condition == .running, nodes[node].runs == run else { return }
        for router in nodes[node].links.indices where nodes[node].links[router].reachTime(instant) {
            let isMissing = nodes[node].links[router].reading == .bad
            setMissing(linkCause(router, node), isMissing, router: router, node: node)
        }
        for tracker in nodes[node].delayed.indices where nodes[node].delayed[tracker].reachTime(instant) {
            read(nodes[node].delayed[tracker].reading, by: tracker, at: node)
        }
    }
}
