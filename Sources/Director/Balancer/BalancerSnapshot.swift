import HealthPolicy
package import KeepalivedConfig
package import VRRPProtocol

/// The virtual servers as they are at an instant, for whoever shows them. It holds nothing that goes on.
package struct BalancerSnapshot: Hashable, Sendable {
    package struct Check: Hashable, Sendable {
        /// The keyword of its block, such as `TCP_CHECK`.
        package var keyword: String
        package var isUp: Bool
        /// What it found last; nil before the first result.
        package var outcome: CheckOutcome?
        /// When it is made next; nil while it runs or rests, and for one that is told.
        package var next: Instant?
    }

    package struct Server: Hashable, Sendable {
        package var endpoint: ServerEndpoint
        package var isUp: Bool
        package var weight: Int
        /// When it came up or went down last, or was begun with.
        package var since: Instant
        package var checks: [Check]
    }

    package struct Service: Hashable, Sendable {
        package var name: String
        package var identity: VirtualServer.Identity
        package var transport: VirtualServer.TransportName
        /// `ha_suspend`: its address is elsewhere, and its checks rest.
        package var isSuspended: Bool
        package var hasQuorum: Bool
        package var quorum: Int
        /// What the living servers weigh.
        package var weight: Int
        package var servers: [Server]
        package var sorryServer: ServerEndpoint?
        /// Whether the sorry server stands in for the others.
        package var isSorry: Bool
    }

    /// In the order of the configuration.
    package var services: [Service]
    package var time: Instant
}

extension Balancer {
    /// What is known now.
    package var snapshot: BalancerSnapshot {
        BalancerSnapshot(services: services.map(\.snapshot), time: now)
    }
}

extension RunningService {
    fileprivate var snapshot: BalancerSnapshot.Service {
        let settings = settings
        return BalancerSnapshot.Service(
            name: settings.name, identity: settings.identity.value, transport: settings.transport.value,
            isSuspended: isSuspended, hasQuorum: health.hasQuorum, quorum: settings.quorum.value, weight: health.sum,
            servers: servers.map { server in
                let its = settings.realServers[server.place]
                return BalancerSnapshot.Server(
                    endpoint: its.endpoint.value, isUp: health.isUp(server.place),
                    weight: health.weight(of: server.place), since: server.since,
                    checks: server.checks.map { check in
                        BalancerSnapshot.Check(
                            keyword: its.checkers[check.place].keyword, isUp: check.isUp, outcome: check.outcome,
                            next: check.next)
                    })
            }, sorryServer: settings.sorryServer.value, isSorry: health.isSorry)
    }
}
