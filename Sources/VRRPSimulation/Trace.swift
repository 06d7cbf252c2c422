package import VRRPProtocol

/// What went into the machines of a run and what came out, in order: enough to play it again without the simulator,
/// one machine at a time.
///
/// `text` is the form in which it is printed and kept, described there.
package struct Trace: Sendable {
    package struct Machine: Hashable, Sendable {
        package var node: Int
        package var router: Int
        package var name: String
        package var configuration: VirtualRouter.Configuration
    }

    package struct Group: Hashable, Sendable {
        package var node: Int
        package var group: Int
        package var name: String
        package var members: [Int]
    }

    /// What a machine or a group was given.
    package enum Input: Hashable, Sendable {
        case router(Int, VirtualRouter.Event)
        case group(Int, SyncGroup.Event)
        /// The node's program has started: its machines are new.
        case start
        /// What happened around the machines, for the reader only.
        case remark(String)
    }

    package struct Entry: Hashable, Sendable {
        package var time: Instant
        package var node: Int
        package var input: Input
        /// What was wanted, in the text form: that is how it is compared.
        package var outputs: [String]
    }

    package var machines: [Machine]
    package var groups: [Group]
    package var entries: [Entry] = []

    package init(of plan: SimulationPlan) {
        machines = []
        groups = []
        for (node, plan) in plan.nodes.enumerated() {
            for (router, plan) in plan.routers.enumerated() {
                machines.append(
                    Machine(node: node, router: router, name: plan.name, configuration: plan.configuration))
            }
            for (group, plan) in plan.groups.enumerated() {
                groups.append(Group(node: node, group: group, name: plan.name, members: plan.members))
            }
        }
    }

    package init(machines: [Machine], groups: [Group], entries: [Entry]) {
        self.machines = machines
        self.groups = groups
        self.entries = entries
    }

    mutating func add(
        _ event: VirtualRouter.Event, _ actions: [VirtualRouter.Action], node: Int, router: Int, at now: Int64
    ) {
        entries.append(
            Entry(
                time: Instant(nanoseconds: now), node: node, input: .router(router, event),
                outputs: actions.map { Trace.text($0, of: router) }))
    }

    mutating func add(
        _ event: SyncGroup.Event, _ actions: [SyncGroup.Action], node: Int, group: Int, members: [Int], at now: Int64
    ) {
        let outputs = Trace.text(actions, of: members)
        entries.append(
            Entry(
                time: Instant(nanoseconds: now), node: node, input: .group(group, event), outputs: outputs))
    }

    mutating func add(_ fault: Fault, at now: Int64) {
        entries.append(
            Entry(time: Instant(nanoseconds: now), node: 0, input: .remark("\(fault)"), outputs: []))
    }

    mutating func addStart(node: Int, at now: Int64) {
        entries.append(Entry(time: Instant(nanoseconds: now), node: node, input: .start, outputs: []))
    }
}
