/// The paths between the nodes: which are cut, what happens to packets on the others.
///
/// A path has a direction. Cuts are counted, so that a partition and a broken link may overlap and each be healed.
struct Network {
    let nodeCount: Int
    var conditions: NetworkConditions
    /// How many reasons there are for each path to be cut, by `from * nodeCount + to`.
    private var cuts: [Int32]
    /// Arrival of the latest packet of each path, where order is kept.
    private var lastArrival: [Int64]

    init(nodeCount: Int, conditions: NetworkConditions) {
        self.nodeCount = nodeCount
        self.conditions = conditions
        cuts = Array(repeating: 0, count: nodeCount * nodeCount)
        lastArrival = Array(repeating: .min, count: nodeCount * nodeCount)
    }

    @inline(__always)
    func path(from: Int, to: Int) -> Int {
        from &* nodeCount &+ to
    }

    func isCut(from: Int, to: Int) -> Bool {
        cuts[path(from: from, to: to)] > 0
    }

    mutating func cut(from: Int, to: Int) {
        cuts[path(from: from, to: to)] += 1
    }

    mutating func heal(from: Int, to: Int) {
        let path = path(from: from, to: to)
        cuts[path] = max(0, cuts[path] - 1)
    }

    /// When a packet that is sent now arrives: never, once, or twice.
    mutating func arrivals(from: Int, to: Int, sentAt now: Int64, chance: inout Chance) -> Arrivals {
        let path = path(from: from, to: to)
        if cuts[path] > 0 || chance.happens(perMillion: conditions.loss) {
            return Arrivals()
        }
        var arrivals = Arrivals(first: arrival(on: path, sentAt: now, chance: &chance))
        if chance.happens(perMillion: conditions.duplication) {
            arrivals.second = arrival(on: path, sentAt: now, chance: &chance)
        }
        return arrivals
    }

    struct Arrivals {
        /// Nil for a packet that was lost.
        var first: Int64?
        /// The copy's, if there is one.
        var second: Int64?
    }

    private mutating func arrival(on path: Int, sentAt now: Int64, chance: inout Chance) -> Int64 {
        var time = now &+ conditions.delay
        if conditions.jitter > 0 {
            time &+= Int64(chance.below(UInt64(conditions.jitter) &+ 1))
        }
        if !conditions.reorders {
            time = max(time, lastArrival[path])
            lastArrival[path] = time
        }
        return time
    }
}
