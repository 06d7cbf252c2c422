import Addresses
import PacketFormats
import VRRPProtocol

/// A node while the simulation runs.
struct SimulatedNode {
    enum Condition: UInt8 {
        /// Without power, or not started yet.
        case off
        /// The program was stopped or has died; addresses that it left behind are still there.
        case stopped
        case running
    }

    var condition = Condition.off
    /// How many reasons there are for the node not to be scheduled.
    var pauses = 0
    /// The virtual routers, made anew at each start. Those of a sync group are copies of what the group holds.
    var routers: [VirtualRouter] = []
    var groups: [SyncGroup] = []
    /// The group of each virtual router; empty where there are no groups.
    var memberships: [GroupMembership?] = []
    /// The addresses on the interfaces that each virtual router put there.
    var held: [[IPAddress]]
    /// Packets that have arrived and are not handled yet.
    var inbox: [Int32] = []
    /// News for the virtual routers that arrived while the node was not scheduled.
    var news: [News] = []
    /// Whether it was asked to stop while it was not scheduled.
    var isToStop = false
    /// When the node is going to be woken at the latest, in nanoseconds.
    var wakeTime = Int64.max
    /// Causes of fault that come from outside: they are there whether the program runs or not.
    var missing: [[FaultCause]]
    /// The sum of the weights of what each virtual router tracks.
    var adjustments: [Int]
    /// Packets sent by each virtual router.
    var sent: [UInt32]
    /// What each tracker looks at is like, whether the program runs or not.
    var surroundings: [Tracker.Reading]
    /// What counts of the link of each virtual router, and of each tracker that waits before it believes.
    var links: [DelayedReading] = []
    var delayed: [DelayedReading] = []
    /// The scripts among the trackers.
    var scripts: [ScriptTracker] = []
    /// What each virtual router and each group makes of the trackers.
    var trackings: [Tracking] = []
    var groupTrackings: [Tracking] = []
    /// How often the program was started.
    var runs: Int32 = 0
    /// What each virtual router remembers against replay, and the sequence of the last trailer that it sent.
    var replays: [ReplayState]
    var sequences: [TrailerSequence?]
    /// LANs on which the node has no link.
    var downLANs: Set<Int> = []

    init(routerCount: Int, trackerCount: Int) {
        surroundings = Array(repeating: .good, count: trackerCount)
        held = Array(repeating: [], count: routerCount)
        missing = Array(repeating: [], count: routerCount)
        adjustments = Array(repeating: 0, count: routerCount)
        sent = Array(repeating: 0, count: routerCount)
        replays = Array(repeating: ReplayState(), count: routerCount)
        sequences = Array(repeating: nil, count: routerCount)
    }

    var isScheduled: Bool { condition == .running && pauses == 0 }
}

/// Something that a machine is told when its node is scheduled again.
enum News {
    case router(Int, VirtualRouter.Event)
    case group(Int, SyncGroup.Event)
}

/// A virtual router's place in a sync group of its node.
struct GroupMembership {
    var group: Int
    var place: Int
}
