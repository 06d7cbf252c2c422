import Addresses
import ControlProtocol
import KeepalivedConfig
import PacketFormats
import VRRPProtocol
import VRRPReporting

extension WallClock {
    /// A virtual router as it is now.
    ///
    /// - Parameter steering: What an operator has ordered for it.
    func report(of instance: RunningInstance, steering: [SteeringReport] = []) -> InstanceReport {
        let router = instance.router
        let transition = router.lastTransition
        let configuration = router.configuration
        return InstanceReport(
            name: instance.name, state: "\(router.state)", since: transition.map { time($0.instant) },
            interface: instance.base?.name ?? instance.settings.interface.value ?? "",
            virtualRouterID: Int(configuration.virtualRouterID),
            family: configuration.family == .ipv4 ? "ipv4" : "ipv6", version: configuration.version == .v2 ? 2 : 3,
            configuredPriority: instance.settings.priority.value, effectivePriority: Int(router.effectivePriority),
            trackers: instance.allTrackers.map(TrackerReport.init),
            intervalMilliseconds: router.activeAdvertisementInterval.wholeMilliseconds,
            activeDownMilliseconds: router.activeDownInterval.wholeMilliseconds, preempts: configuration.preempts,
            activeRouter: activeRouter(of: instance, router), source: instance.source.map { "\($0)" },
            addresses: configuration.heldAddresses.map { "\($0)" },
            held: configuration.heldAddresses.filter(instance.held.contains).map { "\($0)" },
            faults: router.faults.map {
                FaultReport(kind: $0.kind.reportName, name: $0.name, text: TransitionWords.text($0))
            },
            lastTransition: transition.map { transition in
                TransitionReport(
                    from: "\(transition.from)", to: "\(transition.to)", cause: transition.cause.name,
                    text: TransitionWords.text(transition, of: router), time: time(transition.instant))
            }, group: instance.group?.name, steering: steering, counters: CountersReport(instance.counters))
    }

    private func activeRouter(of instance: RunningInstance, _ router: VirtualRouter) -> PeerReport? {
        if router.state == .active {
            return PeerReport(
                address: instance.source.map { "\($0)" } ?? "", priority: Int(router.effectivePriority), isThis: true,
                heardAt: nil)
        }
        return router.activeRouter.map { peer, heardAt in
            PeerReport(
                address: "\(peer.address)", priority: Int(peer.priority), isThis: false, heardAt: time(heardAt))
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
        if case .weight(let added) = tracker.effect, tracker.weight != 0 { weight = added }
        self.init(
            kind: "\(tracker.kind)", name: tracker.name, reading: reading, weight: weight,
            isFault: tracker.effect == .fault)
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

extension FaultCause.Kind {
    /// As reports have it.
    var reportName: String {
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
