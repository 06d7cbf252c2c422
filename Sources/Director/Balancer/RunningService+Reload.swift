import HealthChecks
import HealthPolicy
import KeepalivedConfig

extension RunningService {
    /// The new configuration does not have it.
    func dismiss() {
        for server in servers {
            for check in server.checks { check.end() }
            if health.isUp(server.place) { tellRemoved(server.place, of: settings) }
        }
        if health.hasQuorum { tellQuorum(isUp: false, sum: 0, threshold: settings.quorum.value, because: nil) }
        abandon()
    }

    /// Goes on as what the new configuration says, which is the balancer's already.
    func become(_ place: Int, from old: VirtualServer, renewsProbes: Bool) {
        self.place = place
        let new = settings
        guard old != new || renewsProbes else { return }
        var left = Dictionary(
            servers.map { (old.realServers[$0.place].endpoint.value, $0) }, uniquingKeysWith: { first, _ in first })
        var places: [Int?] = []
        let keys = KnownStates.keys(of: new)
        let servers = new.realServers.indices.map { place in
            guard let server = left.removeValue(forKey: new.realServers[place].endpoint.value) else {
                places.append(nil)
                let server = RunningServer(place, of: self)
                server.checks = makeChecks(of: server, new.realServers[place], in: new, keys[place])
                return server
            }
            places.append(server.place)
            let settings = old.realServers[server.place]
            server.place = place
            migrate(server, from: settings, to: new.realServers[place], new, keys[place], renewsProbes)
            return server
        }
        for server in left.values { for check in server.checks { check.end() } }
        take(servers, before: places, old)
    }

    /// Lets checks that ask the same go on, makes those that are new and ends those that are gone.
    private func migrate(
        _ server: RunningServer, from old: RealServer, to new: RealServer, _ service: VirtualServer,
        _ keys: [CheckKey], _ renewsProbes: Bool
    ) {
        guard old != new || renewsProbes else { return }
        var left: [(any RunningCheck)?] = server.checks
        server.checks = new.checkers.indices.map { place in
            let checker = new.checkers[place]
            guard
                let found = left.indices.first(where: {
                    left[$0] != nil && old.checkers[$0].asksTheSame(as: checker)
                }), let check = left[found]
            else { return makeCheck(place, checker, of: server, new, in: service, keys[place]) }
            left[found] = nil
            check.place = place
            check.key = keys[place]
            if let check = check as? ProbedCheck {
                let asksOtherwise = renewsProbes || !old.checkers[found].asksLikewise(as: checker)
                let probe = asksOtherwise ? balancer.surroundings.probes.probe(checker, of: new, in: service) : nil
                check.become(CheckSettings(checker), asking: probe)
            }
            return check
        }
        for check in left { check?.end() }
    }
}

extension Checker {
    /// Whether another check asks the same of a server, so that what this one knows counts for that one too.
    func asksTheSame(as other: Checker) -> Bool {
        guard connection == other.connection else { return false }
        guard case .script(var mine) = kind, case .script(let its) = other.kind else { return kind == other.kind }
        mine.timeout = its.timeout
        return mine == its
    }

    /// Whether it also asks in the same way.
    func asksLikewise(as other: Checker) -> Bool {
        kind == other.kind && connection == other.connection
            && timing.connectTimeout == other.timing.connectTimeout && timing.delayLoop == other.timing.delayLoop
    }
}
