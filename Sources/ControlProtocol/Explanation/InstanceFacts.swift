/// All that an explanation of a virtual router goes by.
package struct InstanceFacts: Hashable, Sendable {
    /// What something that is tracked would mean if it were read the other way round.
    package struct Turn: Hashable, Sendable {
        package var kind: String
        package var name: String
        /// Whether it counts as good now.
        package var isGood: Bool
        /// What it adds to the priority now, and what it would add; 0 where it decides on faults.
        package var weight: Int
        package var otherWeight: Int
        /// Whether it keeps the router in fault now, and whether it would.
        package var isFault: Bool
        package var wouldBeFault: Bool

        package init(
            kind: String, name: String, isGood: Bool, weight: Int, otherWeight: Int, isFault: Bool, wouldBeFault: Bool
        ) {
            self.kind = kind
            self.name = name
            self.isGood = isGood
            self.weight = weight
            self.otherWeight = otherWeight
            self.isFault = isFault
            self.wouldBeFault = wouldBeFault
        }
    }

    /// Packets that were not believed for one reason.
    package struct Refusal: Hashable, Sendable {
        /// By the name that the counters have.
        package var reason: String
        package var count: Int
        /// The last that the history tells of.
        package var last: Timestamp?
        package var source: String?

        package init(reason: String, count: Int, last: Timestamp?, source: String?) {
            self.reason = reason
            self.count = count
            self.last = last
            self.source = source
        }
    }

    /// Another member of its sync group.
    package struct Member: Hashable, Sendable {
        package var name: String
        package var state: String
        /// It would be active if it were alone.
        package var isReady: Bool

        package init(name: String, state: String, isReady: Bool) {
            self.name = name
            self.state = state
            self.isReady = isReady
        }
    }

    package var instance: InstanceReport
    package var now: Timestamp
    /// When a backup takes over if nothing is heard, or an instance that has not begun begins.
    package var deadline: Timestamp?
    /// `preempt_delay`, and until when a lower router is obeyed by it.
    package var preemptDelayMilliseconds = 0
    package var preemptsAt: Timestamp?
    /// How long it waits after the active router has resigned.
    package var skewMilliseconds = 0
    /// In a sync group: it waits for the others only.
    package var isReady = false
    package var members: [Member] = []
    package var turns: [Turn] = []
    package var refusals: [Refusal] = []
    /// How long refusals have been counted.
    package var countedSince: Timestamp?

    package init(instance: InstanceReport, now: Timestamp) {
        self.instance = instance
        self.now = now
    }

    /// The priority that it would have with another weight in place of one that counts.
    func priority(with turn: Turn) -> Int {
        guard instance.effectivePriority < 255, !standsBack else { return instance.effectivePriority }
        let base = orderedPriority ?? instance.configuredPriority
        let sum = instance.trackers.reduce(0) { $0 + ($1.isFault ? 0 : $1.weight ?? 0) }
        return min(max(base + sum - turn.weight + turn.otherWeight, 1), 254)
    }

    /// What an operator has put in place of the configured priority.
    var orderedPriority: Int? { instance.steering.last { $0.order == "priority" }?.priority }

    /// Whether it competes with the least priority, by an order.
    var standsBack: Bool {
        instance.effectivePriority == 1 && instance.configuredPriority > 1
            && instance.steering.contains { $0.order == "failover" || $0.order == "maintenance" }
    }

    /// The others' one, if it is known and not this router itself.
    var peer: PeerReport? { instance.activeRouter.flatMap { $0.isThis ? nil : $0 } }
}
