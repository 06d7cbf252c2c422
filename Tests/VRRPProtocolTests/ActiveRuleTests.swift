import Addresses
import PacketFormats
import Testing
import VRRPProtocol

/// RFC 9568 section 6.4.3.
@Suite("Active")
struct ActiveRuleTests {
    @Test("Rule 48: an active router advertises at every interval", arguments: Flavour.allCases)
    func advertises(flavour: Flavour) {
        var bench = Bench.active(flavour.strict())
        #expect(bench.wait(.seconds(5)) == Array(repeating: .advertise(100), count: 5))
        #expect(bench.remaining == .seconds(1))
    }

    @Test("Rule 48: a wake-up that is a little late does not stretch the intervals that follow")
    func noDrift() {
        var bench = Bench.active(Flavour.version3IPv4.strict { $0.advertisementInterval = .milliseconds(10) })
        let start = bench.now
        for number in 1...100 {
            bench.now = start + .milliseconds(10 * number) + .microseconds(300)
            #expect(bench.on(.timeReached) == [.advertise(100)])
        }
        #expect(bench.router.deadline == start + .milliseconds(1010))
    }

    @Test("Rule 48: intervals that were slept through are not made up for", arguments: Flavour.allCases)
    func lateByMany(flavour: Flavour) {
        var bench = Bench.active(flavour.strict())
        bench.now = bench.now + .seconds(60)
        #expect(bench.on(.timeReached) == [.advertise(100)])
        #expect(bench.reports == [.late(.seconds(59))])
        #expect(bench.remaining == .seconds(1))
    }

    @Test("Rule 49: a resignation is answered at once and begins a new interval", arguments: Flavour.allCases)
    func answersResignation(flavour: Flavour) {
        for policy in [VirtualRouter.Policy.keepalived, .strict(flavour.version)] {
            var bench = Bench.active(flavour.strict { $0.policy = policy })
            _ = bench.wait(.milliseconds(400))
            #expect(bench.hear(0, from: flavour.higher) == [.advertise(100)])
            #expect(bench.remaining == .seconds(1))
            #expect(bench.reports == [.resignationHeard(flavour.higher)])
        }
    }

    @Test("Rule 50: a higher priority wins, preemption or not", arguments: Flavour.allCases)
    func yieldsToHigher(flavour: Flavour) {
        for preempts in [true, false] {
            var bench = Bench.active(flavour.strict { $0.preempts = preempts })
            #expect(bench.hear(101, from: flavour.lower) == [.remove(flavour.virtual), .become(.backup)])
            #expect(bench.remaining == .nanoseconds(3_609_375_000))
            #expect(bench.cause == .higherPriority(Peer(address: flavour.lower, priority: 101)))
            #expect(bench.router.activeRouter?.peer == Peer(address: flavour.lower, priority: 101))
        }
    }

    @Test("Rule 50: among equals the higher address wins", arguments: Flavour.allCases)
    func tie(flavour: Flavour) {
        var bench = Bench.active(flavour.strict())
        #expect(bench.hear(100, from: flavour.lower) == (flavour.version == .v2 ? [] : [.advertise(100)]))
        #expect(bench.router.state == .active)
        #expect(bench.hear(100, from: flavour.higher) == [.remove(flavour.virtual), .become(.backup)])
        #expect(bench.cause == .higherAddress(Peer(address: flavour.higher, priority: 100)))
    }

    @Test("Rule 50: addresses are compared as unsigned numbers in network order")
    func unsignedComparison() {
        let pairs: [(Flavour, IPAddress, IPAddress)] = [
            (.version2, .v4(IPv4Address(10, 0, 0, 1)), .v4(IPv4Address(192, 0, 0, 0))),
            (.version2, .v4(IPv4Address(127, 255, 255, 255)), .v4(IPv4Address(128, 0, 0, 0))),
            (.version3IPv4, .v4(IPv4Address(10, 0, 0, 255)), .v4(IPv4Address(10, 0, 1, 0))),
            (
                .version3IPv6, .v6(IPv6Address(high: 0xfe80 << 48, low: 0x7fff_ffff_ffff_ffff)),
                .v6(IPv6Address(high: 0xfe80 << 48, low: 0x8000_0000_0000_0000))
            ),
            (
                .version3IPv6, .v6(IPv6Address(high: 0xfe80 << 48, low: .max)),
                .v6(IPv6Address(high: 0xfe80 << 48 | 1, low: 0))
            ),
        ]
        for (flavour, lower, higher) in pairs {
            var low = Bench.active(flavour.strict { $0.primaryAddress = lower })
            _ = low.hear(100, from: higher)
            #expect(low.router.state == .backup, "\(lower) yields to \(higher)")
            var high = Bench.active(flavour.strict { $0.primaryAddress = higher })
            _ = high.hear(100, from: lower)
            #expect(high.router.state == .active, "\(higher) stays against \(lower)")
        }
    }

    @Test("Rule 50: a router that yields learns the winner's interval", arguments: Flavour.version3)
    func yieldingLearns(flavour: Flavour) {
        var bench = Bench.active(flavour.strict())
        _ = bench.hear(200, from: flavour.higher, interval: .milliseconds(100))
        #expect(bench.router.activeAdvertisementInterval == .milliseconds(100))
        #expect(bench.remaining == .nanoseconds(360_937_500))
    }

