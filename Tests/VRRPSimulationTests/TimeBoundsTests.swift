import Addresses
import PacketFormats
import Testing
import VRRPProtocol
import VRRPSimulation

/// The bounds are not only kept but nearly reached: they promise no more than they must.
///
///     node 0 (priority 200) ─╳─ node 1 (priority 100)      cut from the start, healed at some instant
@Suite("Bounds on what must not last")
struct TimeBoundsTests {
    static func plan(healedAt time: Int64) -> SimulationPlan {
        let second: Int64 = 1_000_000_000
        var nodes: [NodePlan] = []
        for (number, priority) in [(1, 200), (2, 100)] {
            var configuration = VirtualRouter.Configuration(
                version: .v3, virtualRouterID: 1, family: .ipv4,
                primaryAddress: .v4(IPv4Address(10, 0, 0, UInt8(number))),
                virtualAddresses: [.v4(IPv4Address(10, 0, 0, 100))], policy: .strict(.v3))
            configuration.priority = UInt8(priority)
            configuration.advertisementInterval = .nanoseconds(second)
            // Silence, so that only the winner's own timer ends the overlap.
            configuration.policy.answerToLoser = .silence
            nodes.append(
                NodePlan(name: "node\(number)", routers: [RouterPlan(name: "VI", configuration: configuration)]))
        }
        var plan = SimulationPlan(nodes: nodes)
        plan.conditions = NetworkConditions(delay: 10_000_000)
        plan.faults = [
            TimedFault(.cut(from: 0, to: 1), at: .origin), TimedFault(.cut(from: 1, to: 0), at: .origin),
            TimedFault(.heal(from: 0, to: 1), at: Instant(nanoseconds: time)),
            TimedFault(.heal(from: 1, to: 0), at: Instant(nanoseconds: time)),
        ]
        return plan
    }

    @Test("After a partition two routers are active for at most an interval and the way, and nearly that long at worst")
    func overlap() throws {
        let bounds = TimeBounds(
            delays: 10_000_000...10_000_000, wakeUp: 0, intervals: 1_000_000_000...1_000_000_000,
            longestDown: 4_000_000_000)
        var longest: Int64 = 0
        for step in 0..<100 as Range<Int64> {
            let healed = 20_000_000_000 + step * 10_000_000
            var simulation = Simulation(Self.plan(healedAt: healed))
            simulation.run(until: Instant(nanoseconds: healed))
            #expect(simulation.router(0, of: 1)?.state == .active)
            while simulation.router(0, of: 1)?.state == .active, simulation.now < healed + 10_000_000_000 {
                simulation.step()
            }
            #expect(simulation.router(0, of: 0)?.state == .active)
            #expect(simulation.router(0, of: 1)?.state == .backup)
            longest = max(longest, simulation.now - healed)
        }
        #expect(longest <= bounds.overlap(interval: 1_000_000_000, lost: 0))
        #expect(longest > 990_000_000)
    }

    @Test("Each lost advertisement of the winner allows one interval more")
    func losses() {
        let bounds = TimeBounds(
            delays: 0...5, wakeUp: 2, intervals: 100...100, longestDown: 400)
        #expect(bounds.overlap(interval: 100, lost: 0) == 109)
        #expect(bounds.overlap(interval: 100, lost: 3) == 415)
        #expect(bounds.absence == 409)
        #expect(bounds.handover(skew: 60) == 69)
    }
}
