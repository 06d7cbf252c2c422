package import ControlProtocol
import VRRPProtocol

extension Steering {
    /// Has an instance, and with it its sync group, hand over and stand back, or ends that.
    ///
    /// - Parameter done: Called when another router is active, or when there is nothing to wait for.
    package func failover(
        _ request: FailoverRequest, then done: @escaping (Result<SteeringAnswer, ControlRefusal>) -> Void
    ) {
        do throws(ControlRefusal) {
            let instance = try instance(named: request.instance)
            if request.back { return done(.success(comeBack(instance, request))) }
            let isStandingBack = instance.companions.contains { orders.failovers[$0.name] != nil }
            if isStandingBack, instance.state != .active { return done(.success(standLonger(instance, request))) }
            if let refusal = instance.failoverFacts.refusal(isForced: request.force) { throw ControlRefusal(refusal) }
            if request.dryRun { return done(.success(imagineFailover(of: instance, request))) }
            handOver(instance, request, then: done)
        } catch {
            done(.failure(error))
        }
    }

    private func imagineFailover(of instance: RunningInstance, _ request: FailoverRequest) -> SteeringAnswer {
        var answer = SteeringAnswer(dryRun: true, remarks: instance.remarksAboutOwnAddresses)
        for companion in instance.companions {
            let before = InstanceStanding(companion.name, companion.router)
            var after = before
            after.state = .backup
            after.priority = 1
            answer.changes += before.changes(to: after)
        }
        let end = words(until: term(seconds: request.seconds).until, or: backCommand(instance))
        answer.sentences = ["\(instance.namesTogether) would send priority 0, and stand back \(end)"]
        if let heard = instance.lastHeard {
            answer.sentences.append(
                "\(heard.peer.address) was heard last, with priority \(heard.peer.priority), at \(timestamp(heard.at))")
        }
        return answer
    }

    private func handOver(
        _ instance: RunningInstance, _ request: FailoverRequest,
        then done: @escaping (Result<SteeringAnswer, ControlRefusal>) -> Void
    ) {
        let companions = instance.companions
        let before = companions.map { InstanceStanding($0.name, $0.router) }
        let remarks = instance.remarksAboutOwnAddresses
        let stoodBack = instance.router.isStandingBack
        let handOver = HandOver(of: companions, at: time.now)
        let term = term(seconds: request.seconds)
        let lasting = "\(instance.namesTogether) stands back \(words(until: term.until, or: backCommand(instance)))"
        let others = change { $0.failovers[instance.name] = term }
        // Told already, it is active because nobody else was there.
        if stoodBack { daemon?.handOver(instance) }
        say("\(instance.name) hands over: \(lasting)", order: "failover", subject: instance.name)
        wait(for: handOver) { [unowned self] in
            var answer = SteeringAnswer(dryRun: false, remarks: remarks + others)
            for (companion, before) in zip(companions, before) {
                answer.changes += before.changes(to: InstanceStanding(companion.name, companion.router))
            }
            if handOver.outcome(of: instance) == .cameBack {
                return done(
                    .failure(
                        ControlRefusal(
                            "nobody took over: \(instance.namesTogether) is active again, with priority 1. It still "
                                + "stands back, and yields to any router that comes; what ends that: \(backCommand(instance))"
                        )))
            }
            answer.sentences = companions.map { words(about: $0, handOver.outcome(of: $0)) }
            answer.sentences.append(lasting)
            done(.success(answer))
        }
    }

    func words(about instance: RunningInstance, _ outcome: HandOver.Outcome) -> String {
        switch outcome {
        case .taken(let peer, let after):
            "\(peer.address) is active for \(instance.name), with priority \(peer.priority), "
                + "\(TransitionWords.seconds(after)) after the resignation"
        case .cameBack: "nobody took over \(instance.name): it is active again, with priority 1"
        case .open: "nobody has been heard for \(instance.name) yet"
        }
    }

    private func backCommand(_ instance: RunningInstance) -> String { "vrrpctl failover \(instance.name) --back" }

    /// It has handed over before; only the end may be another one.
    private func standLonger(_ instance: RunningInstance, _ request: FailoverRequest) -> SteeringAnswer {
        var answer = SteeringAnswer(dryRun: request.dryRun)
        let holder = instance.companions.first { orders.failovers[$0.name] != nil } ?? instance
        let old = orders.failovers[holder.name]
        let new = request.seconds.map { self.term(seconds: $0).until } ?? nil
        let active = instance.router.activeRouter.map { "; \($0.peer.address) is active" } ?? ""
        answer.sentences = ["\(instance.namesTogether) stands back already\(active)"]
        guard let old, old.until != new else { return answer }
        let (before, after) = (
            words(until: old.until, or: backCommand(instance)), words(until: new, or: backCommand(instance))
        )
        answer.changes = [.init(holder.name, "stands back", from: before, to: after)]
        guard !request.dryRun else { return answer }
        answer.remarks = change { $0.failovers[holder.name] = Orders.Term(since: old.since, until: new) }
        say("\(instance.namesTogether) stands back \(after)", order: "failover", subject: instance.name)
        return answer
    }

    private func comeBack(_ instance: RunningInstance, _ request: FailoverRequest) -> SteeringAnswer {
        var answer = SteeringAnswer(dryRun: request.dryRun)
        let holders = instance.companions.map(\.name).filter { orders.failovers[$0] != nil }
        guard !holders.isEmpty else {
            answer.sentences = ["\(instance.name) does not stand back after a failover; nothing is changed"]
            return answer
        }
        let before = instance.companions.map { InstanceStanding($0.name, $0.router) }
        if orders.maintenance != nil {
            answer.remarks = ["the node is in maintenance: it stands back until that ends, too"]
        }
        if request.dryRun {
            for (companion, before) in zip(instance.companions, before) where orders.maintenance == nil {
                answer.changes += before.changes(
                    to: InstanceStanding(companion.name, companion.routerComingBack(at: time.now)))
            }
            answer.sentences = ["\(instance.namesTogether) would take part with its own priority again"]
            return answer
        }
        answer.remarks += change { orders in
            for holder in holders { orders.failovers[holder] = nil }
        }
        for (companion, before) in zip(instance.companions, before) {
            answer.changes += before.changes(to: InstanceStanding(companion.name, companion.router))
        }
        answer.sentences = instance.companions.map { $0.prospect }
        say("\(instance.namesTogether) need not stand back any longer", order: "failover", subject: instance.name)
        return answer
    }
}
