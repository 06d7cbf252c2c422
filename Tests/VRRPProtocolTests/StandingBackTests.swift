import Addresses
import PacketFormats
import Testing
import VRRPProtocol

/// An operator hands the addresses over: the router resigns and counts as priority 1 until it is told otherwise, and the
/// address is never lost by that.
@Suite("Standing back")
struct StandingBackTests {
    @Test("an active router resigns, releases and is backup", arguments: Flavour.allCases)
    func resigns(flavour: Flavour) {
        var bench = Bench.active(flavour.strict())
        #expect(bench.on(.standBack(true)) == [.advertise(0), .remove(flavour.virtual), .become(.backup)])
        #expect(bench.cause == .standsBack)
        #expect(bench.router.effectivePriority == 1)
        #expect(bench.reports.contains(.priorityChanged(from: 100, to: 1)))
        // Nobody who hears the resignation can be slower: priority 1 has the longest skew time.
        #expect(bench.remaining == bench.router.skewTime)
    }

    @Test(
        "whoever takes over is obeyed, whatever its priority", arguments: Flavour.allCases, [1, 2, 50, 254] as [UInt8])
    func obeys(flavour: Flavour, priority: UInt8) {
        var bench = Bench.active(flavour.strict { $0.priority = 200 })
        _ = bench.on(.standBack(true))
        for _ in 0..<50 {
            #expect(bench.hear(priority, from: flavour.lower) == [])
            #expect(bench.wait(.seconds(1)) == [])
        }
        #expect(bench.router.state == .backup)
    }

    @Test("an owner too", arguments: Flavour.allCases)
    func owner(flavour: Flavour) {
        var bench = Bench.active(flavour.strict { $0.priority = 255 })
        #expect(bench.router.state == .active)
        #expect(bench.on(.standBack(true)) == [.advertise(0), .remove(flavour.virtual), .become(.backup)])
        for _ in 0..<20 {
            #expect(bench.hear(1, from: flavour.lower) == [])
            #expect(bench.wait(.seconds(1)) == [])
        }
        // Told to, it takes its addresses back as any router that preempts.
        #expect(bench.on(.standBack(false)) == [])
        #expect(bench.router.effectivePriority == 255)
        _ = bench.hear(1, from: flavour.lower)
        #expect(bench.wait(.seconds(4)).contains(.become(.active)))
    }

    @Test("where nobody takes over it is active again after its skew time", arguments: Flavour.allCases)
    func alone(flavour: Flavour) {
        var bench = Bench.active(flavour.strict())
        _ = bench.on(.standBack(true))
        let skew = bench.router.skewTime
        #expect(bench.wait(skew - .nanoseconds(1)) == [])
        #expect(bench.wait(.nanoseconds(1)).starts(with: [.advertise(1), .install(flavour.virtual)]))
        #expect(bench.router.state == .active)
        #expect(bench.router.isStandingBack)
        // And a better one that comes is let in at once.
        #expect(bench.hear(2, from: flavour.lower) == [.remove(flavour.virtual), .become(.backup)])
    }

    @Test("where the other dies later it takes over after the silence", arguments: Flavour.allCases)
    func lateDeath(flavour: Flavour) {
        var bench = Bench.active(flavour.strict())
        _ = bench.on(.standBack(true))
        _ = bench.hear(50, from: flavour.lower)
        let wait = bench.router.activeDownInterval
        #expect(bench.wait(wait - .nanoseconds(1)) == [])
        #expect(bench.wait(.nanoseconds(1)).last == .become(.active))
    }

    @Test("one that is active for want of another resigns again when told again")
    func again() {
        let flavour = Flavour.version3IPv4
        var bench = Bench.active(flavour.strict())
        _ = bench.on(.standBack(true))
        _ = bench.wait(.seconds(1))
        #expect(bench.router.state == .active)
        #expect(bench.on(.standBack(true)) == [.advertise(0), .remove(flavour.virtual), .become(.backup)])
    }

    @Test("told back while it is active it says its priority at once, and stays")
    func backWhileActive() {
        var bench = Bench.active(Flavour.version3IPv4.strict())
        _ = bench.on(.standBack(true))
        _ = bench.wait(.seconds(1))
        #expect(bench.on(.standBack(false)) == [.advertise(100)])
        #expect(bench.router.state == .active)
        #expect(bench.remaining == .seconds(1))
    }

    @Test("told back it takes over from a lower one by the usual rules", arguments: [true, false])
    func back(preempts: Bool) {
        let flavour = Flavour.version3IPv4
        var bench = Bench.active(flavour.strict { $0.preempts = preempts })
        _ = bench.on(.standBack(true))
        _ = bench.hear(50, from: flavour.lower)
        _ = bench.on(.standBack(false))
        var deeds: [Deed] = []
        for _ in 0..<10 where bench.router.state == .backup {
            deeds += bench.hear(50, from: flavour.lower)
            deeds += bench.wait(.seconds(1))
        }
        #expect((bench.router.state == .active) == preempts)
    }

