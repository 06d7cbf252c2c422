import ControlProtocol
import HealthPolicy
import KeepalivedConfig
import VRRPProtocol

extension WallClock {
    /// A virtual server as it is now, without what the kernel counts.
    func report(of service: RunningService) -> ServiceReport {
        let settings = service.settings
        return ServiceReport(
            name: settings.name, transport: settings.transport.value.rawValue.lowercased(),
            scheduler: "\(settings.scheduler.value)", method: "\(settings.forwarding.value.method)",
            hasQuorum: service.health.hasQuorum, quorum: settings.quorum.value, weight: service.health.sum,
            isSuspended: service.isSuspended, sorryServer: settings.sorryServer.value?.name,
            isSorry: service.health.isSorry, traffic: nil, servers: service.servers.map { report(of: $0) })
    }

    /// A real server as it is now.
    func report(of server: RunningServer, steering: SteeringReport? = nil) -> ServerReport {
        let health = server.service.health
        return ServerReport(
            name: server.name, isUp: health.isUp(server.place), weight: health.weight(of: server.place),
            configuredWeight: server.settings.weight.value, since: time(server.since), steering: steering,
            checks: server.checks.map { report(of: $0) }, traffic: nil)
    }

    private func report(of check: any RunningCheck) -> CheckReport {
        CheckReport(
            keyword: check.checker.keyword, isUp: check.isUp, result: check.outcome.map { Self.words($0.result) },
            time: check.outcome.map { time($0.time) },
            durationMicroseconds: check.outcome.map {
                Int($0.duration.components.attoseconds / 1_000_000_000_000)
                    + Int($0.duration.components.seconds) * 1_000_000
            },
            next: check.next.map(time))
    }

    private static func words(_ result: CheckResult) -> String {
        switch result {
        case .passed: "succeeded"
        case .failed(let reason), .undecided(let reason): reason
        }
    }
}
