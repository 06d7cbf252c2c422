import ControlProtocol
import HealthPolicy
import KeepalivedConfig
import VRRPProtocol

extension RunningService {
    /// The virtual server as it is now, without its real servers.
    func report(_ traffic: TrafficReading?) -> ServiceReport {
        let settings = settings
        let isMark = if case .firewallMark = settings.identity.value { true } else { false }
        return ServiceReport(
            name: settings.toldName, transport: isMark ? "" : settings.transport.value.rawValue.lowercased(),
            scheduler: settings.scheduler.value.rawValue,
            method: settings.forwarding.value.method.rawValue.lowercased(), hasQuorum: health.hasQuorum,
            quorum: settings.quorum.value, weight: health.sum, isSuspended: isSuspended,
            sorryServer: settings.sorryServer.value.map { settings.toldName(of: $0) }, isSorry: health.isSorry,
            traffic: traffic?.service, servers: [])
    }

    /// One of its real servers, by the place in `servers`.
    func report(server index: Int, _ clock: ReportClock, _ traffic: TrafficReading?) -> ServerReport {
        let (settings, server) = (settings, servers[index])
        let its = settings.realServers[server.place]
        return ServerReport(
            name: settings.toldName(of: its), isUp: health.isUp(server.place), weight: health.weight(of: server.place),
            configuredWeight: its.weight.value, since: clock.time(of: server.since),
            steering: steering(of: its, clock),
            checks: server.checks.map { check in
                CheckReport(
                    keyword: its.checkers[check.place].keyword, isUp: check.isUp,
                    result: check.outcome.map(\.result.words), time: check.outcome.map { clock.time(of: $0.time) },
                    durationMicroseconds: check.outcome.map(\.duration.microseconds),
                    next: check.next.map(clock.time(of:)))
            }, traffic: traffic?.server(server.place))
    }
}

extension RunningService {
    /// What operators have ordered for a real server.
    private func steering(of server: RealServer, _ clock: ReportClock) -> SteeringReport? {
        guard !balancer.orders.servers.isEmpty,
            let found = balancer.orders.order(of: settings.serverName(of: server))
        else { return nil }
        return SteeringReport(found.order.rawValue, found.term, clock)
    }
}

extension CheckResult {
    /// What was found, in words.
    fileprivate var words: String {
        switch self {
        case .passed(.unchanged): "succeeded"
        case .passed(.absolute(let weight)): "succeeded with weight \(weight)"
        case .passed(.added(let weight)): "succeeded, weight \(weight < 0 ? "" : "+")\(weight)"
        case .failed(let reason): reason
        case .undecided(let reason): "undecided: \(reason)"
        }
    }
}
