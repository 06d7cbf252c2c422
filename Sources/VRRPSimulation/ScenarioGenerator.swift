import Addresses
import PacketFormats
import VRRPProtocol

/// Makes a scenario of a seed: routers, a network, and a list of things that go wrong.
///
/// All routers of a scenario belong to one virtual router (or to two in one sync group), as their administrators would
/// have set them up; they differ in priority, preemption and, in version 3, interval. Priorities are often equal,
/// because ties are where implementations go wrong. All times scale with the interval, so that a scenario of 10 ms and
/// one of 3 s have as many events.
package struct ScenarioGenerator {
    private var chance: Chance
    private let seed: UInt64
    private var intervals: [Int64] = []
    private var delay: Int64 = 0
    private var wakeUp: Int64 = 0

    package static func scenario(seed: UInt64) -> Scenario {
        var generator = ScenarioGenerator(seed: seed)
        return generator.make()
    }

    private init(seed: UInt64) {
        self.seed = seed
        chance = Chance(seed: seed)
    }

    private var longest: Int64 { intervals.max() ?? 1_000_000_000 }
    private var shortest: Int64 { intervals.min() ?? 1_000_000_000 }

    private mutating func make() -> Scenario {
        let nodeCount = [2, 2, 2, 3, 3, 4, 5][chance.within(0...6)]
        let version: ProtocolVersion = chance.oneIn(2) ? .v2 : .v3
        chooseIntervals(nodeCount, version)
        let conditions = conditions()
        wakeUp = chance.oneIn(3) ? 0 : shortest / Int64(chance.within(20...200))
        let routerCount = chance.oneIn(12) ? 2 : 1
        var plan = SimulationPlan(nodes: nodes(nodeCount, routerCount, version))
        plan.conditions = conditions
        plan.longestWakeUp = wakeUp
        plan.seed = chance.next()
        let healed = Int64(chance.within(8...20)) &* longest
        plan.faults = faults(until: healed, nodeCount: nodeCount, routerCount: routerCount)
        plan.faults += orders(until: healed, nodeCount: nodeCount)
        var calm = conditions
        calm.loss = 0
        plan.faults.append(TimedFault(.conditions(calm), at: Instant(nanoseconds: healed)))
        return Scenario(
            seed: seed, plan: plan, bounds: bounds(of: plan), keepsOrder: !conditions.reorders,
            healed: Instant(nanoseconds: healed))
    }

    private mutating func chooseIntervals(_ nodeCount: Int, _ version: ProtocolVersion) {
        let second: Int64 = 1_000_000_000
        if version == .v2 {
            intervals = Array(repeating: Int64(chance.within(1...3)) &* second, count: nodeCount)
            return
        }
        let choices = [second / 100, second / 10, second / 2, second, 3 &* second]
        let one = choices[chance.within(0...choices.count - 1)]
        intervals = Array(repeating: one, count: nodeCount)
        if chance.oneIn(4) {
            // Configurations that differ: each backup adopts what the active router says.
            for node in intervals.indices {
                intervals[node] = one &* Int64(chance.within(1...3))
            }
        }
    }

    private mutating func conditions() -> NetworkConditions {
        var conditions = NetworkConditions(delay: shortest / Int64(chance.within(10...1000)))
        conditions.jitter = chance.oneIn(2) ? 0 : shortest / Int64(chance.within(4...100))
        conditions.loss = chance.oneIn(3) ? 0 : UInt32(chance.within(1...400_000))
        conditions.duplication = chance.oneIn(2) ? 0 : UInt32(chance.within(1...200_000))
        conditions.reorders = chance.oneIn(3)
        delay = conditions.longestDelay
        return conditions
    }

    private mutating func nodes(_ count: Int, _ routerCount: Int, _ version: ProtocolVersion) -> [NodePlan] {
        let family: AddressFamily = version == .v3 && chance.oneIn(2) ? .ipv6 : .ipv4
        let common = UInt8(chance.within(1...254))
        let owner = chance.oneIn(6) ? chance.within(0...count - 1) : -1
        let answer = VirtualRouter.Policy.AnswerToLoser(rawValue: UInt8(chance.within(0...2))) ?? .advertisement
        let isStrict = chance.oneIn(3)
        // With one missed advertisement alone, what a network delays would be enough for a takeover.
        let missed = chance.oneIn(5) ? chance.within(2...5) : 3
        let first = UInt32(chance.within(1...0xfff_0000))
        return (0..<count).map { node in
            let isEqual = chance.oneIn(2)
            let priority = node == owner ? 255 : isEqual ? common : UInt8(chance.within(1...254))
            let preempts = !chance.oneIn(3)
            let preemptDelay = preempts && chance.oneIn(6) ? Int64(chance.within(1...6)) &* longest : 0
            let startupDelay = chance.oneIn(12) ? Int64(chance.within(1...4)) &* longest : 0
            let routers = (0..<routerCount).map { router in
                var configuration = VirtualRouter.Configuration(
                    version: version, virtualRouterID: UInt8(51 + router), family: family,
                    primaryAddress: address(first &+ UInt32(node * 3), family, router: router),
                    virtualAddresses: [address(0xfff_ffff, family, router: router)],
                    policy: isStrict ? .strict(version) : .keepalived)
                configuration.policy.answerToLoser = answer
                configuration.policy.activeDownAdvertisements = missed
                configuration.priority = priority
                configuration.advertisementInterval = .nanoseconds(intervals[node])
                configuration.preempts = preempts
                configuration.preemptDelay = .nanoseconds(preemptDelay)
                configuration.startupDelay = .nanoseconds(startupDelay)
                return RouterPlan(name: "VI_\(router + 1)", lan: router, configuration: configuration)
            }
            var plan = NodePlan(name: "node\(node + 1)", routers: routers)
            if routerCount > 1 { plan.groups = [GroupPlan(name: "VG", members: Array(0..<routerCount))] }
            plan.start = Instant(nanoseconds: chance.oneIn(3) ? 0 : Int64(chance.below(UInt64(6 &* longest))))
            return plan
        }
    }

    private func address(_ number: UInt32, _ family: AddressFamily, router: Int) -> IPAddress {
        let number = number &+ UInt32(router) << 29
        return family == .ipv4
            ? .v4(IPv4Address(0x0a00_0000 &+ number)) : .v6(IPv6Address(high: 0xfe80 << 48, low: UInt64(number)))
    }

    private mutating func faults(until healed: Int64, nodeCount: Int, routerCount: Int) -> [TimedFault] {
        var faults: [TimedFault] = []
        for _ in 0..<chance.within(0...6) {
            let from = Int64(chance.below(UInt64(healed)))
            let until = chance.oneIn(3) ? healed : from &+ Int64(chance.below(UInt64(healed &- from)))
            let node = chance.within(0...nodeCount - 1)
            let other = (node &+ chance.within(1...max(nodeCount - 1, 1))) % nodeCount
            add(
                chance.within(0...11), to: &faults, node, other, nodeCount, routerCount, from: from, until: until)
        }
        return faults
    }

    /// What operators order meanwhile, from a chance of its own: the rest of a seed's scenario stays what it was.
    private func orders(until healed: Int64, nodeCount: Int) -> [TimedFault] {
        var chance = Chance(seed: seed ^ 0x5354_4545_5249_4e47)
        guard chance.oneIn(4) else { return [] }
        var orders: [TimedFault] = []
        for _ in 0..<chance.within(1...3) {
            let node = chance.within(0...nodeCount - 1)
            let from = Int64(chance.below(UInt64(healed)))
            orders.append(.init(.standBack(node: node, router: 0, true), at: Instant(nanoseconds: from)))
            if chance.oneIn(4) { continue }
            let until = from &+ Int64(chance.below(UInt64(healed &- from)))
            orders.append(.init(.standBack(node: node, router: 0, false), at: Instant(nanoseconds: until)))
        }
        return orders
    }

    private mutating func add(
        _ kind: Int, to faults: inout [TimedFault], _ node: Int, _ other: Int, _ nodeCount: Int,
        _ routerCount: Int, from: Int64, until: Int64
    ) {
        let isForGood = chance.oneIn(8)
        let router = chance.within(0...routerCount - 1)
        func add(_ fault: Fault, _ recovery: Fault?) {
            faults.append(TimedFault(fault, at: Instant(nanoseconds: from)))
            if let recovery { faults.append(TimedFault(recovery, at: Instant(nanoseconds: until))) }
        }
        switch kind {
        case 0: add(.powerOff(node: node), isForGood ? nil : .start(node: node))
        case 1: add(.shutdown(node: node), isForGood ? nil : .start(node: node))
        case 2, 3: add(.pause(node: node), .resume(node: node))
        case 4: add(.cut(from: node, to: other), .heal(from: node, to: other))
        case 5, 6:
            // A partition: the nodes on one side hear those on the other no more.
            let side = chance.next()
            for one in 0..<nodeCount {
                for two in 0..<nodeCount where side >> UInt64(one) & 1 != side >> UInt64(two) & 1 {
                    add(.cut(from: one, to: two), .heal(from: one, to: two))
                }
            }
        case 7: add(.linkDown(node: node, lan: router), .linkUp(node: node, lan: router))
        case 9:
            let cause = FaultCause(.script, name: "check\(chance.within(1...2))")
            add(
                .missing(node: node, router: router, cause),
                isForGood ? nil : .present(node: node, router: router, cause))
        case 8:
            // A node that sends and hears nothing, behind a firewall, takes over in vain; and then perhaps gives up.
            for one in 0..<nodeCount where one != node {
                add(.cut(from: one, to: node), .heal(from: one, to: node))
            }
            guard chance.oneIn(2) else { return }
            let middle = Instant(nanoseconds: from &+ Int64(chance.below(UInt64(until &- from &+ 1))))
            faults.append(TimedFault(.shutdown(node: node), at: middle))
            faults.append(TimedFault(.start(node: node), at: Instant(nanoseconds: until)))
        case 10:
            let weight = chance.within(-80...80)
            for router in 0..<routerCount {
                add(
                    .adjust(node: node, router: router, by: weight),
                    isForGood ? nil : .adjust(node: node, router: router, by: 0))
            }
        default:
            // Members of a sync group whose priorities are in another order on another node would never agree.
            let priority = UInt8(chance.within(1...254))
            for router in 0..<routerCount {
                add(.setPriority(node: node, router: router, priority), nil)
            }
        }
    }

    private func bounds(of plan: SimulationPlan) -> TimeBounds {
        var down: Int64 = 0
        var preemptDelay: Int64 = 0
        var startupDelay: Int64 = 0
        for router in plan.nodes.flatMap(\.routers) {
            let configuration = router.configuration
            var seat = Seat(configuration)
            seat.priority = 1
            seat.setTimer(0, interval: longest)
            down = max(down, seat.timerEnd)
            preemptDelay = max(preemptDelay, configuration.preemptDelay.nanoseconds)
            startupDelay = max(startupDelay, configuration.startupDelay.nanoseconds)
        }
        return TimeBounds(
            delays: plan.conditions.delay...delay, wakeUp: wakeUp, intervals: shortest...longest, longestDown: down,
            longestPreemptDelay: preemptDelay, longestStartupDelay: startupDelay)
    }
}
