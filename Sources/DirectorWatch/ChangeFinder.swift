package import ControlProtocol

/// Compares what the director reports with what it reported before.
package struct ChangeFinder: Sendable {
    private var node: NodeReport?
    private var instances: [String: InstanceReport] = [:]
    private var services: [String: Service] = [:]
    private var hasServers = false
    private var isLost = false

    /// As little as is compared of a virtual server, because there may be ten thousand real servers.
    private struct Service: Sendable {
        var state: String
        var servers: [String: Server] = [:]
    }

    private struct Server: Hashable, Sendable {
        var state: String
        var weight: Int
    }

    package init() {}

    /// Whether the director was heard at all.
    package var hasStatus: Bool { node != nil }

    // MARK: The node

    /// The director does not answer.
    ///
    /// - Parameter now: By this host's clock.
    /// - Returns: A change the first time.
    package mutating func lose(_ why: String, at now: Timestamp) -> [WatchChange] {
        guard !isLost else { return [] }
        isLost = true
        return [WatchChange(now, .node, node?.routerID ?? "", .gone, text: why)]
    }

    /// - Returns: The changes in the order of the report; what is there at the first look as well.
    package mutating func take(_ report: StatusReport) -> [WatchChange] {
        let now = report.node.now
        var changes: [WatchChange] = []
        compare(report.node, &changes)
        let isFirst = node == nil
        for instance in report.instances {
            if let old = instances[instance.name] {
                compare(old, instance, now, &changes)
            } else {
                changes.append(
                    WatchChange(
                        now, .instance, instance.name, isFirst ? .listed : .added, to: instance.state,
                        text: """
                            priority \(instance.effectivePriority), interface \(instance.interface), \
                            vrid \(instance.virtualRouterID), \(instance.addresses.joined(separator: " "))
                            """))
            }
        }
        let names = Set(report.instances.map(\.name))
        for name in instances.keys.filter({ !names.contains($0) }).sorted() {
            changes.append(WatchChange(now, .instance, name, .removed))
        }
        node = report.node
        instances = Dictionary(report.instances.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        return changes
    }

    private mutating func compare(_ report: NodeReport, _ changes: inout [WatchChange]) {
        let now = report.now
        let name = report.routerID
        guard let old = node else {
            changes.append(
                WatchChange(
                    now, .node, name, .listed,
                    text: "vrrpctl \(report.programVersion), \(report.file), process \(report.pid)"))
            if let order = report.maintenance {
                changes.append(WatchChange(now, .node, name, .orders, to: text(order)))
            }
            return
        }
        if isLost { changes.append(WatchChange(now, .node, name, .back)) }
        isLost = false
        if old.pid != report.pid {
            changes.append(WatchChange(now, .node, name, .restarted, from: "\(old.pid)", to: "\(report.pid)"))
        }
        if old.maintenance != report.maintenance {
            changes.append(
                WatchChange(
                    now, .node, name, .orders, from: old.maintenance.map(text), to: report.maintenance.map(text)))
        }
    }

    private func text(_ order: SteeringReport) -> String { text([order]) ?? "" }

    /// Without times that say nothing new; nil for none.
    private func text(_ orders: [SteeringReport]) -> String? {
        guard !orders.isEmpty else { return nil }
        return orders.map { order in
            order.order + (order.priority.map { " \($0)" } ?? "") + (order.until.map { " until \($0)" } ?? "")
        }.joined(separator: ", ")
    }

    private func compare(
        _ old: InstanceReport, _ new: InstanceReport, _ now: Timestamp, _ changes: inout [WatchChange]
    ) {
        // It may have left its state and come back since.
        if old.state != new.state || old.since != new.since {
            let last = new.lastTransition
            changes.append(
                WatchChange(
                    last?.time ?? now, .instance, new.name, .state, from: old.state, to: new.state, text: last?.text))
        }
        if old.effectivePriority != new.effectivePriority {
            changes.append(
                WatchChange(
                    now, .instance, new.name, .priority, from: "\(old.effectivePriority)",
                    to: "\(new.effectivePriority)"))
        }
        if old.steering != new.steering {
            changes.append(
                WatchChange(now, .instance, new.name, .orders, from: text(old.steering), to: text(new.steering)))
        }
    }

    // MARK: Virtual and real servers

    /// - Returns: The changes in the order of the report; what is there at the first look as well.
    package mutating func take(_ report: ServersReport) -> [WatchChange] {
        var changes: [WatchChange] = []
        var next: [String: Service] = [:]
        next.reserveCapacity(report.services.count)
        let aspect: WatchChange.Aspect = hasServers ? .added : .listed
        for service in report.services {
            let old = services[service.name]
            var new = Service(state: WatchWords.state(of: service))
            if let old {
                if old.state != new.state {
                    changes.append(
                        WatchChange(report.now, .service, service.name, .state, from: old.state, to: new.state))
                }
            } else {
                changes.append(
                    WatchChange(
                        report.now, .service, service.name, aspect, to: new.state,
                        text: "\(service.scheduler), \(service.method), weight \(service.weight)"))
            }
            new.servers.reserveCapacity(service.servers.count)
            for server in service.servers {
                let now = Server(state: WatchWords.state(of: server), weight: server.weight)
                compare(old?.servers[server.name], now, server, service.name, report.now, aspect, &changes)
                new.servers[server.name] = now
            }
            for name in (old?.servers.keys.filter { new.servers[$0] == nil } ?? []).sorted() {
                changes.append(WatchChange(report.now, .server, name, in: service.name, .removed))
            }
            next[service.name] = new
        }
        for name in services.keys.filter({ next[$0] == nil }).sorted() {
            changes.append(WatchChange(report.now, .service, name, .removed))
        }
        services = next
        hasServers = true
        return changes
    }

    private func compare(
        _ old: Server?, _ new: Server, _ server: ServerReport, _ service: String, _ now: Timestamp,
        _ aspect: WatchChange.Aspect, _ changes: inout [WatchChange]
    ) {
        guard let old else {
            changes.append(
                WatchChange(now, .server, server.name, in: service, aspect, to: new.state, text: "weight \(new.weight)")
            )
            return
        }
        if old.state != new.state {
            let failed = server.checks.first { $0.isUp == server.isUp && $0.result != nil }
            changes.append(
                WatchChange(
                    now, .server, server.name, in: service, .state, from: old.state, to: new.state,
                    text: failed.flatMap { check in check.result.map { "\(check.keyword): \($0)" } }))
        }
        if old.weight != new.weight {
            changes.append(
                WatchChange(
                    now, .server, server.name, in: service, .weight, from: "\(old.weight)", to: "\(new.weight)"))
        }
    }
}
