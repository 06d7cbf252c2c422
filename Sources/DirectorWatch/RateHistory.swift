import ControlProtocol

/// The rates of all virtual and real servers as they were reported one after the other. What is not reported any more
/// is forgotten.
struct RateHistory: Sendable {
    private var services: [String: Entry] = [:]

    private struct Entry {
        var series = RateSeries()
        var servers: [String: RateSeries] = [:]
    }

    mutating func add(_ report: ServersReport) {
        var next: [String: Entry] = [:]
        next.reserveCapacity(report.services.count)
        for service in report.services {
            var old = services.removeValue(forKey: service.name) ?? Entry()
            var entry = Entry(series: old.series)
            entry.series.add(service.traffic)
            entry.servers.reserveCapacity(service.servers.count)
            for server in service.servers {
                var series = old.servers.removeValue(forKey: server.name) ?? RateSeries()
                series.add(server.traffic)
                entry.servers[server.name] = series
            }
            next[service.name] = entry
        }
        services = next
    }

    func series(of service: String) -> RateSeries {
        services[service]?.series ?? RateSeries()
    }

    func series(of server: String, in service: String) -> RateSeries {
        services[service]?.servers[server] ?? RateSeries()
    }
}
