package import ControlProtocol
package import Reporting

/// What `vrrpctl servers` shows to people: each virtual server with a row for each of its real servers.
package struct ServersText {
    private let report: ServersReport
    private let time: ShownTime

    /// - Parameter offset: How many seconds the clock on the wall is ahead of UTC at a time.
    package init(_ report: ServersReport, offset: @escaping (Timestamp) -> Int) {
        self.report = report
        time = ShownTime(now: report.now, offset: offset)
    }

    package func write(into text: inout Text) {
        if report.services.isEmpty { text.append("there is no virtual server\n") }
        for (index, service) in report.services.enumerated() {
            if index > 0 { text.newline() }
            text.append(ShownText.harmless(heading(of: service)))
            text.newline()
            write(service.servers, into: &text)
        }
    }

    private func heading(of service: ServiceReport) -> String {
        var words = "\(service.name), \(service.scheduler), \(service.method): "
        words += service.hasQuorum ? "quorum there" : "no quorum"
        words += ", weight \(service.weight) of \(service.quorum) needed"
        if let sorry = service.sorryServer {
            words += service.isSorry ? "; sorry server \(sorry) stands in" : "; sorry server \(sorry) waits"
        }
        if service.isSuspended { words += "; its address is elsewhere and its checks rest" }
        guard let traffic = service.traffic else { return words + "; not in the kernel's table" }
        return words + "; \(ShownRate.text(traffic.connectionRate)) conn/s, "
            + "\(ShownRate.text(traffic.incomingByteRate)) B/s in, \(ShownRate.text(traffic.outgoingByteRate)) B/s out"
    }

    private func write(_ servers: [ServerReport], into text: inout Text) {
        guard !servers.isEmpty else { return }
        var table = AlignedTable([
            ("SERVER", .left), ("STATE", .left), ("SINCE", .left), ("WEIGHT", .right), ("ACTIVE", .right),
            ("INACTIVE", .right), ("CONN/S", .right), ("IN B/S", .right), ("OUT B/S", .right), ("LAST CHECK", .left),
        ])
        for server in servers {
            let rows = server.checks.isEmpty ? [nil] : server.checks.map(Optional.some)
            for (index, check) in rows.enumerated() {
                let checked = check.map(words) ?? "none"
                table.add(index == 0 ? row(of: server) + [checked] : Array(repeating: "", count: 9) + [checked])
            }
        }
        table.write(into: &text, indent: 2)
    }

    private func row(of server: ServerReport) -> [String] {
        let traffic = server.traffic
        func rate(_ number: UInt64?) -> String { number.map(ShownRate.text) ?? "-" }
        return [
            server.name, Self.state(of: server), time.since(server.since),
            server.weight == server.configuredWeight
                ? "\(server.weight)" : "\(server.weight)/\(server.configuredWeight)",
            traffic?.activeConnections.map { "\($0)" } ?? "-", traffic?.inactiveConnections.map { "\($0)" } ?? "-",
            rate(traffic?.connectionRate), rate(traffic?.incomingByteRate), rate(traffic?.outgoingByteRate),
        ]
    }

    /// Which order holds is said in place of the health that it hides.
    private static func state(of server: ServerReport) -> String {
        let health = server.isUp ? "up" : "down"
        return server.steering.map { "\(health) (\(StatusWords.order($0)))" } ?? health
    }

    private func words(_ check: CheckReport) -> String {
        guard let result = check.result, let when = check.time else {
            return "\(check.keyword): not made yet, taken to be \(check.isUp ? "up" : "down")"
        }
        let duration = check.durationMicroseconds.map { $0 == 0 ? "" : " in \(Self.short(microseconds: $0))" } ?? ""
        return "\(check.keyword) \(result)\(duration) \(time.age(when)) ago"
    }

    /// `0.8 ms`, `12 ms`, `1.5 s`
    private static func short(microseconds: Int) -> String {
        if microseconds < 10_000 { return "\(microseconds / 1000).\(microseconds % 1000 / 100) ms" }
        return microseconds < 1_000_000
            ? "\(microseconds / 1000) ms" : "\(microseconds / 1_000_000).\(microseconds % 1_000_000 / 100_000) s"
    }
}
