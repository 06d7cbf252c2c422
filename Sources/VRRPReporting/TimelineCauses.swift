import Addresses
import PacketFormats
import VRRPProtocol
import VRRPSimulation

/// Why a virtual router changed its state, in words.
enum TimelineCauses {
    /// - Parameter before: the router as it was when it decided.
    static func text(
        _ transition: Transition, before: VirtualRouter?, configuration: VirtualRouter.Configuration,
        _ names: TimelineNames
    ) -> String {
        let own = transition.priority
        switch transition.cause {
        case .started:
            return transition.to == .backup ? "started; takes over after \(down(before))" : "started"
        case .ownsAddresses: return "priority 255 owns the addresses and does not wait"
        case .silence(let peer, _):
            let whom = peer.map { " from \(names.name(of: $0.address))" } ?? ""
            return "no advertisement\(whom) for \(down(before))"
        case .resignation(let address, let skew):
            return "priority 0 received from \(names.name(of: address)), and nothing better in the skew time, "
                + "\(TimelineNumbers.seconds(skew.nanoseconds)) s"
        case .preemption(let peer, _):
            return "higher priority \(own) > \(peer.priority) of \(names.name(of: peer.address)), "
                + "not obeyed for \(down(before))"
        case .higherPriority(let peer):
            return "higher priority \(peer.priority) > \(own): yields to \(names.name(of: peer.address))"
        case .higherAddress(let peer):
            let address = configuration.primaryAddress.map(\.description) ?? "none"
            return "tie: \(peer.address) > \(address), both of priority \(own): yields to "
                + names.name(of: peer.address)
        case .duplicateOwner(let peer):
            return "\(names.name(of: peer.address)) claims to own the addresses too: yields"
        case .fault(let cause): return text(cause)
        case .recovery(let cause):
            let wait = transition.to == .backup ? "; takes over after \(down(before))" : ""
            return "no longer: \(text(cause))\(wait)"
        case .shutdown: return transition.from == .active ? "stopped; sends priority 0" : "stopped"
        case .reconfiguration: return "is another virtual router now"
        case .addressLost(let address): return "somebody removed \(address): sends priority 0"
        case .lateness(let lateness):
            return "was not scheduled for \(TimelineNumbers.seconds(lateness.nanoseconds)) s: another has taken over"
        case .standsBack: return "an operator hands over: sends priority 0, and stands back with priority 1"
        case .groupStepsDown(let member): return "\(member) of its sync group is not active any more"
        }
    }

    /// `3.609 s (3 x 1 s + skew 0.609 s)`
    private static func down(_ router: VirtualRouter?) -> String {
        guard let router else { return "its silence" }
        let skew = TimelineNumbers.seconds(router.skewTime.nanoseconds)
        let interval = TimelineNumbers.interval(router.activeAdvertisementInterval)
        return "\(TimelineNumbers.seconds(router.activeDownInterval.nanoseconds)) s "
            + "(\(router.configuration.policy.activeDownAdvertisements) x \(interval) + skew \(skew) s)"
    }

    static func text(_ cause: FaultCause) -> String {
        switch cause.kind {
        case .interface: "interface \(cause.name) is down"
        case .noPrimaryAddress: "there is no address to send from"
        case .virtualMACInterface: "the interface with the virtual MAC is not up"
        case .trackedInterface: "tracked interface \(cause.name) is down"
        case .script: "script \(cause.name) fails"
        case .file: "file \(cause.name) says so"
        case .process: "process \(cause.name) does not run"
        case .bfd: "BFD session \(cause.name) is down"
        case .syncGroup: "\(cause.name) of its sync group cannot take part"
        case .held: "it is held back"
        }
    }

    static func text(_ reading: Tracker.Reading, of tracker: TrackerPlan) -> String {
        let name = "\(tracker.kind) \(tracker.name)"
        switch (tracker.kind, reading) {
        case (.script, .bad): return "\(name) has failed\(times(tracker.fall)): it counts as bad now"
        case (.script, .good): return "\(name) has succeeded\(times(tracker.rise)): it counts as good again"
        case (.file, .value(let value)): return "\(name) contains \(value)"
        case (.process, .bad): return "\(name) does not run"
        case (.process, .good): return "\(name) runs"
        case (_, .bad): return "\(name) is down"
        case (_, .good): return "\(name) is up"
        case (_, .value(let value)): return "\(name) is \(value)"
        case (_, .unknown): return "nothing is known of \(name)"
        }
    }

    private static func times(_ count: Int) -> String { count < 2 ? "" : " \(count) times in a row" }
}
