import Addresses
import PacketFormats
import Testing
import VRRPProtocol

/// RFC 9568 section 6.1 and RFC 3768 section 6.1: the intervals and what is computed from them.
@Suite("Timers")
struct TimerRuleTests {
    @Test(
        "Rule 33: the skew of version 3 is (256 - priority) 256ths of the active interval",
        arguments: [1, 2, 100, 128, 200, 254, 255] as [UInt8])
    func skewOfVersion3(priority: UInt8) {
        for centiseconds in [1, 7, 50, 100, 256, 4095] as [Int64] {
            let timers = AdvertisementTimers(
                version: .v3, priority: priority, interval: .milliseconds(centiseconds * 10))
            // In nanoseconds: (256 - P) * cs * 10^7 / 256, rounded up.
            let exact = (256 - Int64(priority)) * centiseconds * 10_000_000
            #expect(timers.skewTime == .nanoseconds((exact + 255) / 256))
            #expect(timers.activeDownInterval == .milliseconds(centiseconds * 30) + timers.skewTime)
        }
    }

    @Test(
        "Rule 33: the skew of version 2 does not depend on the interval",
        arguments: [1, 100, 254, 255] as [UInt8])
    func skewOfVersion2(priority: UInt8) {
        for seconds in [1, 2, 60, 255] {
            let timers = AdvertisementTimers(version: .v2, priority: priority, interval: .seconds(seconds))
            #expect(timers.skewTime == .nanoseconds((256 - Int64(priority)) * 3_906_250))
            #expect(timers.activeDownInterval == .seconds(3 * seconds) + timers.skewTime)
        }
    }

    @Test("Rule 34: timers keep what is below a microsecond and are rounded up at half a nanosecond")
    func precision() {
        let odd = AdvertisementTimers(version: .v3, priority: 255, interval: .milliseconds(10))
        #expect(odd.skewTime == .nanoseconds(39_063), "39,062.5 ns")
        let even = AdvertisementTimers(version: .v3, priority: 254, interval: .milliseconds(10))
        #expect(even.skewTime == .nanoseconds(78_125))
    }

    @Test(
        "Rule 35: the vectors of skew and down time, to the microsecond",
        arguments: [
            (100, 1000, .nanoseconds(609_375_000), .nanoseconds(3_609_375_000)),
            (254, 10, .nanoseconds(78_125), .nanoseconds(30_078_125)),
            (1, 40_950, .nanoseconds(40_790_039_063), .nanoseconds(163_640_039_063)),
            (255, 1000, .nanoseconds(3_906_250), .nanoseconds(3_003_906_250)),
            (150, 500, .nanoseconds(207_031_250), .nanoseconds(1_707_031_250)),
        ] as [(UInt8, Int64, Duration, Duration)])
    func vectors(priority: UInt8, milliseconds: Int64, skew: Duration, down: Duration) {
        let timers = AdvertisementTimers(version: .v3, priority: priority, interval: .milliseconds(milliseconds))
        #expect(timers.skewTime == skew)
        #expect(timers.activeDownInterval == down)
    }

    @Test("Rule 36: after a resignation the skew follows the interval that was learned", arguments: Flavour.version3)
    func skewOfTheLearnedInterval(flavour: Flavour) {
        var bench = Bench.backup(flavour.strict())
        _ = bench.hear(200, from: flavour.higher, interval: .milliseconds(500))
        _ = bench.hear(0, from: flavour.higher, interval: .milliseconds(500))
        #expect(bench.remaining == .nanoseconds(304_687_500))
    }

    @Test("Rule 36: in version 2 the skew after a resignation is that of the priority alone")
    func skewOfVersion2AfterResignation() {
        var bench = Bench.backup(Flavour.version2.strict { $0.advertisementInterval = .seconds(5) })
        _ = bench.hear(0, from: Flavour.version2.higher, interval: .seconds(5))
        #expect(bench.remaining == .nanoseconds(609_375_000))
    }