    @Test("Rule 51: RFC 9568 answers a loser at once and lets the timer run", arguments: Flavour.version3)
    func answersLoser(flavour: Flavour) {
        var bench = Bench.active(flavour.strict())
        _ = bench.wait(.milliseconds(300))
        #expect(bench.hear(99, from: flavour.higher) == [.advertise(100)])
        #expect(bench.remaining == .milliseconds(700))
        #expect(bench.reports == [.loserHeard(Peer(address: flavour.higher, priority: 99))])
    }

    @Test("Rule 51: RFC 3768 says nothing to a loser")
    func silentInVersion2() {
        var bench = Bench.active(Flavour.version2.strict())
        _ = bench.wait(.milliseconds(300))
        #expect(bench.hear(99, from: Flavour.version2.higher) == [])
        #expect(bench.remaining == .milliseconds(700))
    }

    @Test("Rule 51: keepalived answers with an advertisement and announcements, and begins a new interval")
    func keepalivedAnswersLoser() {
        let flavour = Flavour.version2
        var bench = Bench.active(flavour.keepalived())
        _ = bench.wait(.milliseconds(5300))
        #expect(bench.hear(99, from: flavour.higher) == [.advertise(100), .announce(flavour.virtual, 5)])
        #expect(bench.remaining == .seconds(1))
        #expect(bench.wait(.seconds(5)).contains(.announce(flavour.virtual, 5)), "and five more after five seconds")
    }

    @Test("Rule 52: an equal with the own address changes nothing", arguments: Flavour.allCases)
    func equalToItself(flavour: Flavour) {
        for policy in [VirtualRouter.Policy.keepalived, .strict(flavour.version)] {
            var bench = Bench.active(flavour.strict { $0.policy = policy })
            let before = bench.router
            #expect(bench.hear(100, from: flavour.own) == [])
            #expect(bench.router == before)
            #expect(bench.reports == [.ownAddressHeard(Peer(address: flavour.own, priority: 100))])
        }
    }

    @Test("Rule 29: what comes from the own address is no peer, in any state", arguments: Flavour.allCases)
    func ownAddress(flavour: Flavour) {
        for priority in [0, 1, 100, 255] as [UInt8] {
            for start in [Bench.backup(flavour.strict()), Bench.active(flavour.strict())] {
                var bench = start
                let before = bench.router
                #expect(bench.hear(priority, from: flavour.own) == [])
                #expect(bench.router == before)
                #expect(bench.reports == [.ownAddressHeard(Peer(address: flavour.own, priority: priority))])
            }
        }
    }

    @Test("Rule 25: an owner that hears another owner says so and decides by address", arguments: Flavour.allCases)
    func twoOwners(flavour: Flavour) {
        var bench = Bench.active(flavour.strict { $0.priority = 255 })
        _ = bench.hear(255, from: flavour.lower)
        #expect(bench.router.state == .active)
        #expect(bench.reports.contains(.duplicateOwner(flavour.lower)))
        #expect(bench.hear(255, from: flavour.higher) == [.remove(flavour.virtual), .become(.backup)])
        #expect(bench.reports.contains(.duplicateOwner(flavour.higher)))
        #expect(bench.cause == .duplicateOwner(Peer(address: flavour.higher, priority: 255)))
    }

    @Test("Rule 25: an owner processes the advertisements of lower routers", arguments: Flavour.allCases)
    func ownerHearsLower(flavour: Flavour) {
        var bench = Bench.active(flavour.strict { $0.priority = 255 })
        _ = bench.hear(254, from: flavour.higher)
        #expect(bench.router.state == .active)
        #expect(bench.reports.contains(.loserHeard(Peer(address: flavour.higher, priority: 254))))
    }

    @Test("Rule 26: another interval is accepted, said and adopted in version 3", arguments: Flavour.version3)
    func otherInterval(flavour: Flavour) {
        var bench = Bench.backup(flavour.strict())
        _ = bench.hear(200, from: flavour.higher, interval: .seconds(2))
        let peer = Peer(address: flavour.higher, priority: 200)
        #expect(bench.reports == [.intervalLearned(.seconds(2), from: peer)])
        _ = bench.hear(200, from: flavour.higher, interval: .seconds(2))
        #expect(bench.reports == [], "said once")
    }

    @Test("Rule 12: 255 is the owner's, 0 a resignation, and all else 1 to 254", arguments: Flavour.allCases)
    func advertisedPriorities(flavour: Flavour) {
        for base in [1, 100, 254, 255] as [UInt8] {
            for adjustment in [-1000, -100, 0, 100, 1000] {
                var bench = Bench.active(flavour.strict { $0.priority = base })
                _ = bench.on(.priorityAdjusted(by: adjustment))
                _ = bench.wait(.seconds(1))
                let priority = bench.sent.first?.priority
                #expect(priority == EffectivePriority.of(base: base, adjustment: adjustment))
                #expect((priority == 255) == (base == 255))
                #expect(priority != 0)
                _ = bench.on(.shutdown)
                #expect(bench.sent.map(\.priority) == [0])
            }
        }
    }

    @Test("Rule 13: every advertisement is made of the configuration as it is then", arguments: Flavour.allCases)
    func freshAdvertisements(flavour: Flavour) {
        var bench = Bench.active(flavour.strict())
        var changed = bench.router.configuration
        changed.priority = 120
        changed.advertisementInterval = .seconds(2)
        changed.virtualAddresses = [flavour.virtual[1]]
        _ = bench.on(.reconfigured(changed))
        _ = bench.wait(.seconds(1))
        #expect(
            bench.sent == [
                OutgoingAdvertisement(priority: 120, interval: .seconds(2), addresses: [flavour.virtual[1]])
            ])
    }
}
