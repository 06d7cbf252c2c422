package import ControlProtocol
import KeepalivedConfig
import VRRPProtocol

extension Steering {
    /// Puts a priority in the place of the configured one, or ends that.
    package func priority(_ request: PriorityRequest) throws(ControlRefusal) -> SteeringAnswer {
        let instance = try instance(named: request.instance)
        let configured = instance.settings.priority.value
        if let number = request.priority, !(1...254).contains(number) {
            throw ControlRefusal(
                "\(number) is no priority for an order: it is 1 to 254"
                    + (number == 255 ? ", and 255 is for an owner, in the configuration" : ""),
                status: 2)
        }
        let priority = request.priority.map { UInt8(clamping: $0) }
        var answer = SteeringAnswer(dryRun: request.dryRun)
        guard orders.priorities[instance.name]?.priority != priority else {
            answer.sentences = [
                priority.map { "\(instance.name) has priority \($0) by an order already" }
                    ?? "\(instance.name) has the priority \(configured) of the configuration; nothing is changed"
            ]
            return answer
        }
        let before = InstanceStanding(instance.name, instance.router)
        if instance.router.isStandingBack {
            answer.remarks.append("\(instance.name) stands back and counts as priority 1 until that ends")
        }
        if configured == 255, priority != nil {
            answer.remarks.append(
                "\(instance.name) owns its addresses: it does not count as their owner while this lasts")
        }
        if request.dryRun {
            answer.changes = before.changes(
                to: InstanceStanding(instance.name, instance.router(with: priority, at: time.now)))
            answer.sentences = [
                priority.map { "\(instance.name) would have priority \($0), also after a reload" }
                    ?? "\(instance.name) would have the priority \(configured) of the configuration again"
            ]
            return answer
        }
        let term = Orders.Term(since: time.now)
        answer.remarks += change { orders in
            orders.priorities[instance.name] = priority.map { Orders.Priority(term: term, priority: $0) }
        }
        answer.changes = before.changes(to: InstanceStanding(instance.name, instance.router))
        let what =
            priority.map {
                "\(instance.name) has priority \($0) until it is told: vrrpctl priority \(instance.name) default"
            }
            ?? "\(instance.name) has the priority \(configured) of the configuration again"
        answer.sentences = [what, instance.prospect]
        say(what, order: "priority", subject: instance.name)
        return answer
    }
}

extension RunningInstance {
    /// The machine as it would be with another base priority; nil for that of the configuration.
    fileprivate func router(with priority: UInt8?, at now: Instant) -> VirtualRouter {
        var router = router
        var changed = router.configuration
        let configured = settings.router(in: daemon.configuration.global, from: nil)?.priority
        changed.priority = priority ?? configured ?? changed.priority
        var ignored: [VirtualRouter.Action] = []
        router.handle(.reconfigured(changed), at: now, into: &ignored)
        return router
    }
}