    @Test("Rule 37: the active interval begins as the own one and is learned", arguments: Flavour.version3)
    func learnedInterval(flavour: Flavour) {
        var bench = Bench.backup(flavour.strict())
        #expect(bench.router.activeAdvertisementInterval == .seconds(1))
        _ = bench.hear(200, from: flavour.higher, interval: .milliseconds(50))
        #expect(bench.router.activeAdvertisementInterval == .milliseconds(50))
        #expect(
            bench.reports.contains(
                .intervalLearned(.milliseconds(50), from: Peer(address: flavour.higher, priority: 200))))
        #expect(bench.remaining == bench.router.activeDownInterval)
    }

    @Test("Rule 37: an active router uses and advertises its own interval again", arguments: Flavour.version3)
    func ownIntervalOnBecomingActive(flavour: Flavour) {
        var bench = Bench.backup(flavour.strict { $0.advertisementInterval = .milliseconds(200) })
        _ = bench.hear(200, from: flavour.higher, interval: .seconds(3))
        _ = bench.wait(bench.router.activeDownInterval)
        #expect(bench.router.state == .active)
        #expect(bench.router.activeAdvertisementInterval == .milliseconds(200))
        #expect(bench.sent.map(\.interval) == [.milliseconds(200)])
        #expect(bench.remaining == .milliseconds(200))
    }

    @Test("Rule 37: an advertisement that is not obeyed teaches no interval", arguments: Flavour.version3)
    func nothingLearnedFromLower(flavour: Flavour) {
        var bench = Bench.backup(flavour.strict())
        _ = bench.hear(50, from: flavour.lower, interval: .seconds(30))
        #expect(bench.router.activeAdvertisementInterval == .seconds(1))
    }

    @Test("Rule 37: version 2 learns no interval")
    func version2LearnsNothing() {
        var bench = Bench.backup(Flavour.version2.strict())
        _ = bench.hear(200, from: Flavour.version2.higher, interval: .seconds(9))
        #expect(bench.router.activeAdvertisementInterval == .seconds(1))
    }

    @Test("Rule 38: version 3 carries 0.01 to 40.95 seconds, version 2 1 to 255")
    func ranges() {
        #expect(ProtocolVersion.v3.intervals == .milliseconds(10)...(.milliseconds(40_950)))
        #expect(ProtocolVersion.v2.intervals == .seconds(1)...(.seconds(255)))
        for (version, wanted, used) in [
            (.v3, .milliseconds(40_950), .milliseconds(40_950)), (.v3, .seconds(41), .milliseconds(40_950)),
            (.v3, .zero, .milliseconds(10)), (.v2, .milliseconds(10), .seconds(1)), (.v2, .seconds(255), .seconds(255)),
            (.v2, .seconds(1_000_000), .seconds(255)),
        ] as [(ProtocolVersion, Duration, Duration)] {
            let flavour = version == .v2 ? Flavour.version2 : .version3IPv4
            var bench = Bench.active(flavour.strict { $0.advertisementInterval = wanted })
            #expect(bench.remaining == used)
            _ = bench.wait(used)
            #expect(bench.sent.map(\.interval) == [used])
        }
    }

    @Test("Rule 39: packets that wait are handled before the timer after a late wake-up", arguments: Flavour.allCases)
    func lateWakeUp(flavour: Flavour) {
        var bench = Bench.backup(flavour.strict())
        _ = bench.hear(200, from: flavour.higher)
        // Nobody ran this router for ten seconds; the packets of that time are in its socket.
        bench.now = bench.now + .seconds(10)
        #expect(bench.hear(200, from: flavour.higher) == [])
        #expect(bench.on(.timeReached) == [], "the advertisement has restarted the timer")
        #expect(bench.router.state == .backup)
        #expect(bench.remaining == bench.router.activeDownInterval)
    }

    @Test("Rule 39: an advertisement counts from its reception, not from when it is handled")
    func receptionTime() {
        let flavour = Flavour.version3IPv6
        var bench = Bench.backup(flavour.strict())
        let reception = bench.now + .seconds(1)
        bench.now = reception
        _ = bench.hear(200, from: flavour.higher)
        bench.now = reception + .seconds(2)
        #expect(bench.router.deadline == reception + bench.router.activeDownInterval)
    }

    @Test("Rule 39: instants and durations at the ends of their range stop there")
    func saturation() {
        let end = Instant(nanoseconds: .max)
        #expect(end + .seconds(1) == end)
        #expect(Instant(nanoseconds: .min) - .seconds(1) == Instant(nanoseconds: .min))
        #expect(Instant.origin + .seconds(Int64.max) == end)
        #expect(Instant.origin - .seconds(Int64.max) == Instant(nanoseconds: .min))
        #expect(end - Instant(nanoseconds: .min) == .nanoseconds(Int64.max))
        #expect(Instant.origin + .nanoseconds(1) / 2 == Instant(nanoseconds: 1), "never early")
        #expect(Instant.origin - .nanoseconds(1) / 2 == .origin)
        #expect((Instant.origin + .seconds(2)) - Instant.origin == .seconds(2))
    }

    @Test(
        "Rule 56: a timer call that is early, or of a state that is gone, changes nothing", arguments: Flavour.allCases)
    func staleTimers(flavour: Flavour) {
        var bench = Bench.backup(flavour.strict())
        let before = bench.router
        bench.now = bench.now + .seconds(3)
        #expect(bench.on(.timeReached) == [])
        #expect(bench.router == before)
        // The timer of the backup is due, but the router was shut down before the call came.
        _ = bench.on(.shutdown)
        let stopped = bench.router
        bench.now = bench.now + .seconds(60)
        #expect(bench.on(.timeReached) == [])
        #expect(bench.router == stopped)
        #expect(bench.router.deadline == nil)
    }

    @Test("Rule 56: the down timer that was due before an advertisement came does not fire after it")
    func restartedTimer() {
        let flavour = Flavour.version2
        var bench = Bench.backup(flavour.strict())
        let old = bench.router.deadline
        bench.now = bench.now + .seconds(2)
        _ = bench.hear(200, from: flavour.higher)
        if let old { bench.now = old }
        #expect(bench.on(.timeReached) == [])
        #expect(bench.router.state == .backup)
    }
}