    @Test("a backup that was about to replace a lower one obeys it")
    func givesUpPreemption() {
        let flavour = Flavour.version3IPv4
        var bench = Bench.backup(flavour.strict())
        _ = bench.hear(50, from: flavour.lower)
        #expect(bench.on(.standBack(true)) == [])
        for _ in 0..<10 {
            #expect(bench.hear(50, from: flavour.lower) == [])
            #expect(bench.wait(.seconds(1)) == [])
        }
    }

    @Test("and if that one is silent meanwhile, it waits no longer than if it had obeyed it")
    func givesUpPreemptionOfTheDead() {
        let flavour = Flavour.version3IPv4
        var bench = Bench.backup(flavour.strict())
        _ = bench.hear(50, from: flavour.lower)
        _ = bench.wait(.seconds(2))
        _ = bench.on(.standBack(true))
        #expect(bench.remaining == bench.router.activeDownInterval - .seconds(2))
        #expect(bench.wait(.seconds(2)).last == .become(.active))
    }

    @Test("weights and another configuration change nothing while it lasts, and count after it")
    func weights() {
        var bench = Bench.backup(Flavour.version3IPv4.strict())
        _ = bench.on(.standBack(true))
        _ = bench.on(.priorityAdjusted(by: 40))
        #expect(bench.router.effectivePriority == 1)
        _ = bench.on(.reconfigured(Flavour.version3IPv4.strict { $0.priority = 150 }))
        #expect(bench.router.effectivePriority == 1)
        _ = bench.on(.standBack(false))
        #expect(bench.router.effectivePriority == 190)
    }

    @Test("told before it starts, and over a fault: an owner listens first")
    func beforeTheStart() {
        let flavour = Flavour.version3IPv4
        var bench = Bench(flavour.strict { $0.priority = 255 })
        #expect(bench.on(.standBack(true)) == [])
        #expect(bench.on(.startup) == [.become(.backup)])
        let cause = FaultCause(.script, name: "a")
        #expect(bench.on(.faulted(cause)) == [.become(.fault)])
        #expect(bench.on(.recovered(cause)) == [.become(.backup)])
        #expect(bench.router.effectivePriority == 1)
    }

    @Test("telling what is so already does nothing to a backup")
    func twice() {
        var bench = Bench.backup(Flavour.version3IPv4.strict())
        #expect(bench.on(.standBack(false)) == [])
        _ = bench.on(.standBack(true))
        let before = bench.router
        #expect(bench.on(.standBack(true)) == [])
        #expect(bench.router == before)
    }

    @Test("of two nodes one hands over to the other within the other's skew time, and the address is on one of them")
    func pair() {
        let flavour = Flavour.version3IPv4
        var one = Bench.active(flavour.keepalived { $0.priority = 150 })
        var two = Bench.backup(
            flavour.keepalived {
                $0.primaryAddress = flavour.higher
                $0.priority = 100
            })
        two.now = one.now
        _ = two.hear(150, from: flavour.own)
        _ = one.on(.standBack(true))
        _ = two.hear(0, from: flavour.own)
        let skew = two.router.skewTime
        #expect(skew < one.router.skewTime)
        #expect(two.wait(skew).contains(.install(flavour.virtual)))
        #expect(one.wait(skew) == [])
        #expect(one.hear(100, from: flavour.higher) == [])
        #expect(one.router.state == .backup)
    }

    @Test("a group hands over as a whole, whichever member is told")
    func group() {
        let (outside, inside) = (Flavour.version3IPv4, Flavour.version3IPv6)
        for place in [0, 1, nil] as [Int?] {
            var group = SyncGroup(
                name: "VG", members: [("outside", outside.strict()), ("inside", inside.strict())])
            var now = Instant.origin
            var actions: [SyncGroup.Action] = []
            group.handle(.startup, at: now, into: &actions)
            while group.state != .active, let deadline = group.deadline {
                now = deadline
                group.handle(.timeReached, at: now, into: &actions)
            }
            actions = []
            group.handle(place.map { .member($0, .standBack(true)) } ?? .standBack(true), at: now, into: &actions)
            #expect(group.state == .backup)
            #expect(group.members.allSatisfy { $0.router.isStandingBack && $0.router.addresses.isEmpty })
            let resignations = actions.filter {
                if case .member(_, .sendAdvertisement(let sent)) = $0 { sent.priority == 0 } else { false }
            }
            #expect(resignations.count == 2)
            // Where nobody takes over all members are active again together.
            now = now + .seconds(1)
            group.handle(.timeReached, at: now, into: &actions)
            #expect(group.state == .active)
            group.handle(place.map { .member($0, .standBack(false)) } ?? .standBack(false), at: now, into: &actions)
            #expect(group.members.allSatisfy { !$0.router.isStandingBack && $0.router.effectivePriority == 100 })
        }
    }
}
