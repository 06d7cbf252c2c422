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

    /// What the kernel has of ours: nearly always what the first claim wants, which is not kept twice.
    private enum Presence {
        case absent
        case asClaimed
        case different(Difference)
    }

    private final class Difference {
        let server: RealServer

        init(_ server: RealServer) { self.server = server }
    }

    let endpoint: RealServer.Endpoint
    /// Most servers have one claim, and an empty array costs nothing.
    private var first: Claim?
    private var others: [Claim] = []
    private var presence = Presence.absent
    let order: UInt32
    /// Whether a change waits for `flush`.
    var isQueued = false

    init(_ endpoint: RealServer.Endpoint, order: UInt32) {
        self.endpoint = endpoint
        self.order = order
    }

    /// What the kernel has of ours.
    var present: RealServer? {
        get {
            switch presence {
            case .absent: nil
            case .asClaimed: first?.entry
            case .different(let difference): difference.server
            }
        }
        set {
            guard let newValue else {
                presence = .absent
                return
            }
            presence = newValue == first?.entry ? .asClaimed : .different(Difference(newValue))
        }
    }

    var isPresent: Bool { if case .absent = presence { false } else { true } }

    /// The first claim that takes connections, otherwise the first.
    var wanted: RealServer? {
        guard let first else { return nil }
        if others.isEmpty { return first.entry }
        if first.entry.weight > 0 { return first.entry }
        return (others.first { $0.entry.weight > 0 } ?? first).entry
    }

    var isWanted: Bool { first != nil }

    /// Another claim is the first now; what the kernel has stays what it was.
    private mutating func lead(with claim: Claim?) {
        let present = present
        first = claim
        self.present = present
    }

    /// - Returns: Whether something is different now.
    mutating func claim(_ claim: Claim) -> Bool {
        if first?.is(claim) ?? true {
            let isNew = first?.entry != claim.entry
            lead(with: claim)
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
            lead(with: others.isEmpty ? nil : others.removeFirst())
            return true
        }
        guard let index = others.firstIndex(where: { $0.service == service && $0.place == place }) else { return false }
        others.remove(at: index)
        return true
    }

    mutating func releaseAll() {
        lead(with: nil)
        others = []
    }
}

extension TableServer.Claim {
    fileprivate func `is`(_ other: Self) -> Bool { service == other.service && place == other.place }
}
