import Addresses
import TestSupport
import Testing
import VRRPProtocol

/// What must hold after any event whatever. A seed that fails is named in the message.
@Suite("Any sequence of events")
struct RandomEventTests {
    /// Some durations are endless; nobody waits for them.
    private static let distantFuture = Instant.origin + .seconds(1_000_000_000)

    /// The addresses on an interface, as the actions of a router leave them.
    private struct Kernel {
        var addresses: Set<IPAddress> = []
        /// Removed by somebody else.
        var lost: Set<IPAddress> = []

        /// What was wrong with the action, if anything.
        mutating func carryOut(_ action: VirtualRouter.Action) -> String? {
            switch action {
            case .installAddresses(let new):
                guard addresses.isDisjoint(with: new) else { return "installs an address that is there" }
                addresses.formUnion(new)
                lost.subtract(new)
            case .removeAddresses(let old):
                guard addresses.union(lost).isSuperset(of: old) else { return "removes an address that is not there" }
                addresses.subtract(old)
                lost.subtract(old)
            case .announce(let announced, let count):
                guard addresses.union(lost).isSuperset(of: announced) else {
                    return "announces an address that it does not hold"
                }
                if count < 1 || announced.isEmpty { return "announces nothing" }
            case .sendAdvertisement, .notify, .report:
                break
            }
            return nil
        }
    }

    @Test("addresses are held if and only if active, actions are consistent, deadlines lie ahead", arguments: 0..<8)
    func invariants(part: UInt64) {
        for seed in (part * 200)..<(part * 200 + 200) {
            if let complaint = complaint(seed: seed) {
                Issue.record("seed \(seed): \(complaint)")
                return
            }
        }
    }

    /// Runs 200 events and says what was wrong.
    private func complaint(seed: UInt64) -> String? {
        var random = RandomEvents(seed: seed)
        var router = VirtualRouter(random.configuration())
        var kernel = Kernel()
        var now = Instant.origin
        for step in 0..<200 {
            now = now + random.pause()
            if random.numbers.oneIn(2), let deadline = router.deadline, deadline > now, deadline < Self.distantFuture {
                now = deadline
            }
            let event = random.event(for: router.configuration)
            let before = router
            if case .addressLost(let address) = event, kernel.addresses.remove(address) != nil {
                kernel.lost.insert(address)
            }
            var actions: [VirtualRouter.Action] = []
            router.handle(event, at: now, into: &actions)
            for action in actions {
                if let wrong = kernel.carryOut(action) { return "step \(step), \(event): \(wrong)" }
            }
            if let wrong = complaint(about: actions, of: event, from: before, to: router)
                ?? complaint(about: router, kernel: kernel, after: event, at: now)
            {
                return "step \(step), \(event): \(wrong)"
            }
        }
        return nil
    }

    private func complaint(
        about router: VirtualRouter, kernel: Kernel, after event: VirtualRouter.Event, at now: Instant
    )
        -> String?
    {
        let isActive = router.state == .active
        if router.addresses != (isActive ? router.configuration.heldAddresses : []) {
            return "holds \(router.addresses)"
        }
        if kernel.addresses.union(kernel.lost) != Set(router.addresses) { return "the interface has other addresses" }
        if isActive != router.dataPlane.answersNeighbours { return "answers while \(router.state)" }
        if router.effectivePriority == 0 { return "priority 0" }
        if router.isStandingBack, router.effectivePriority != 1 {
            return "stands back with \(router.effectivePriority)"
        }
        if router.effectivePriority == 255, !router.configuration.isOwner { return "an owner by mistake" }
        if router.activeDownInterval <= .zero || router.skewTime <= .zero { return "no time to wait" }
        switch router.state {
        case .initialize:
            if router.isStarted != (router.deadline != nil) {
                return "initialize with deadline \(router.deadline as Any)"
            }
        case .fault:
            if router.faults.isEmpty || router.deadline != nil { return "in fault for no reason, or with a timer" }
        case .backup, .active:
            if !router.faults.isEmpty || router.deadline == nil { return "runs in fault, or without a timer" }
        }
        if case .timeReached = event, let deadline = router.deadline, deadline <= now {
            return "a deadline in the past"
        }
        var early = router
        var actions: [VirtualRouter.Action] = []
        if let deadline = router.deadline {
            early.handle(.timeReached, at: deadline - .nanoseconds(1), into: &actions)
        } else {
            early.handle(.timeReached, at: now + .seconds(1_000_000), into: &actions)
        }
        return early == router && actions.isEmpty ? nil : "an early timer call does something"
    }

