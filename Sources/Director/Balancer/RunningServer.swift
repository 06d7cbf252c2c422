import HealthPolicy
import KeepalivedConfig
import VRRPProtocol

/// A `real_server` while it runs.
final class RunningServer {
    unowned let service: RunningService
    /// In the real servers of the configuration's virtual server.
    var place: Int
    var checks: [any RunningCheck] = []
    /// When it came up or went down last.
    var since: Instant

    init(_ place: Int, of service: RunningService) {
        self.service = service
        self.place = place
        since = service.balancer.now
    }

    var settings: RealServer { service.settings.realServers[place] }

    var name: String { settings.endpoint.value.name }

    /// What the policy has to know of it.
    func health(as settings: RealServer) -> ServiceHealth.Server {
        ServiceHealth.Server(
            weight: settings.weight.value, isInhibited: settings.inhibitsOnFailure.value,
            checks: checks.map { ServiceHealth.Check(isUp: $0.isUp, weight: $0.weight) },
            order: service.balancer.orders.order(of: service.settings.serverName(of: settings))?.order)
    }
}
