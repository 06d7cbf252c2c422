import Addresses
import VRRPProtocol

/// Holds a run against what the protocol promises, event by event.
///
/// It is told what is sent, lost, heard and done, and keeps dates of its own. All nodes must have the same virtual
/// routers in the same order.
package struct InvariantMonitor: Sendable {
    package let bounds: TimeBounds
    /// The first promise that was broken.
    package internal(set) var violation: Violation?
    /// The longest that two routers were active, that nobody was, and how many changes of state there were.
    package internal(set) var longestOverlap: Int64 = 0
    package internal(set) var longestAbsence: Int64 = 0
    package internal(set) var transitions = 0
    /// From when on nothing is lost or goes wrong any more; what happens after `TimeBounds.settling` is unrest.
    package var calmSince = Int64.max

    let nodeCount: Int
    let routerCount: Int
    /// By `node * routerCount + router`.
    var seats: [Seat]
    let configurations: [VirtualRouter.Configuration]
    /// When each node was last put on the processor; `max` while it is not.
    var scheduledSince: [Int64]
    /// When an advertisement of a virtual router from one node to another was last lost, and how many since the two
    /// became active or last changed their priority; by `path`.
    var lastLoss: [Int64]
    var lost: [Int64]
    /// Since when each virtual router has had no active router, or more than one; `max` while it has one.
    var absentSince: [Int64]
    var overlapSince: [Int64]
    var activeCount: [Int]
    /// The node that resigned as the only active router, and when.
    var resignation: [(node: Int, time: Int64)?]
    let keepsOrder: Bool
    /// Whether virtual routers are members of sync groups, which decide for them.
    let isGrouped: [Bool]

    package init(for plan: SimulationPlan, bounds: TimeBounds, keepsOrder: Bool) {
        self.bounds = bounds
        self.keepsOrder = keepsOrder
        nodeCount = plan.nodes.count
        routerCount = plan.nodes.first?.routers.count ?? 0
        configurations = plan.nodes.flatMap { $0.routers.map(\.configuration) }
        seats = configurations.map(Seat.init)
        scheduledSince = Array(repeating: .max, count: nodeCount)
        lastLoss = Array(repeating: .min, count: nodeCount * nodeCount * routerCount)
        lost = Array(repeating: 0, count: nodeCount * nodeCount * routerCount)
        absentSince = Array(repeating: 0, count: routerCount)
        overlapSince = Array(repeating: .max, count: routerCount)
        activeCount = Array(repeating: 0, count: routerCount)
        resignation = Array(repeating: nil, count: routerCount)
        let groups = plan.nodes.first?.groups ?? []
        isGrouped = (0..<routerCount).map { router in groups.contains { $0.members.contains(router) } }
    }

    @inline(__always)
    func seat(_ node: Int, _ router: Int) -> Int { node &* routerCount &+ router }

    @inline(__always)
    func path(_ from: Int, _ to: Int, _ router: Int) -> Int {
        (router &* nodeCount &+ from) &* nodeCount &+ to
    }

    mutating func report(_ rule: Violation.Rule, at time: Int64, _ detail: String) {
        if violation == nil { violation = Violation(rule, at: Instant(nanoseconds: time), detail) }
    }
}