    private func complaint(
        about actions: [VirtualRouter.Action], of event: VirtualRouter.Event, from before: VirtualRouter,
        to after: VirtualRouter
    ) -> String? {
        if case .advertisement = event, before.state == .initialize || before.state == .fault {
            return before == after && actions.isEmpty ? nil : "hears something while \(before.state)"
        }
        var state = before.state
        var isAnnounced = true
        for action in actions {
            switch action {
            case .notify(let transition):
                if transition.from != state { return "\(transition) from \(state)" }
                if transition.to == transition.from { return "a transition to the same state" }
                if !isAnnounced { return "notifies before it announces" }
                state = transition.to
            case .sendAdvertisement(let advertisement):
                if state != .active, advertisement.priority == 0 { return "resigns while \(state)" }
            case .installAddresses:
                isAnnounced = false
            case .announce:
                isAnnounced = true
            case .removeAddresses, .report:
                break
            }
        }
        if !isAnnounced { return "installs without announcing" }
        return state == after.state ? nil : "became \(after.state), said \(state)"
    }

    @Test("instants at the ends of their range stop nothing")
    func ends() {
        for seed in 0..<200 as Range<UInt64> {
            var random = RandomEvents(seed: seed)
            var router = VirtualRouter(random.configuration())
            var actions: [VirtualRouter.Action] = []
            for _ in 0..<200 {
                let now = Instant(nanoseconds: random.numbers.pick([.min, .min + 1, -1, 0, 1, .max - 1, .max]))
                router.handle(random.event(for: router.configuration), at: now, into: &actions)
            }
            #expect(
                (router.state == .active) == !router.addresses.isEmpty || router.configuration.heldAddresses.isEmpty)
        }
    }

    @Test("the members of a group are active all or none, and in fault all or none", arguments: 0..<4)
    func groups(part: UInt64) {
        for seed in (part * 100)..<(part * 100 + 100) {
            var random = RandomEvents(seed: seed)
            let count = Int(2 + random.numbers.next() % 2)
            var group = SyncGroup(name: "VG", members: (0..<count).map { ("m\($0)", random.configuration()) })
            var kernels = Array(repeating: Kernel(), count: count)
            var now = Instant.origin
            var notified = VirtualRouter.State.initialize
            for step in 0..<200 {
                now = now + random.pause()
                if random.numbers.oneIn(2), let deadline = group.deadline, deadline > now, deadline < Self.distantFuture
                {
                    now = deadline
                }
                let member = Int(random.numbers.next() % UInt64(count))
                let event: SyncGroup.Event =
                    switch random.numbers.next() % 16 {
                    case 0, 1: .startup
                    case 2...7: .timeReached
                    case 8: random.numbers.oneIn(4) ? .shutdown : .startup
                    case 9: .recovered(FaultCause(.script, name: "a"))
                    case 10:
                        random.numbers.oneIn(2)
                            ? .priorityAdjusted(by: random.numbers.pick([0, 10, .min, .max]))
                            : .standBack(random.numbers.oneIn(2))
                    default: .member(member, random.event(for: group.members[member].router.configuration))
                    }
                if case .member(_, .addressLost(let address)) = event, kernels[member].addresses.remove(address) != nil
                {
                    kernels[member].lost.insert(address)
                }
                var actions: [SyncGroup.Action] = []
                group.handle(event, at: now, into: &actions)
                for action in actions {
                    switch action {
                    case .member(let place, let action):
                        if let wrong = kernels[place].carryOut(action) {
                            Issue.record("seed \(seed), step \(step), \(event): member \(place) \(wrong)")
                            return
                        }
                    case .notify(let transition):
                        #expect(transition.from == notified, "seed \(seed), step \(step)")
                        notified = transition.to
                    }
                }
                let states = group.members.map(\.router.state)
                let isConsistent =
                    (!states.contains(.active) || states.allSatisfy { $0 == .active })
                    && (!states.contains(.fault) || states.allSatisfy { $0 == .fault || $0 == .initialize })
                    && zip(group.members, kernels).allSatisfy { member, kernel in
                        kernel.addresses.union(kernel.lost) == Set(member.router.addresses)
                    }
                    && notified == group.state
                if !isConsistent {
                    Issue.record("seed \(seed), step \(step), \(event): \(states), notified \(notified)")
                    return
                }
            }
        }
    }
}
