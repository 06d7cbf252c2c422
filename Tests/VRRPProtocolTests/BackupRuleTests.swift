import Addresses
import Testing
import VRRPProtocol

/// RFC 9568 section 6.4.2.
@Suite("Backup")
struct BackupRuleTests {
    @Test("Rule 43: silence makes a backup active: advertise, install, announce, notify", arguments: Flavour.allCases)
    func silence(flavour: Flavour) {
        var bench = Bench.backup(flavour.strict())
        #expect(bench.wait(.nanoseconds(3_609_374_999)) == [])
        #expect(
            bench.wait(.nanoseconds(1)) == [
                .advertise(100), .install(flavour.virtual), .announce(flavour.virtual, 1), .become(.active),
            ])
        #expect(bench.remaining == .seconds(1))
        #expect(bench.cause == .silence(of: nil, for: .nanoseconds(3_609_375_000)))
        #expect(bench.cause?.newActiveReason == .noResponse)
    }

    @Test("Rule 43: the cause names the router that fell silent", arguments: Flavour.allCases)
    func silenceOfAPeer(flavour: Flavour) {
        var bench = Bench.backup(flavour.strict())
        _ = bench.hear(200, from: flavour.higher)
        _ = bench.wait(.seconds(4))
        #expect(
            bench.cause
                == .silence(
                    of: Peer(address: flavour.higher, priority: 200), for: .nanoseconds(3_609_375_000)))
    }

    @Test("Rule 44: a resignation leaves only the skew to wait", arguments: Flavour.allCases)
    func resignation(flavour: Flavour) {
        var bench = Bench.backup(flavour.strict())
        _ = bench.hear(200, from: flavour.higher)
        #expect(bench.hear(0, from: flavour.higher) == [])
        #expect(bench.remaining == .nanoseconds(609_375_000))
        #expect(bench.router.activeRouter == nil)
        #expect(bench.wait(.nanoseconds(609_375_000)).last == .become(.active))
        #expect(bench.cause == .resignation(of: flavour.higher, skewTime: .nanoseconds(609_375_000)))
    }

    @Test("Rule 45: equal and higher priorities are obeyed, whatever the address", arguments: Flavour.allCases)
    func obeysEquals(flavour: Flavour) {
        for (priority, source) in [
            (100, flavour.lower), (100, flavour.higher), (101, flavour.lower), (255, flavour.lower),
        ]
            as [(UInt8, IPAddress)]
        {
            var bench = Bench.backup(flavour.strict())
            _ = bench.wait(.seconds(3))
            #expect(bench.hear(priority, from: source) == [])
            #expect(bench.remaining == .nanoseconds(3_609_375_000))
            #expect(bench.router.activeRouter?.peer == Peer(address: source, priority: priority))
            #expect(bench.router.activeRouter?.heardAt == bench.now)
        }
    }

    @Test("Rule 45: without preemption lower priorities are obeyed too", arguments: Flavour.allCases)
    func obeysLowerWithoutPreemption(flavour: Flavour) {
        var bench = Bench.backup(flavour.strict { $0.preempts = false })
        for _ in 1...10 {
            #expect(bench.wait(.seconds(1)) == [])
            #expect(bench.hear(1, from: flavour.lower) == [])
        }
        #expect(bench.router.state == .backup)
        #expect(bench.remaining == .nanoseconds(3_609_375_000))
    }

    @Test("Rule 45: an obeyed advertisement restarts the timer with the interval in it", arguments: Flavour.version3)
    func adoptsInterval(flavour: Flavour) {
        var bench = Bench.backup(flavour.strict())
        _ = bench.hear(200, from: flavour.higher, interval: .milliseconds(40_950))
        // 3 * 40.95 s + 156/256 * 40.95 s
        #expect(bench.remaining == .nanoseconds(147_803_906_250))
        _ = bench.hear(200, from: flavour.higher, interval: .milliseconds(10))
        #expect(bench.remaining == .nanoseconds(36_093_750))
    }

    @Test("Rule 46: a lower priority is not obeyed and the timer runs on", arguments: Flavour.allCases)
    func preemption(flavour: Flavour) {
        var bench = Bench.backup(flavour.strict())
        for _ in 1...3 {
            #expect(bench.wait(.seconds(1)) == [])
            #expect(bench.hear(99, from: flavour.higher) == [])
        }
        #expect(bench.remaining == .nanoseconds(609_375_000))
        #expect(bench.wait(.nanoseconds(609_375_000)).last == .become(.active))
        let peer = Peer(address: flavour.higher, priority: 99)
        #expect(bench.cause == .preemption(of: peer, after: .nanoseconds(3_609_375_000)))
        #expect(bench.cause?.newActiveReason == .preempted)
    }

    @Test("Rule 53: an owner preempts even where preemption is off", arguments: Flavour.allCases)
    func ownerAlwaysPreempts(flavour: Flavour) {
        var bench = Bench.active(
            flavour.strict {
                $0.priority = 255
                $0.preempts = false
                $0.preemptDelay = .seconds(100)
            })
        // Another owner with a higher address makes it a backup; then only a lower router remains.
        _ = bench.hear(255, from: flavour.higher)
        #expect(bench.router.state == .backup)
        let due = bench.router.deadline
        _ = bench.wait(.seconds(1))
        _ = bench.hear(254, from: flavour.lower)
        #expect(bench.router.deadline == due)
        #expect(bench.wait(.seconds(3)).last == .become(.active))
    }

    @Test("Rule 59: while the preempt delay runs, a lower active router is obeyed", arguments: Flavour.allCases)
    func preemptDelay(flavour: Flavour) {
        var bench = Bench.backup(flavour.keepalived { $0.preemptDelay = .seconds(4) })
        let peer = Peer(address: flavour.lower, priority: 50)
        _ = bench.hear(50, from: flavour.lower)
        #expect(bench.reports == [.preemptionDelayed(of: peer, until: bench.now + .seconds(4))])
        for _ in 1...3 {
            #expect(bench.wait(.seconds(1)) == [])
            _ = bench.hear(50, from: flavour.lower)
            #expect(bench.remaining == .nanoseconds(3_609_375_000), "obeyed")
        }
        _ = bench.wait(.seconds(1))
        _ = bench.hear(50, from: flavour.lower)
        #expect(bench.remaining == .nanoseconds(2_609_375_000), "not obeyed any more")
        // What keepalived 2.2.7 was measured to do: a delay of 4 s, 7.0 s from the first advertisement to the takeover.
        #expect(bench.wait(.nanoseconds(2_609_375_000)).last == .become(.active))
        #expect(bench.cause == .preemption(of: peer, after: .nanoseconds(3_609_375_000)))
    }

    @Test("Rule 59: the preempt delay does not hold up a router that hears nobody", arguments: Flavour.allCases)
    func noDelayWithoutActive(flavour: Flavour) {
        var bench = Bench.backup(flavour.keepalived { $0.preemptDelay = .seconds(1000) })
        #expect(bench.wait(.nanoseconds(3_609_375_000)).last == .become(.active))
    }

    @Test("Rule 59: neither does it after a resignation, and a higher router makes it begin anew")
    func delayBeginsAnew() {
        let flavour = Flavour.version2
        var bench = Bench.backup(flavour.keepalived { $0.preemptDelay = .seconds(2) })
        _ = bench.hear(50, from: flavour.lower)
        _ = bench.wait(.seconds(3))
        _ = bench.hear(200, from: flavour.higher)
        _ = bench.hear(50, from: flavour.lower)
        #expect(
            bench.reports == [
                .preemptionDelayed(of: Peer(address: flavour.lower, priority: 50), until: bench.now + .seconds(2))
            ])
        _ = bench.hear(0, from: flavour.lower)
        #expect(bench.wait(.nanoseconds(609_375_000)).last == .become(.active))
    }
}
