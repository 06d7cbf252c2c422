import VRRPProtocol

/// What a node looks at, and what its virtual routers make of it.
extension Simulation {
    /// The first look. Scripts have their first result before the virtual routers start.
    mutating func startTrackers(_ node: Int) {
        nodes[node].trackings = plan.nodes[node].routers.map(\.tracking)
        nodes[node].groupTrackings = plan.nodes[node].groups.map(\.tracking)
        nodes[node].scripts = plan.nodes[node].trackers.map {
            ScriptTracker(rise: $0.rise, fall: $0.fall, startsFailed: $0.startsFailed)
        }
        for (index, tracker) in plan.nodes[node].trackers.enumerated() {
            var reading = nodes[node].surroundings[index]
            if tracker.kind == .script {
                _ = nodes[node].scripts[index].record(success: reading == .good)
                reading = nodes[node].scripts[index].reading
                scheduleCheck(of: index, at: node)
            }
            for router in nodes[node].trackings.indices {
                _ = nodes[node].trackings[router].record(reading, of: tracker.kind, name: tracker.name)
            }
            for group in nodes[node].groupTrackings.indices {
                _ = nodes[node].groupTrackings[group].record(reading, of: tracker.kind, name: tracker.name)
            }
            if reading != .good { record?.add(.tracked(node: node, tracker: index, reading), at: now) }
        }
    }

    mutating func feedInitialReadings(_ node: Int) {
        for router in nodes[node].trackings.indices {
            for change in nodes[node].trackings[router].initialChanges {
                feed(change.event, to: router, at: node)
            }
        }
        for group in nodes[node].groups.indices {
            for change in nodes[node].groupTrackings[group].initialChanges {
                feed(change.groupEvent, toGroup: group, at: node)
            }
        }
    }

    private mutating func scheduleCheck(of tracker: Int, at node: Int) {
        let interval = max(plan.nodes[node].trackers[tracker].interval, 1_000_000)
        queue.add(
            .check(
                node: Int32(truncatingIfNeeded: node), tracker: Int32(truncatingIfNeeded: tracker),
                run: nodes[node].runs),
            at: now &+ interval)
    }

    /// A script is run. While the node is not scheduled, nothing runs.
    mutating func check(_ node: Int, tracker: Int, run: Int32) {
        guard nodes[node].condition == .running, nodes[node].runs == run else { return }
        if nodes[node].pauses == 0 {
            let isGood = nodes[node].surroundings[tracker] == .good
            if nodes[node].scripts[tracker].record(success: isGood) {
                read(nodes[node].scripts[tracker].reading, by: tracker, at: node)
            }
        }
        scheduleCheck(of: tracker, at: node)
    }

    /// What a tracker looks at changes. Scripts find out when they run next; interfaces and processes may have to be
    /// so for a while before it counts.
    mutating func surround(_ tracker: Int, at node: Int, with reading: Tracker.Reading) {
        nodes[node].surroundings[tracker] = reading
        guard nodes[node].condition == .running, plan.nodes[node].trackers[tracker].kind != .script else { return }
        if case .value = reading {
            read(reading, by: tracker, at: node)
            return
        }
        if nodes[node].delayed[tracker].observe(isGood: reading == .good, at: instant) {
            read(reading, by: tracker, at: node)
        }
        waitFor(nodes[node].delayed[tracker], at: node)
    }

    mutating func read(_ reading: Tracker.Reading, by tracker: Int, at node: Int) {
        record?.add(.tracked(node: node, tracker: tracker, reading), at: now)
        let plan = plan.nodes[node].trackers[tracker]
        for router in nodes[node].trackings.indices {
            for change in nodes[node].trackings[router].record(reading, of: plan.kind, name: plan.name) {
                tell(change.event, to: router, at: node)
            }
        }
        for group in nodes[node].groups.indices {
            for change in nodes[node].groupTrackings[group].record(reading, of: plan.kind, name: plan.name) {
                tell(change.groupEvent, toGroup: group, at: node)
            }
        }
    }
}
