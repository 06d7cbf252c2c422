import ControlProtocol
import HealthPolicy
import KeepalivedConfig
import PacketFormats
import VRRPProtocol

/// Collects what explanations go by.
struct Explainer {
    let daemon: Daemon
    let balancer: Balancer?
    let history: History
    /// What operators have ordered; nil for nothing.
    let steering: Steering?
    let clock: WallClock

    init(_ daemon: Daemon, _ balancer: Balancer?, _ history: History, _ steering: Steering? = nil) {
        self.daemon = daemon
        self.balancer = balancer
        self.history = history
        self.steering = steering
        let time = daemon.surroundings.time
        clock = WallClock(now: Timestamp(time.wallTime), instant: time.now)
    }

    /// Of everything that has this name: instances first.
    func explanations(of name: String) throws(UnknownName) -> [ExplanationReport] {
        if let instance = daemon.byName[name] { return [ExplanationReport(facts(of: instance))] }
        let services = balancer?.services ?? []
        let names = ServerNames(daemon.configuration)
        if let place = try? names.service(named: name), services.indices.contains(place) {
            let service = services[place]
            return [ExplanationReport(clock.report(of: service), threshold: service.health.threshold, at: clock.now)]
        }
        let found = names.servers(named: name).filter {
            services.indices.contains($0.service) && services[$0.service].servers.indices.contains($0.server)
        }
        guard !found.isEmpty else {
            throw UnknownName(
                "instance or server", name,
                among: daemon.instances.map(\.name) + services.map(\.name)
                    + services.flatMap { $0.servers.map(\.name) })
        }
        return found.map { ExplanationReport(facts(of: services[$0.service].servers[$0.server])) }
    }

    // MARK: Virtual routers

    func facts(of instance: RunningInstance) -> InstanceFacts {
        let router = instance.router
        var orders = steering?.reports(ofInstance: instance.name) ?? []
        if let maintenance = steering?.maintenanceReport, !orders.contains(maintenance) { orders.append(maintenance) }
        var facts = InstanceFacts(instance: clock.report(of: instance, steering: orders), now: clock.now)
        facts.deadline = (router.state == .active ? nil : router.deadline).map(clock.time)
        if !daemon.isStarted {
            facts.deadline = clock.time(Instant.origin + daemon.configuration.global.delayAfterBoot.value)
        }
        facts.preemptDelayMilliseconds = router.configuration.preemptDelay.wholeMilliseconds
        facts.preemptsAt = router.preemptsAt.map(clock.time)
        facts.skewMilliseconds = router.skewTime.wholeMilliseconds
        facts.isReady = router.isReadyToTakeOver && instance.group != nil
        facts.members = (instance.group?.machine.members ?? []).map {
            InstanceFacts.Member(name: $0.name, state: "\($0.router.state)", isReady: $0.router.isReadyToTakeOver)
        }
        facts.turns = instance.allTrackers.map(InstanceFacts.Turn.init)
        facts.refusals = refusals(of: instance)
        return facts
    }

    private func refusals(of instance: RunningInstance) -> [InstanceFacts.Refusal] {
        guard !instance.counters.rejected.isEmpty else { return [] }
        let events = history.events(matching: EventQuery(kinds: [.rejected], subject: instance.name))
            .compactMap(\.event)
        return instance.counters.rejected
            .sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
            .map { rejection, count in
                let last = events.last { $0.fields["reason"] == rejection.rawValue }
                return InstanceFacts.Refusal(
                    reason: rejection.rawValue, count: count, last: last?.time, source: last?.fields["source"])
            }
    }

    // MARK: Real servers

    func facts(of server: RunningServer) -> ServerFacts {
        let service = server.service
        let events = history.events(matching: EventQuery(kinds: [.server], subject: server.name))
            .compactMap(\.event).filter { $0.fields["virtualServer"] == service.name }
        let name = service.settings.serverName(of: server.settings)
        let report = clock.report(of: server, steering: steering?.report(of: name))
        return ServerFacts(
            service: clock.report(of: service), server: report,
            checks: zip(server.checks, report.checks).map(ServerFacts.Check.init), now: clock.now,
            isInhibited: server.settings.inhibitsOnFailure.value, threshold: service.health.threshold,
            events: events.reversed())
    }
}

extension RunningInstance {
    /// What it tracks itself, and what its group does.
    var allTrackers: [Tracker] { tracking.trackers + (group?.tracking.trackers ?? []) }
}

extension InstanceFacts.Turn {
    fileprivate init(_ tracker: Tracker) {
        var other = tracker
        let isGood: Bool
        switch tracker.reading {
        case .good: (isGood, other.reading) = (true, .bad)
        case .bad, .unknown: (isGood, other.reading) = (false, .good)
        case .value(let value): (isGood, other.reading) = (value == 0, .value(value == 0 ? 1 : 0))
        }
        self.init(
            kind: "\(tracker.kind)", name: tracker.name, isGood: isGood, weight: tracker.effect.weight,
            otherWeight: other.effect.weight, isFault: tracker.effect == .fault, wouldBeFault: other.effect == .fault)
    }
}

extension Tracker.Effect {
    fileprivate var weight: Int {
        if case .weight(let weight) = self { weight } else { 0 }
    }
}

extension ServerFacts.Check {
    fileprivate init(_ check: any RunningCheck, _ report: CheckReport) {
        let timing = check.checker.timing
        self.init(
            report: report, hasRun: true, failures: 0, retries: 0, stepsLeft: 1,
            delayMilliseconds: timing.delayLoop.value.wholeMilliseconds, retryMilliseconds: 0, isTold: true)
        if let check = check as? ProbedCheck {
            isTold = false
            hasRun = check.machine.hasRun
            failures = check.machine.failedAttempts
            retries = check.machine.settings.retries
            stepsLeft = check.machine.attemptsToSuccess
            delayMilliseconds = check.machine.settings.delayLoop.wholeMilliseconds
            retryMilliseconds = check.machine.settings.delayBeforeRetry.wholeMilliseconds
        }
        switch check.weight {
        case .unchanged: break
        case .absolute(let weight): absoluteWeight = weight
        case .added(let weight): addedWeight = weight
        }
    }
}

extension Duration {
    /// Rounded up, so that what takes any time takes some.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        let (rest, overflow) = Int(seconds).multipliedReportingOverflow(by: 1000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        return rest + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
