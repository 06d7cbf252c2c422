import Addresses
import VRRPProtocol

/// What decides whether an instance can hand over.
struct FailoverFacts: Hashable {
    var name: String
    var state: VirtualRouter.State
    var virtualRouterID: UInt8
    /// Who is active, where that is another router.
    var active: Peer?
    /// Whether another router of the instance has ever been heard of.
    var knowsOthers: Bool
    var faults: [FaultCause] = []

    /// Why handing over makes no sense; nil where it does.
    ///
    /// - Parameter isForced: The operator knows that nobody was heard, and wants it all the same.
    func refusal(isForced: Bool) -> String? {
        switch state {
        case .active: break
        case .backup:
            let who = active.map { ": \($0.address) is, with priority \($0.priority)" } ?? ""
            return "\(name) is backup, not active\(who); there is nothing to hand over"
        case .fault:
            let why = faults.first.map { ": \(TransitionWords.text($0))" } ?? ""
            return "\(name) is in fault, not active\(why); there is nothing to hand over"
        case .initialize: return "\(name) has not started yet; there is nothing to hand over"
        }
        guard !knowsOthers, !isForced else { return nil }
        return "\(name): no other router of VRID \(virtualRouterID) has been heard of since this daemon began, so that "
            + "perhaps nobody would take the addresses. A backup that came later says nothing; if there is one, use "
            + "--force: without one the addresses come back after a skew time"
    }
}
