import Addresses
import VRRPProtocol

/// Changes of state and their causes as the log says them.
enum TransitionWords {
    /// `backup → active: no advertisement from 10.0.0.1 for 3.609 s`
    static func text(_ transition: Transition, of router: VirtualRouter) -> String {
        "\(transition.from) → \(transition.to): \(text(transition.cause, transition, router))"
    }

    /// The cause alone.
    static func reason(of transition: Transition, _ router: VirtualRouter) -> String {
        text(transition.cause, transition, router)
    }

    private static func text(_ cause: TransitionCause, _ transition: Transition, _ router: VirtualRouter) -> String {
        let own = transition.priority
        let wait = transition.to == .backup ? "; takes over after \(seconds(router.activeDownInterval)) of silence" : ""
        switch cause {
        case .started: return "started\(wait)"
        case .ownsAddresses: return "priority 255 owns the addresses and does not wait"
        case .silence(let peer, let duration):
            return "no advertisement\(peer.map { " from \($0.address)" } ?? "") for \(seconds(duration))"
        case .resignation(let address, let skew):
            return "\(address) resigned, and nothing better came in the skew time of \(seconds(skew))"
        case .preemption(let peer, let duration):
            return "priority \(own) is higher than \(peer.priority) of \(peer.address), not obeyed for "
                + seconds(duration)
        case .higherPriority(let peer):
            return "\(peer.address) has the higher priority, \(peer.priority) against \(own)"
        case .higherAddress(let peer): return "\(peer.address) has the same priority \(own) and the higher address"
        case .duplicateOwner(let peer): return "\(peer.address) claims to own the addresses too"
        case .fault(let fault): return text(fault)
        case .recovery(let fault): return "no longer: \(text(fault))\(wait)"
        case .shutdown: return transition.from == .active ? "stopped; sends priority 0" : "stopped"
        case .reconfiguration: return "it is another virtual router now"
        case .addressLost(let address): return "somebody removed \(address)"
        case .lateness(let lateness): return "it was not scheduled for \(seconds(lateness)); another has taken over"
        case .standsBack: return "an operator hands over; sends priority 0, and stands back with priority 1"
        case .groupStepsDown(let member): return "\(member) of its sync group is not active any more"
        }
    }

    static func text(_ cause: FaultCause) -> String {
        switch cause.kind {
        case .interface: "interface \(cause.name) is down or missing"
        case .noPrimaryAddress: "there is no address to send from"
        case .virtualMACInterface: "the interface with the virtual MAC is not up"
        case .trackedInterface: "tracked interface \(cause.name) is down"
        case .script: "script \(cause.name) fails, or has not finished yet"
        case .file: "file \(cause.name) says so"
        case .process: "process \(cause.name) does not run as it should"
        case .bfd: "BFD session \(cause.name) is down"
        case .syncGroup: "\(cause.name) of its sync group cannot take part"
        case .held: cause.name.isEmpty ? "it is held back" : cause.name
        }
    }

    /// Nil for what is said elsewhere.
    static func text(_ observation: Observation) -> String? {
        switch observation {
        case .intervalLearned(let interval, let peer):
            "the advertisement interval is \(seconds(interval)), as \(peer.address) says"
        case .resignationHeard(let address): "\(address) has resigned"
        case .preemptionDelayed(let peer, _): "\(peer.address) has the lower priority and is obeyed for preempt_delay"
        case .faultAdded(let cause): "and \(text(cause))"
        case .faultRemoved(let cause): "no longer: \(text(cause))"
        default: nil
        }
    }

    /// `3.609 s`, without zeros at the end.
    static func seconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        guard milliseconds > 0 else { return "\(seconds) s" }
        var digits = String(milliseconds)
        while digits.utf8.count < 3 { digits = "0" + digits }
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(seconds).\(digits) s"
    }
}
