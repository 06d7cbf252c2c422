import IPVSModel

/// A real server of one service.
struct TableServer {
    /// Who wants it. Several virtual servers may share a service, and several of their servers an address: by direct
    /// routing and tunnels they differ in their checks' ports only.
    struct Claim {
        /// The place of the virtual server in the configuration.
        var service: Int32
        /// The place of the real server; −1 for the sorry server.
        var place: Int32
        var entry: RealServer
    }

    /// Most servers have one claim, and an empty array costs nothing.
    private var first: Claim?
    private var others: [Claim] = []
    /// What the kernel has of ours.
    var present: RealServer?
    /// Whether a change waits for `flush`.
    var isQueued = false
    var order: UInt32

    init(order: UInt32) { self.order = order }

    /// The first claim that takes connections, otherwise the first.
    var wanted: RealServer? {
        guard let first else { return nil }
        if others.isEmpty { return first.entry }
        if first.entry.weight > 0 { return first.entry }
        return (others.first { $0.entry.weight > 0 } ?? first).entry
    }

    var isWanted: Bool { first != nil }

    /// - Returns: Whether something is different now.
    mutating func claim(_ claim: Claim) -> Bool {
        if first?.is(claim) ?? true {
            let isNew = first?.entry != claim.entry
            first = claim
            return isNew
        }
        if let index = others.firstIndex(where: { $0.is(claim) }) {
            let isNew = others[index].entry != claim.entry
            others[index] = claim
            return isNew
        }
        others.append(claim)
        return true
    }

    /// - Returns: Whether there was such a claim.
    mutating func release(service: Int32, place: Int32) -> Bool {
        if let claim = first, claim.service == service, claim.place == place {
            first = others.isEmpty ? nil : others.removeFirst()
            return true
        }
        guard let index = others.firstIndex(where: { $0.service == service && $0.place == place }) else { return false }
        others.remove(at: index)
        return true
    }

    mutating func releaseAll() {
        first = nil
        others = []
    }
}

extension TableServer.Claim {
    fileprivate func `is`(_ other: Self) -> Bool { service == other.service && place == other.place }
}
