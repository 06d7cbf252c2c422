package import HealthPolicy
package import VRRPProtocol

/// What operators have told this node to do, as long as it lasts: until they say otherwise, until the time that they
/// gave, or until what it was for is not configured any more.
///
/// Times are of the machine's monotonic clock, which every process of one boot shares, so that neither a crash nor a
/// jump of the time of day makes an order longer or shorter.
package struct Orders: Hashable, Sendable, Codable {
    /// How long an order lasts.
    package struct Term: Hashable, Sendable, Codable {
        private var sinceNanoseconds: Int64
        private var untilNanoseconds: Int64?

        package init(since: Instant, until: Instant? = nil) {
            sinceNanoseconds = since.nanoseconds
            untilNanoseconds = until?.nanoseconds
        }

        package var since: Instant { Instant(nanoseconds: sinceNanoseconds) }
        /// Nil: until it is ended.
        package var until: Instant? { untilNanoseconds.map { Instant(nanoseconds: $0) } }
    }

    /// The whole node.
    package struct Maintenance: Hashable, Sendable, Codable {
        package var term: Term
        /// It takes no part in any election, also where nobody else does.
        package var isStrict: Bool

        package init(term: Term, isStrict: Bool) {
            self.term = term
            self.isStrict = isStrict
        }
    }

    /// Another base priority than the configuration's.
    package struct Priority: Hashable, Sendable, Codable {
        package var term: Term
        /// 1 to 254.
        package var priority: UInt8

        package init(term: Term, priority: UInt8) {
            self.term = term
            self.priority = priority
        }
    }

    /// A real server that is held back.
    package struct Server: Hashable, Sendable, Codable {
        package var name: ServerName
        package var order: ServerOrder
        package var term: Term

        package init(name: ServerName, order: ServerOrder, term: Term) {
            self.name = name
            self.order = order
            self.term = term
        }
    }

    package var maintenance: Maintenance?
    /// Instances that stand back, by name.
    package var failovers: [String: Term] = [:]
    /// By the instance's name.
    package var priorities: [String: Priority] = [:]
    package private(set) var servers: [Server] = []

    package init() {}

    package var isEmpty: Bool { self == Orders() }

    // MARK: What they amount to

    /// Whether an instance is to stand back, of its own or with the whole node.
    package func standsBack(_ instance: String) -> Bool { maintenance != nil || failovers[instance] != nil }

    package func order(of server: ServerName) -> Server? { servers.first { $0.name == server } }

    // MARK: Changes

    /// - Parameter order: Nil for none any more.
    package mutating func set(_ order: ServerOrder?, of server: ServerName, since now: Instant) {
        guard self.order(of: server)?.order != order else { return }
        servers.removeAll { $0.name == server }
        if let order { servers.append(Server(name: server, order: order, term: Term(since: now))) }
    }

    /// When the next of them ends by itself.
    package var deadline: Instant? {
        ([maintenance?.term] + failovers.values.map { $0 }).compactMap { $0?.until }.min()
    }

    /// An order that is over.
    package enum Ended: Hashable, Sendable {
        case maintenance
        case failover(String)
        case priority(String)
        case server(ServerName, ServerOrder)
    }

    /// Ends what has lasted as long as it was to last.
    package mutating func endTerms(at now: Instant) -> [Ended] {
        func isOver(_ term: Term) -> Bool { term.until.map { $0 <= now } ?? false }
        var ended: [Ended] = []
        if let term = maintenance?.term, isOver(term) {
            maintenance = nil
            ended.append(.maintenance)
        }
        for (instance, term) in failovers.sorted(by: { $0.key < $1.key }) where isOver(term) {
            failovers[instance] = nil
            ended.append(.failover(instance))
        }
        return ended
    }

    /// Ends what is for something that the configuration does not have.
    package mutating func keep(instances: Set<String>, servers known: Set<ServerName>) -> [Ended] {
        var ended: [Ended] = []
        for instance in failovers.keys.sorted() where !instances.contains(instance) {
            failovers[instance] = nil
            ended.append(.failover(instance))
        }
        for instance in priorities.keys.sorted() where !instances.contains(instance) {
            priorities[instance] = nil
            ended.append(.priority(instance))
        }
        for server in servers where !known.contains(server.name) { ended.append(.server(server.name, server.order)) }
        servers.removeAll { !known.contains($0.name) }
        return ended
    }
}
