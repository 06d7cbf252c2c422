package import ControlProtocol
import VRRPProtocol

extension Steering {
    /// Has all instances hand over and stand back, or ends that.
    ///
    /// - Parameter done: Called when other routers are active, or when there is nothing to wait for.
    package func maintenance(
        _ request: MaintenanceRequest, then done: @escaping (Result<SteeringAnswer, ControlRefusal>) -> Void
    ) {
        do throws(ControlRefusal) {
            let daemon = try running()
            guard request.on else { return done(.success(endMaintenance(request, of: daemon))) }
            if let present = orders.maintenance, present.isStrict == request.strict {
                return done(.success(maintainLonger(present, request)))
            }
            let active = daemon.instances.filter { $0.state == .active }
            let alone = active.filter { $0.lastHeard == nil }.map(\.name)
            guard alone.isEmpty || request.force else { throw Self.refusal(of: alone, request) }
            if request.dryRun { return done(.success(imagineMaintenance(request, of: daemon))) }
            maintain(daemon, active, request, then: done)
        } catch {
            done(.failure(error))
        }
    }

    private static func refusal(of alone: [String], _ request: MaintenanceRequest) -> ControlRefusal {
        ControlRefusal(
            "no other router has been heard of for \(alone.joined(separator: ", ")) since this daemon began, so that "
                + "perhaps nobody would take the addresses. A backup that came later says nothing; if there is one, use "
                + "--force: without one "
                + (request.strict ? "nobody has the addresses" : "the addresses come back after a skew time"))
    }

    private func standing(of daemon: Daemon) -> [InstanceStanding] {
        daemon.instances.map { InstanceStanding($0.name, $0.router) }
    }

    private func imagineMaintenance(_ request: MaintenanceRequest, of daemon: Daemon) -> SteeringAnswer {
        var answer = SteeringAnswer(dryRun: true)
        for before in standing(of: daemon) {
            var after = before
            if request.strict { after.state = .fault } else if before.state == .active { after.state = .backup }
            after.priority = 1
            answer.changes += before.changes(to: after)
        }
        for instance in daemon.instances where instance.state == .active {
            answer.remarks += instance.remarksAboutOwnAddresses
        }
        answer.sentences = [
            "the node would be in maintenance \(words(of: request)) \(end(term(seconds: request.seconds)))"
        ]
        return answer
    }

    private func maintain(
        _ daemon: Daemon, _ active: [RunningInstance], _ request: MaintenanceRequest,
        then done: @escaping (Result<SteeringAnswer, ControlRefusal>) -> Void
    ) {
        let before = standing(of: daemon)
        let remarks = active.flatMap(\.remarksAboutOwnAddresses)
        // In strict maintenance nobody listens for who takes over.
        let handOver = HandOver(of: request.strict ? [] : active, at: time.now)
        let term = term(seconds: request.seconds)
        let lasting = "the node is in maintenance \(words(of: request)) \(end(term))"
        let others = change { $0.maintenance = Orders.Maintenance(term: term, isStrict: request.strict) }
        say(lasting, order: "maintenance")
        wait(for: handOver) { [unowned self, weak daemon] in
            guard let daemon else { return }
            var answer = SteeringAnswer(dryRun: false, remarks: remarks + others)
            let after = Dictionary(standing(of: daemon).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
            for before in before { answer.changes += after[before.name].map(before.changes(to:)) ?? [] }
            for instance in handOver.instances where !instance.isEnded {
                let outcome = handOver.outcome(of: instance)
                if case .taken = outcome {
                    answer.sentences.append(words(about: instance, outcome))
                } else {
                    answer.remarks.append(words(about: instance, outcome))
                }
            }
            answer.sentences.append(lasting)
            done(.success(answer))
        }
    }

    private func maintainLonger(_ present: Orders.Maintenance, _ request: MaintenanceRequest) -> SteeringAnswer {
        var answer = SteeringAnswer(dryRun: request.dryRun)
        answer.sentences = ["the node is in maintenance already, since \(timestamp(present.term.since))"]
        let new = request.seconds.map { self.term(seconds: $0).until } ?? nil
        guard present.term.until != new else { return answer }
        let command = "vrrpctl maintenance off"
        let (before, after) = (words(until: present.term.until, or: command), words(until: new, or: command))
        answer.changes = [.init("maintenance", "lasts", from: before, to: after)]
        guard !request.dryRun else { return answer }
        let term = Orders.Term(since: present.term.since, until: new)
        answer.remarks = change { $0.maintenance?.term = term }
        say("the node is in maintenance \(after)", order: "maintenance")
        return answer
    }

    private func endMaintenance(_ request: MaintenanceRequest, of daemon: Daemon) -> SteeringAnswer {
        var answer = SteeringAnswer(dryRun: request.dryRun)
        guard let present = orders.maintenance else {
            answer.sentences = ["the node is not in maintenance; nothing is changed"]
            return answer
        }
        let others = daemon.instances.filter { instance in
            instance.companions.contains { orders.failovers[$0.name] != nil }
        }
        answer.remarks = others.map {
            "\($0.name) still stands back after a failover: vrrpctl failover \($0.name) --back"
        }
        if request.dryRun {
            answer.sentences = ["the node would take part again; in maintenance since \(timestamp(present.term.since))"]
            return answer
        }
        let before = standing(of: daemon)
        answer.remarks += change { $0.maintenance = nil }
        for (before, after) in zip(before, standing(of: daemon)) { answer.changes += before.changes(to: after) }
        answer.sentences = ["the node is not in maintenance any more"] + daemon.instances.map(\.prospect)
        say("maintenance is over", order: "maintenance")
        return answer
    }

    private func words(of request: MaintenanceRequest) -> String {
        request.strict ? "and takes part in no election," : "and stands back"
    }

    private func end(_ term: Orders.Term) -> String { words(until: term.until, or: "vrrpctl maintenance off") }
}
