package import ControlProtocol
import HealthPolicy
import PacketFormats
import VRRPProtocol

extension Steering {
    // MARK: The log

    func say(_ text: String, order: String, subject: String = "") {
        log.notice(text, event: "steering", ["order": order, "subject": subject])
    }

    /// What has come to its end by itself.
    func say(_ ended: [Orders.Ended]) {
        for order in ended {
            switch order {
            case .maintenance: say("maintenance has come to its end", order: "maintenance")
            case .failover(let instance):
                say("\(instance): the failover has come to its end", order: "failover", subject: instance)
            case .priority(let instance):
                say("\(instance): its priority is no longer set", order: "priority", subject: instance)
            case .server(let name, let order):
                say(
                    "\(name.server) of \(name.service) is not configured any more, nor \(order.past)",
                    order: order.rawValue, subject: name.server)
            }
        }
    }

    /// A phrase for each order.
    static func words(of orders: Orders) -> [String] {
        var phrases: [String] = []
        if let maintenance = orders.maintenance {
            phrases.append("the node is in maintenance\(maintenance.isStrict ? ", strictly" : "")")
        }
        phrases += orders.failovers.keys.sorted().map { "\($0) stands back after a failover" }
        phrases += orders.priorities.sorted { $0.key < $1.key }.map { "\($0.key) has priority \($0.value.priority)" }
        phrases += orders.servers.map { "\($0.name.server) of \($0.name.service) is \($0.order.past)" }
        return phrases
    }

    // MARK: Times

    func timestamp(_ instant: Instant) -> Timestamp {
        let wall = time.wallTime
        let now = wall.seconds * 1000 + Int64(wall.nanoseconds) / 1_000_000
        let (seconds, attoseconds) = (instant - time.now).components
        return Timestamp(milliseconds: now + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }

    /// `until 2026-11-21T11:43:54.123Z`, or until it is told.
    func words(until end: Instant?, or command: String) -> String {
        end.map { "until \(timestamp($0))" } ?? "until it is told: \(command)"
    }

    func term(seconds: Int?) -> Orders.Term {
        Orders.Term(since: time.now, until: seconds.map { time.now + .seconds(max(1, $0)) })
    }

    // MARK: Reports

    /// What an operator has ordered for the whole node; nil for nothing.
    package var maintenanceReport: SteeringReport? {
        orders.maintenance.map { report("maintenance", $0.term) }
    }

    /// What an operator has ordered for an instance, of its own or by its sync group.
    package func reports(ofInstance name: String) -> [SteeringReport] {
        let companions = daemon?.byName[name]?.companions.map(\.name) ?? [name]
        var reports: [SteeringReport] = []
        if let term = companions.compactMap({ orders.failovers[$0] }).first { reports.append(report("failover", term)) }
        if let order = orders.priorities[name] {
            var report = report("priority", order.term)
            report.priority = Int(order.priority)
            reports.append(report)
        }
        return reports
    }

    /// What an operator has told a real server.
    package func report(of server: ServerName) -> SteeringReport? {
        orders.order(of: server).map { report($0.order.rawValue, $0.term) }
    }

    private func report(_ order: String, _ term: Orders.Term) -> SteeringReport {
        SteeringReport(order: order, since: timestamp(term.since), until: term.until.map(timestamp))
    }
}

extension ServerOrder {
    /// What a server is that was told so.
    var past: String {
        switch self {
        case .drain: "drained"
        case .disable: "disabled"
        }
    }
}
