import Addresses
import VRRPProtocol

extension RunningInstance {
    var failoverFacts: FailoverFacts {
        let router = router
        return FailoverFacts(
            name: name, state: router.state, virtualRouterID: router.configuration.virtualRouterID,
            active: router.activeRouter?.peer, knowsOthers: lastHeard != nil, faults: router.faults)
    }

    /// `VI_1`, or `VI_1 with VI_2 of sync group VG`.
    var namesTogether: String {
        guard let group else { return name }
        let others = group.members.map(\.name).filter { $0 != name }
        return others.isEmpty ? name : "\(name) with \(others.joined(separator: ", ")) of sync group \(group.name)"
    }

    /// An owner's addresses may be the interface's own, which stay where they are.
    var remarksAboutOwnAddresses: [String] {
        router.configuration.heldAddresses.compactMap { address in
            surroundings.network.interface(with: address).map {
                "\(address) is an address of \($0.name) itself and stays there: hosts may find both routers with it"
            }
        }
    }

    /// The machine as it would be if it were told to come back.
    func routerComingBack(at now: Instant) -> VirtualRouter {
        var router = router
        var ignored: [VirtualRouter.Action] = []
        router.handle(.standBack(false), at: now, into: &ignored)
        return router
    }

    /// What comes of its priority now.
    var prospect: String {
        let router = router
        switch router.state {
        case .active:
            guard let heard = lastHeard?.peer, heard.priority > router.effectivePriority else {
                return "\(name) is active"
            }
            return "\(name) is active, and yields to any router with a higher priority; \(heard.address) had "
                + "\(heard.priority) when it was heard last"
        case .fault: return "\(name) is in fault: \(router.faults.first.map(TransitionWords.text) ?? "")"
        case .initialize: return "\(name) has not started"
        case .backup: break
        }
        if router.isStandingBack { return "\(name) stands back" }
        guard let (peer, _) = router.activeRouter else {
            return "nobody is known to be active for \(name); it takes over after "
                + "\(TransitionWords.seconds(router.activeDownInterval)) of silence"
        }
        let who = "\(peer.address), with priority \(peer.priority), is active for \(name)"
        if router.effectivePriority <= peer.priority { return "\(who) and stays so, as long as it is well" }
        guard router.configuration.preempts || router.effectivePriority == 255 else {
            return "\(who) and stays so, as long as it is well: \(name) does not preempt"
        }
        let wait = router.activeDownInterval + max(router.configuration.preemptDelay, .zero)
        return "\(who); \(name) has the higher priority \(router.effectivePriority) and takes over in about "
            + TransitionWords.seconds(wait)
    }
}
