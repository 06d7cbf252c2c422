import Addresses
import ControlProtocol
import KeepalivedConfig
import PacketFormats
import VRRPAssembly
import VRRPProtocol
import VRRPReporting

extension RunningInstance {
    /// The instance as it is now.
    func report(_ clock: ReportClock) -> InstanceReport {
        let (settings, router) = (settings, router)
        let transition = router.lastTransition
        let addresses = (settings.addresses + settings.excludedAddresses).map(\.value)
        return InstanceReport(
            name: name, state: "\(router.state)", since: transition.map { clock.time(of: $0.instant) },
            interface: virtual?.name ?? base?.name ?? settings.interface.value ?? "",
            virtualRouterID: Int(router.configuration.virtualRouterID),
            family: settings.family == .ipv6 ? "ipv6" : "ipv4", version: settings.version.value,
            configuredPriority: settings.priority.value, effectivePriority: Int(router.effectivePriority),
            trackers: tracking.trackers.map(TrackerReport.init)
                + (group?.tracking.trackers.map(TrackerReport.init) ?? []),
            intervalMilliseconds: router.activeAdvertisementInterval.milliseconds,
            activeDownMilliseconds: router.activeDownInterval.milliseconds,
            preempts: router.configuration.preempts || router.configuration.isOwner,
            activeRouter: activeRouter(router, clock), source: source.map { "\($0)" },
            addresses: addresses.map { "\($0.prefix)" },
            held: addresses.filter { held.contains($0.address) && surroundings.network.holds($0.address) }
                .map { "\($0.prefix)" },
            faults: router.faults.map(FaultReport.init),
            lastTransition: transition.map { TransitionReport($0, of: router, clock) }, group: group?.name,
            steering: steering(clock), counters: CountersReport(counters))
    }

    /// What operators have ordered for it alone.
    private func steering(_ clock: ReportClock) -> [SteeringReport] {
        let orders = daemon.orders
        var reports = orders.failovers[name].map { [SteeringReport("failover", $0, clock)] } ?? []
        if let order = orders.priorities[name] {
            reports.append(SteeringReport("priority", order.term, clock, priority: Int(order.priority)))
        }
        return reports
    }

    private func activeRouter(_ router: VirtualRouter, _ clock: ReportClock) -> PeerReport? {
        if router.state == .active {
            return PeerReport(
                address: source.map { "\($0)" } ?? "", priority: Int(router.effectivePriority), isThis: true,
                heardAt: nil)
        }
        return router.activeRouter.map { peer, heardAt in
            PeerReport(
                address: "\(peer.address)", priority: Int(peer.priority), isThis: false,
                heardAt: clock.time(of: heardAt))
        }
    }
}

extension TrackerReport {
    fileprivate init(_ tracker: Tracker) {
        let reading =
            switch tracker.reading {
            case .unknown: "unknown"
            case .good: "up"
            case .bad: "down"
            case .value(let value): "\(value)"
            }
        var weight: Int?
        if case .weight(let counted) = tracker.effect, tracker.weight != 0 { weight = counted }
        self.init(
            kind: "\(tracker.kind)", name: tracker.name, reading: reading, weight: weight,
            isFault: tracker.effect == .fault)
    }
}

extension FaultReport {
    fileprivate init(_ cause: FaultCause) {
        self.init(kind: cause.kind.name, name: cause.name, text: TransitionWords.text(cause))
    }
}

extension FaultCause.Kind {
    /// In a word, for programs.
    fileprivate var name: String {
        switch self {
        case .interface: "interface"
        case .noPrimaryAddress: "no-primary-address"
        case .virtualMACInterface: "virtual-mac-interface"
        case .trackedInterface: "tracked-interface"
        case .script: "script"
        case .file: "file"
        case .process: "process"
        case .bfd: "bfd"
        case .syncGroup: "sync-group"
        case .held: "held"
        }
    }
}

extension TransitionReport {
    fileprivate init(_ transition: Transition, of router: VirtualRouter, _ clock: ReportClock) {
        self.init(
            from: "\(transition.from)", to: "\(transition.to)", cause: transition.cause.name,
            text: TransitionWords.reason(of: transition, router), time: clock.time(of: transition.instant))
    }
}

extension CountersReport {
    fileprivate init(_ counters: Counters) {
        self.init(
            sent: counters.sent, received: counters.received, resignationsSent: counters.resignationsSent,
            resignationsReceived: counters.resignationsReceived, becameActive: counters.becameActive,
            leftActive: counters.leftActive, unanswered: counters.unanswered, notEncoded: counters.encodingFailures,
            rejected: Dictionary(uniqueKeysWithValues: counters.rejected.map { ($0.key.rawValue, $0.value) }))
    }
}
