import Addresses
import KeepalivedConfig
import VRRPProtocol

extension Daemon {
    /// What keeps every instance out of the election in strict maintenance.
    static let maintenance = FaultCause(.held, name: "an operator keeps this node out: maintenance --strict")

    /// Does what operators have ordered from now on; what is so already stays as it is. Instances that are made later
    /// are told by the next call.
    package func obey(_ orders: Orders) {
        self.orders = orders
        let isHeld = orders.maintenance?.isStrict ?? false
        for instance in instances { instance.obeyPriority() }
        for group in groups {
            let standsBack = group.members.contains { orders.standsBack($0.name) }
            let differs = group.members.contains { $0.router.isStandingBack != standsBack }
            let holds = group.members.contains { $0.router.faults.contains(Self.maintenance) }
            // Into fault before anything else, and out of it with the priority that counts then: one transition each.
            if isHeld, !holds { group.handle(.faulted(Self.maintenance)) }
            if differs { group.handle(.standBack(standsBack)) }
            if !isHeld, holds { group.handle(.recovered(Self.maintenance)) }
        }
        for instance in instances where instance.group == nil {
            let standsBack = orders.standsBack(instance.name)
            if isHeld { instance.handle(.faulted(Self.maintenance)) }
            if instance.router.isStandingBack != standsBack { instance.handle(.standBack(standsBack)) }
            if !isHeld { instance.handle(.recovered(Self.maintenance)) }
        }
    }

    /// Has an instance, or its whole group, hand over once more.
    func handOver(_ instance: RunningInstance) { instance.handle(.standBack(true)) }
}

extension RunningInstance {
    /// What the machine is to be: the settings, with the priority that an operator has put in their place.
    func routerConfiguration(from source: IPAddress?) -> VirtualRouter.Configuration? {
        var configuration = settings.router(in: daemon.configuration.global, from: source)
        if let priority = daemon.orders.priorities[name]?.priority { configuration?.priority = priority }
        return configuration
    }

    fileprivate func obeyPriority() {
        guard var configuration = settings.router(in: daemon.configuration.global, from: nil) else { return }
        if let priority = daemon.orders.priorities[name]?.priority { configuration.priority = priority }
        guard configuration.priority != router.configuration.priority else { return }
        var changed = router.configuration
        changed.priority = configuration.priority
        handle(.reconfigured(changed))
    }

    /// The instances that hand over with this one: its group.
    var companions: [RunningInstance] { group?.members ?? [self] }
}
