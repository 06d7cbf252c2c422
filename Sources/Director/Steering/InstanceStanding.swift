import ControlProtocol
import VRRPProtocol

/// What an operator sees of an instance before and after an order.
struct InstanceStanding: Hashable {
    var name: String
    var state: VirtualRouter.State
    var base: UInt8
    var priority: UInt8
    /// Who is active: an address, or `this router`.
    var active: String

    init(_ name: String, _ router: VirtualRouter) {
        self.name = name
        state = router.state
        base = router.configuration.priority
        priority = router.effectivePriority
        active =
            router.state == .active ? "this router" : router.activeRouter.map { "\($0.peer.address)" } ?? "nobody known"
    }

    /// What is different now.
    func changes(to now: InstanceStanding) -> [SteeringAnswer.Change] {
        var changes: [SteeringAnswer.Change] = []
        func note(_ property: String, _ before: String, _ after: String) {
            if before != after { changes.append(.init(name, property, from: before, to: after)) }
        }
        note("state", "\(state)", "\(now.state)")
        note("priority", "\(base)", "\(now.base)")
        note("effective priority", "\(priority)", "\(now.priority)")
        note("active router", active, now.active)
        return changes
    }
}
