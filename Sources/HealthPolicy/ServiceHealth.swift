/// What the health of a virtual server's real servers means for its table, and what is to be told of it.
///
/// A real server lives while none of its checks is failed. The weights of the living ones are summed: below
/// `quorum - hysteresis`, or at 0, the quorum is lost; from `quorum + hysteresis` on it is gained. While it is lost, a
/// sorry server stands in for all real servers; without one the living go on serving.
///
/// A server that an operator drains or has disabled lives or not as its checks say, but it does not serve, and what it
/// weighs counts for nothing: with the last one drained the sorry server stands in.
///
/// Servers and checks go by their place in the configuration.
package struct ServiceHealth: Hashable, Sendable {
    package struct Settings: Hashable, Sendable {
        /// Sum of weights.
        package var quorum = 1
        /// Less than `quorum`.
        package var hysteresis = 0
        package var sorryServer: SorryServer?
        /// At the end everything counts as failed and is told: `omega`.
        package var isOmega = false
        /// Living servers are told at the start too: `rs_init_notifies`.
        package var tellsAtStart = false

        package init() {}
    }

    package struct SorryServer: Hashable, Sendable {
        package var weight: Int
        /// It stays in the table with weight 0 while it is not needed: `sorry_server_inhibit`.
        package var isInhibited: Bool

        package init(weight: Int = 1, isInhibited: Bool = false) {
            self.weight = weight
            self.isInhibited = isInhibited
        }
    }

    /// A real server with its checks as they are, `CheckMachine.isUp` and `CheckMachine.weight`.
    package struct Server: Hashable, Sendable {
        /// As configured, 0 to 65,535.
        package var weight: Int
        /// It stays in the table with weight 0 while it is failed: `inhibit_on_failure`.
        package var isInhibited: Bool
        package var checks: [Check]
        /// What an operator has told it; nil for nothing.
        package var order: ServerOrder?

        package init(weight: Int, isInhibited: Bool = false, checks: [Check] = [], order: ServerOrder? = nil) {
            self.weight = weight
            self.isInhibited = isInhibited
            self.checks = checks
            self.order = order
        }
    }

    package struct Check: Hashable, Sendable {
        package var weight: CheckResult.Weight
        package var isUp: Bool

        package init(isUp: Bool = true, weight: CheckResult.Weight = .unchanged) {
            self.isUp = isUp
            self.weight = weight
        }
    }

    /// What is kept of a server. Its checks are a part of `checks`, which is one array for all: ten thousand servers
    /// with an array each would take three times the room.
    struct State: Hashable, Sendable {
        var configuredWeight: Int32
        var weight: Int32
        var firstCheck: Int32
        var checkCount: UInt16
        var failed: UInt16 = 0
        var isInhibited: Bool
        /// Somebody was told that it is down, or that it is up.
        var wasTold = false
        var order: ServerOrder?

        var isUp: Bool { failed == 0 }
        /// Whether it takes new connections, and its weight counts.
        var serves: Bool { failed == 0 && order == nil }
    }

    package internal(set) var settings: Settings
    var servers: [State] = []
    var checks: [Check] = []
    /// Of the weights of the living servers that no operator holds back.
    package internal(set) var sum = 0
    package internal(set) var hasQuorum: Bool
    let quorumBefore: Bool?

    /// - Parameter hadQuorum: Whether it had its quorum before the daemon was started anew, if that is known: between the
    ///   two thresholds it stays, and what is known needs not to be told.
    package init(_ settings: Settings, servers: [Server], hadQuorum: Bool? = nil) {
        self.settings = settings
        quorumBefore = hadQuorum
        hasQuorum = hadQuorum ?? false
        adopt(servers)
        hasQuorum = quorumAfterwards
    }

    package var serverCount: Int { servers.count }

    /// What an operator has told the server; nil for nothing.
    package func order(of server: Int) -> ServerOrder? {
        servers.indices.contains(server) ? servers[server].order : nil
    }

    package func isUp(_ server: Int) -> Bool { servers.indices.contains(server) && servers[server].isUp }

    /// The weight that the server has, or would have if it lived.
    package func weight(of server: Int) -> Int {
        servers.indices.contains(server) ? Int(servers[server].weight) : 0
    }

    /// Whether the sorry server stands in for the real servers.
    package var isSorry: Bool { settings.sorryServer != nil && !hasQuorum }

    /// What the sum of weights is compared with: to lose the quorum if there is one, else to gain it.
    package var threshold: Int {
        hasQuorum ? settings.quorum - settings.hysteresis : settings.quorum + settings.hysteresis
    }

    /// Whether there is a quorum with the sum as it is now.
    var quorumAfterwards: Bool { sum > 0 && sum >= threshold }

    /// Takes the place of all servers that there were.
    mutating func adopt(_ new: [Server]) {
        servers.removeAll(keepingCapacity: true)
        checks.removeAll(keepingCapacity: true)
        servers.reserveCapacity(new.count)
        checks.reserveCapacity(new.reduce(0) { $0 + $1.checks.count })
        sum = 0
        for server in new {
            var state = State(
                configuredWeight: Int32(clamping: server.weight), weight: 0, firstCheck: Int32(clamping: checks.count),
                checkCount: UInt16(clamping: server.checks.count), isInhibited: server.isInhibited)
            checks.append(contentsOf: server.checks.prefix(Int(state.checkCount)))
            state.failed = UInt16(clamping: server.checks.prefix(Int(state.checkCount)).count { !$0.isUp })
            state.weight = weightNow(of: state)
            state.order = server.order
            servers.append(state)
            if state.serves { sum += Int(state.weight) }
        }
    }

    /// The configured weight with what the checks make of it. Each absolute one counts by how far it is from the
    /// configured weight, as with keepalived, so that several of them add up.
    func weightNow(of server: State) -> Int32 {
        let first = Int(server.firstCheck)
        var weight = Int(server.configuredWeight)
        for check in checks[first..<first + Int(server.checkCount)] {
            switch check.weight {
            case .unchanged: break
            case .absolute(let value): weight += Int(Int32(clamping: value)) - Int(server.configuredWeight)
            case .added(let value): weight += Int(Int32(clamping: value))
            }
        }
        return Int32(min(max(weight, 0), 65_535))
    }
}
