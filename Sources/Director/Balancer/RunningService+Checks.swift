import HealthChecks
import HealthPolicy
import KeepalivedConfig

extension RunningService {
    /// The checks that a real server's settings ask for, none of which has begun.
    ///
    /// - Parameter keys: What they are known by.
    func makeChecks(
        of server: RunningServer, _ settings: RealServer, in service: VirtualServer, _ keys: [CheckKey]
    ) -> [any RunningCheck] {
        settings.checkers.indices.map { place in
            makeCheck(place, settings.checkers[place], of: server, settings, in: service, keys[place])
        }
    }

    func makeCheck(
        _ place: Int, _ checker: Checker, of server: RunningServer, _ settings: RealServer, in service: VirtualServer,
        _ key: CheckKey
    ) -> any RunningCheck {
        guard let probe = balancer.surroundings.probes.probe(checker, of: settings, in: service) else {
            return ToldCheck(place, of: server, knowing: balancer.reading(of: checker), key: key)
        }
        return ProbedCheck(
            place, of: server, asking: probe, CheckSettings(checker), descriptors: checker.descriptors, key: key)
    }
}

extension Checker {
    /// What an attempt takes. A script has its output, the line that it hangs on the daemon by, and its process.
    var descriptors: Int {
        if case .script = kind { 3 } else { 1 }
    }
}

extension Checker {
    var isAboutPages: Bool { if case .http = kind { true } else { false } }
}

extension CheckSettings {
    init(_ checker: Checker) {
        self.init(
            delayLoop: checker.timing.delayLoop.value, delayBeforeRetry: checker.timing.delayBeforeRetry.value,
            warmup: checker.timing.warmup.value, retries: checker.timing.retries.value)
        isAlpha = checker.isAlpha.value
        logsAllFailures = checker.logsAllFailures.value
        switch checker.kind {
        case .http(let check, _):
            steps = max(1, check.pages.count)
            recoversFast = check.recoversFast.value
            startsOver = true
        case .script: countsFromStart = true
        case .tcp, .smtp: repeatsSeries = true
        case .ping, .dns, .udp, .file, .bfd: break
        }
    }
}

extension ServiceHealth.Settings {
    init(_ service: VirtualServer, _ global: GlobalDefinitions) {
        self.init()
        quorum = service.quorum.value
        hysteresis = service.hysteresis.value
        if service.sorryServer.value != nil {
            sorryServer = ServiceHealth.SorryServer(isInhibited: service.sorryServerInhibits.value)
        }
        isOmega = service.isOmega.value
        tellsAtStart = global.director.notifiesAtStart.value
    }
}
