/// All that one virtual router, or one sync group, tracks: readings in, changes of the priority and faults out.
public struct Tracking: Hashable, Sendable {
    /// What follows from a reading. `event` is for a virtual router, `groupEvent` for a sync group.
    public enum Change: Hashable, Sendable {
        /// A tracker without a weight has turned bad.
        case faulted(FaultCause)
        /// It is good again.
        case recovered(FaultCause)
        /// The sum of all weights that count now.
        case adjusted(by: Int)

        /// The change as an event for a virtual router.
        public var event: VirtualRouter.Event {
            switch self {
            case .faulted(let cause): .faulted(cause)
            case .recovered(let cause): .recovered(cause)
            case .adjusted(let sum): .priorityAdjusted(by: sum)
            }
        }

        /// The change as an event for a sync group.
        public var groupEvent: SyncGroup.Event {
            switch self {
            case .faulted(let cause): .faulted(cause)
            case .recovered(let cause): .recovered(cause)
            case .adjusted(let sum): .priorityAdjusted(by: sum)
            }
        }
    }

    /// All trackers with their last readings.
    public private(set) var trackers: [Tracker]

    /// Trackers with what is known about each.
    public init(_ trackers: [Tracker] = []) {
        self.trackers = trackers
    }

    /// The sum of the weights that count now.
    public var adjustment: Int {
        var sum = 0
        for case .weight(let weight) in trackers.lazy.map(\.effect) { sum += weight }
        return sum
    }

    /// The causes that hold now, sorted, each once.
    public var faults: [FaultCause] {
        Set(trackers.lazy.filter { $0.effect == .fault }.map(\.faultCause)).sorted()
    }

    /// What a router that was just made has to be told.
    public var initialChanges: [Change] {
        let sum = adjustment
        return faults.map(Change.faulted) + (sum == 0 ? [] : [.adjusted(by: sum)])
    }

    /// Takes a reading in for every tracker of that kind and name, and returns what changes by it: the priority first,
    /// so that a router that recovers does so with the right one.
    public mutating func record(_ reading: Tracker.Reading, of kind: Tracker.Kind, name: String) -> [Change] {
        let before = (adjustment: adjustment, faults: faults)
        for place in trackers.indices where trackers[place].kind == kind && trackers[place].name == name {
            trackers[place].reading = reading
        }
        let after = (adjustment: adjustment, faults: faults)
        var changes: [Change] = []
        if after.adjustment != before.adjustment { changes.append(.adjusted(by: after.adjustment)) }
        for cause in after.faults where !before.faults.contains(cause) { changes.append(.faulted(cause)) }
        for cause in before.faults where !after.faults.contains(cause) { changes.append(.recovered(cause)) }
        return changes
    }
}
