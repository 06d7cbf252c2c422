import Addresses
import Testing
import VRRPProtocol

/// RFC 9568 section 6.4.1 and 6.4.2, startup and shutdown.
@Suite("Initialize")
struct InitializeRuleTests {
    @Test("Rule 40: an owner is active at once: advertise, install, announce, notify", arguments: Flavour.allCases)
    func ownerStarts(flavour: Flavour) {
        var bench = Bench(flavour.strict { $0.priority = 255 })
        #expect(
            bench.on(.startup) == [
                .advertise(255), .install(flavour.virtual), .announce(flavour.virtual, 1), .become(.active),
            ])
        #expect(bench.remaining == .seconds(1))
        #expect(bench.cause == .ownsAddresses)
        #expect(bench.cause?.newActiveReason == .priority)
    }

    @Test("Rule 41: any other router listens first and sends nothing", arguments: Flavour.allCases)
    func otherStarts(flavour: Flavour) {
        var bench = Bench(flavour.strict())
        #expect(bench.router.state == .initialize)
        #expect(bench.on(.startup) == [.become(.backup)])
        #expect(bench.router.activeAdvertisementInterval == .seconds(1))
        #expect(bench.remaining == .nanoseconds(3_609_375_000))
        #expect(bench.cause == .started)
    }

    @Test("Rule 41: state MASTER without priority 255 is no way to be active at once")
    func highestPriorityWaits() {
        var bench = Bench(Flavour.version2.keepalived { $0.priority = 254 })
        #expect(bench.on(.startup) == [.become(.backup)])
    }

    @Test("Rule 41: a second startup changes nothing", arguments: Flavour.allCases)
    func startedTwice(flavour: Flavour) {
        var bench = Bench.backup(flavour.strict())
        let before = bench.router
        #expect(bench.on(.startup) == [])
        #expect(bench.router == before)
    }

    @Test("Rule 42: a backup that is shut down sends nothing", arguments: Flavour.allCases)
    func backupStops(flavour: Flavour) {
        var bench = Bench.backup(flavour.strict())
        #expect(bench.on(.shutdown) == [.become(.initialize)])
        #expect(bench.router.deadline == nil)
        #expect(bench.cause == .shutdown)
    }

    @Test("Rule 47: an active router resigns with all addresses and releases them", arguments: Flavour.allCases)
    func activeStops(flavour: Flavour) {
        var bench = Bench.active(flavour.strict())
        #expect(bench.on(.shutdown) == [.advertise(0), .remove(flavour.virtual), .become(.initialize)])
        #expect(bench.sent.map(\.addresses) == [flavour.virtual])
        #expect(bench.router.deadline == nil)
        #expect(bench.router.addresses == [])
    }

    @Test("Rule 54: advertisements and stale timers do nothing in Initialize", arguments: Flavour.allCases)
    func nothingInInitialize(flavour: Flavour) {
        var bench = Bench(flavour.strict())
        let fresh = bench.router
        for priority in [0, 1, 100, 255] as [UInt8] {
            #expect(bench.hear(priority, from: flavour.higher) == [])
        }
        bench.now = bench.now + .seconds(100)
        #expect(bench.on(.timeReached) == [])
        #expect(bench.on(.addressLost(flavour.virtual[0])) == [])
        #expect(bench.on(.groupTakesOver) == [])
        #expect(bench.on(.groupStepsDown(member: "other")) == [])
        #expect(bench.on(.shutdown) == [])
        #expect(bench.router == fresh)
    }

    @Test("Rule 54: packets still queued at the shutdown of an active router are ignored", arguments: Flavour.allCases)
    func queuedPackets(flavour: Flavour) {
        var bench = Bench.active(flavour.strict())
        _ = bench.on(.shutdown)
        let stopped = bench.router
        #expect(bench.hear(200, from: flavour.higher) == [])
        #expect(bench.on(.timeReached) == [])
        #expect(bench.router == stopped)
    }

    @Test("Rule 55: a lost interface makes an active router release its addresses", arguments: Flavour.allCases)
    func interfaceLost(flavour: Flavour) {
        var bench = Bench.active(flavour.strict())
        let cause = FaultCause(.interface, name: "eth0")
        #expect(bench.on(.faulted(cause)) == [.remove(flavour.virtual), .become(.fault)])
        #expect(bench.cause == .fault(cause))
        #expect(bench.router.deadline == nil)
        #expect(bench.hear(0, from: flavour.higher) == [])
        #expect(bench.on(.recovered(cause)) == [.become(.backup)])
        #expect(bench.remaining == .nanoseconds(3_609_375_000))
    }

    @Test("Rule 55: where the interface still works, the router resigns as well", arguments: Flavour.allCases)
    func scriptFails(flavour: Flavour) {
        var bench = Bench.active(flavour.strict())
        let cause = FaultCause(.script, name: "chk")
        #expect(bench.on(.faulted(cause)) == [.advertise(0), .remove(flavour.virtual), .become(.fault)])
    }

    @Test("Rule 55: an owner installs its addresses at startup and again after a fault", arguments: Flavour.allCases)
    func ownerRecovers(flavour: Flavour) {
        var bench = Bench.active(flavour.strict { $0.priority = 255 })
        #expect(bench.router.addresses == flavour.virtual)
        let cause = FaultCause(.interface, name: "eth0")
        #expect(bench.on(.faulted(cause)) == [.remove(flavour.virtual), .become(.fault)])
        #expect(
            bench.on(.recovered(cause)) == [
                .advertise(255), .install(flavour.virtual), .announce(flavour.virtual, 1), .become(.active),
            ])
    }

    @Test("Rule 55: excluded addresses are installed, announced and released with the others")
    func excludedAddresses() {
        let flavour = Flavour.version3IPv4
        let all = flavour.virtual + [flavour.another]
        var bench = Bench(
            flavour.strict {
                $0.priority = 255
                $0.excludedAddresses = [flavour.another]
            })
        #expect(bench.on(.startup) == [.advertise(255), .install(all), .announce(all, 1), .become(.active)])
        #expect(bench.sent.map(\.addresses) == [flavour.virtual], "but not advertised")
        #expect(bench.on(.shutdown) == [.advertise(0), .remove(all), .become(.initialize)])
    }
}
