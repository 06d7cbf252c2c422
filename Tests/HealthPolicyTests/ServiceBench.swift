import HealthPolicy

/// A virtual server whose table and notices can be read.
struct ServiceBench {
    var health: ServiceHealth
    /// The table as the actions have it, by server; nil is the sorry server.
    var table: [Int?: Int]
    private(set) var deeds: [String] = []

    init(_ health: ServiceHealth) {
        self.health = health
        table = Self.table(of: health)
    }

    /// Servers with one check each.
    init(
        weights: [Int], quorum: Int = 1, hysteresis: Int = 0, sorry: Bool = false, sorryInhibited: Bool = false,
        inhibited: Bool = false, up: Bool = true
    ) {
        var settings = ServiceHealth.Settings()
        settings.quorum = quorum
        settings.hysteresis = hysteresis
        if sorry { settings.sorryServer = .init(isInhibited: sorryInhibited) }
        self.init(
            ServiceHealth(
                settings,
                servers: weights.map {
                    ServiceHealth.Server(weight: $0, isInhibited: inhibited, checks: [.init(isUp: up)])
                }))
    }

    static func table(of health: ServiceHealth) -> [Int?: Int] {
        Dictionary(uniqueKeysWithValues: health.entries.map { ($0.server, $0.weight) })
    }

    /// What the event brought about.
    @discardableResult
    mutating func handle(_ event: ServiceHealth.Event) -> [String] {
        var actions: [ServiceHealth.Action] = []
        health.handle(event, into: &actions)
        let texts = actions.map { action in
            switch action {
            case .show(let server, let weight):
                table[server] = weight
                return "show \(server) with \(weight)"
            case .hide(let server):
                table[server] = nil
                return "hide \(server)"
            case .showSorry(let weight):
                table[Int?.none] = weight
                return "show sorry with \(weight)"
            case .hideSorry:
                table[Int?.none] = nil
                return "hide sorry"
            case .tellServer(let server, let isUp): return "tell \(server) \(isUp ? "up" : "down")"
            case .tellRemoved(let server): return "tell removed \(server)"
            case .tellQuorum(let isUp, let sum, let threshold):
                return "tell quorum \(isUp ? "up" : "down") \(sum) of \(threshold)"
            }
        }
        deeds += texts
        return texts
    }

    @discardableResult
    mutating func up(_ server: Int) -> [String] { handle(.checkCameUp(server: server, check: 0)) }

    @discardableResult
    mutating func down(_ server: Int) -> [String] { handle(.checkWentDown(server: server, check: 0)) }

    @discardableResult
    mutating func weigh(_ server: Int, _ weight: CheckResult.Weight) -> [String] {
        handle(.weight(server: server, check: 0, weight))
    }
}
