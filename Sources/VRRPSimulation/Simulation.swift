package import Addresses
package import VRRPProtocol

/// Nodes with virtual routers, the networks between them, and a clock that jumps from one event to the next.
///
/// Each node is one owner of the machines in the sense of `VirtualRouter`: it is woken by packets and deadlines,
/// handles what waits in its receive buffer first, and only then lets the machines know the time.
package struct Simulation {
    enum Event {
        /// A node looks at its receive buffer and its clock.
        case wake(node: Int32)
        case arrival(node: Int32, packet: Int32)
        /// An index into the plan's faults.
        case fault(Int32)
        case start(node: Int32)
        /// A script of a node is run.
        case check(node: Int32, tracker: Int32, run: Int32)
        /// A link or a process has perhaps been up or down for long enough.
        case delayed(node: Int32, run: Int32)
    }

    package let plan: SimulationPlan
    /// Nanoseconds since the start.
    package internal(set) var now: Int64 = 0
    var queue = EventQueue<Event>()
    var chance: Chance
    var network: Network
    var packets = PacketStore()
    var nodes: [SimulatedNode]
    var actions: [VirtualRouter.Action] = []
    /// What is checked as it goes; nil for nothing.
    package var monitor: InvariantMonitor?
    /// What happened, for the operator; nil where nobody asks.
    package var record: SimulationRecord?
    /// What went into the machines and came out, so that it can be played again.
    package var trace: Trace?
    /// What stands in for the machines' own functions in tests that break a rule on purpose.
    package var mutant: Mutant?

    /// How many packets a node's receive buffer holds; what arrives when it is full is lost.
    static let inboxLimit = 256

    package init(_ plan: SimulationPlan) {
        self.plan = plan
        chance = Chance(seed: plan.seed)
        network = Network(nodeCount: plan.nodes.count, conditions: plan.conditions)
        nodes = plan.nodes.map { SimulatedNode(routerCount: $0.routers.count, trackerCount: $0.trackers.count) }
        for (index, node) in plan.nodes.enumerated() {
            if let start = node.start {
                queue.add(.start(node: Int32(truncatingIfNeeded: index)), at: start.nanoseconds)
            }
        }
        for (index, fault) in plan.faults.enumerated() {
            queue.add(.fault(Int32(truncatingIfNeeded: index)), at: fault.time.nanoseconds)
        }
    }

    /// The time of the next event; nil when nothing will ever happen again.
    package var nextTime: Instant? { queue.nextTime.map(Instant.init(nanoseconds:)) }

    /// The instant that the clock shows.
    package var instant: Instant { Instant(nanoseconds: now) }

    /// Lets everything happen up to and including `end`, and sets the clock to it. Stops early where the monitor has
    /// found a violation.
    package mutating func run(until end: Instant) {
        while let time = queue.nextTime, time <= end.nanoseconds {
            guard monitor?.violation == nil else { return }
            step()
        }
        now = max(now, end.nanoseconds)
        monitor?.advance(to: now)
    }

    /// The next event.
    package mutating func step() {
        guard let (time, event) = queue.removeFirst() else { return }
        now = max(now, time)
        monitor?.advance(to: now)
        switch event {
        case .wake(let node): wake(Int(node), at: time)
        case .arrival(let node, let packet): arrive(packet, at: Int(node))
        case .fault(let index): apply(plan.faults[Int(index)].fault)
        case .start(let node): start(Int(node))
        case .delayed(let node, let run): reachDelays(Int(node), run: run)
        case .check(let node, let tracker, let run): check(Int(node), tracker: Int(tracker), run: run)
        }
    }

    /// The state of a virtual router; nil while its node does not run.
    package func router(_ router: Int, of node: Int) -> VirtualRouter? {
        nodes[node].condition == .running ? nodes[node].routers[router] : nil
    }

    /// The addresses that a virtual router has on its node's interfaces.
    package func addresses(of router: Int, of node: Int) -> [IPAddress] { nodes[node].held[router] }
}
