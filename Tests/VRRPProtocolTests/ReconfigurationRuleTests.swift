import Addresses
import Testing
import VRRPProtocol

@Suite("Changes while running")
struct ReconfigurationRuleTests {
    @Test("Rule 57: another priority takes effect in Active with the next advertisement", arguments: Flavour.allCases)
    func priorityWhileActive(flavour: Flavour) {
        var bench = Bench.active(flavour.strict())
        _ = bench.wait(.milliseconds(300))
        #expect(bench.on(.reconfigured(bench.changed { $0.priority = 50 })) == [])
        #expect(bench.router.state == .active)
        #expect(bench.reports == [.priorityChanged(from: 100, to: 50)])
        #expect(bench.wait(.milliseconds(700)) == [.advertise(50)])
    }

    @Test("Rule 57: another priority moves the end of the down timer by the difference", arguments: Flavour.allCases)
    func priorityWhileBackup(flavour: Flavour) {
        var bench = Bench.backup(flavour.strict())
        _ = bench.hear(255, from: flavour.higher)
        _ = bench.wait(.seconds(1))
        // 3 s + 56/256 s from when the advertisement came.
        #expect(bench.on(.reconfigured(bench.changed { $0.priority = 200 })) == [])
        #expect(bench.remaining == .nanoseconds(2_218_750_000))
        #expect(bench.on(.priorityAdjusted(by: -100)) == [])
        #expect(bench.remaining == .nanoseconds(2_609_375_000))
    }

    @Test("Rule 57: a timer that would have ended by the new priority ends now", arguments: Flavour.allCases)
    func timerEndsNow(flavour: Flavour) {
        var bench = Bench.backup(flavour.strict { $0.priority = 1 })
        _ = bench.wait(.milliseconds(3900))
        _ = bench.on(.reconfigured(bench.changed { $0.priority = 254 }))
        #expect(bench.remaining == .zero)
        #expect(bench.on(.timeReached).first == .advertise(254))
    }

    @Test("Rule 57: after a resignation the skew follows the new priority", arguments: Flavour.allCases)
    func priorityAfterResignation(flavour: Flavour) {
        var bench = Bench.backup(flavour.strict())
        _ = bench.hear(0, from: flavour.higher)
        _ = bench.on(.reconfigured(bench.changed { $0.priority = 200 }))
        #expect(bench.remaining == .nanoseconds(218_750_000))
    }

    @Test(
        "Rule 57: another interval takes effect in Active, at the latest one new interval from now",
        arguments: Flavour.allCases)
    func intervalWhileActive(flavour: Flavour) {
        var bench = Bench.active(flavour.strict { $0.advertisementInterval = .seconds(10) })
        _ = bench.wait(.seconds(1))
        #expect(bench.on(.reconfigured(bench.changed { $0.advertisementInterval = .seconds(2) })) == [])
        #expect(bench.remaining == .seconds(2))
        #expect(bench.wait(.seconds(4)) == [.advertise(100), .advertise(100)])
        // A longer one: the backups must hear of it before they give up by the old one.
        #expect(bench.on(.reconfigured(bench.changed { $0.advertisementInterval = .seconds(30) })) == [])
        #expect(bench.remaining == .seconds(2))
        _ = bench.wait(.seconds(2))
        #expect(bench.sent.map(\.interval) == [.seconds(30)])
        #expect(bench.remaining == .seconds(30))
    }

    @Test("Rule 57: another interval takes effect in Backup where none was learned")
    func intervalWhileBackup() {
        var bench = Bench.backup(Flavour.version3IPv4.strict())
        _ = bench.on(.reconfigured(bench.changed { $0.advertisementInterval = .milliseconds(500) }))
        #expect(bench.remaining == .nanoseconds(1_804_687_500))
        _ = bench.hear(200, from: Flavour.version3IPv4.higher, interval: .milliseconds(100))
        _ = bench.on(.reconfigured(bench.changed { $0.advertisementInterval = .seconds(2) }))
        #expect(bench.router.activeAdvertisementInterval == .milliseconds(100), "the active router's still counts")
        var version2 = Bench.backup(Flavour.version2.strict())
        _ = version2.hear(200, from: Flavour.version2.higher)
        _ = version2.on(.reconfigured(version2.changed { $0.advertisementInterval = .seconds(2) }))
        #expect(version2.remaining == .nanoseconds(6_609_375_000))
    }

    @Test(
        "Rule 57: another priority leaves a learned interval alone, after a resignation too",
        arguments: Flavour.version3)
    func learnedIntervalStays(flavour: Flavour) {
        var bench = Bench.backup(flavour.strict { $0.advertisementInterval = .seconds(6) })
        _ = bench.hear(200, from: flavour.higher, interval: .seconds(9))
        _ = bench.hear(0, from: flavour.higher, interval: .seconds(9))
        _ = bench.on(.reconfigured(bench.changed { $0.priority = 128 }))
        #expect(bench.router.activeAdvertisementInterval == .seconds(9))
        #expect(bench.remaining == .milliseconds(4500))
    }

    @Test("Rule 57: an interval learned from a router that was yielded to is kept as well", arguments: Flavour.version3)
    func intervalLearnedByYielding(flavour: Flavour) {
        var bench = Bench.active(flavour.strict())
        _ = bench.hear(200, from: flavour.higher)
        _ = bench.on(.reconfigured(bench.changed { $0.advertisementInterval = .seconds(6) }))
        #expect(bench.router.activeAdvertisementInterval == .seconds(1))
    }

    @Test("Rule 57: a new address is installed, announced and advertised at once", arguments: Flavour.allCases)
    func newAddress(flavour: Flavour) {
        var bench = Bench.active(flavour.strict())
        _ = bench.wait(.milliseconds(300))
        #expect(
            bench.on(.reconfigured(bench.changed { $0.virtualAddresses.append(flavour.another) })) == [
                .install([flavour.another]), .announce([flavour.another], 1), .advertise(100),
            ])
        #expect(bench.sent.map(\.addresses) == [flavour.virtual + [flavour.another]])
        #expect(bench.remaining == .milliseconds(700))
        #expect(
            bench.on(.shutdown) == [
                .advertise(0), .remove(flavour.virtual + [flavour.another]), .become(.initialize),
            ])
    }

    @Test("Rule 57: an address that is gone is removed, an excluded one comes without an advertisement")
    func exchangedAddresses() {
        let flavour = Flavour.version2
        var bench = Bench.active(flavour.strict())
        #expect(
            bench.on(
                .reconfigured(
                    bench.changed {
                        $0.virtualAddresses = [flavour.virtual[0]]
                        $0.excludedAddresses = [flavour.another]
                    })) == [
                    .remove([flavour.virtual[1]]), .install([flavour.another]), .announce([flavour.another], 1),
                ])
        #expect(bench.router.addresses == [flavour.virtual[0], flavour.another])
    }

    @Test("Rule 57: in Backup new addresses wait until the router is active", arguments: Flavour.allCases)
    func addressesWhileBackup(flavour: Flavour) {
        var bench = Bench.backup(flavour.strict())
        #expect(bench.on(.reconfigured(bench.changed { $0.virtualAddresses = [flavour.another] })) == [])
        #expect(bench.wait(.seconds(4)).contains(.install([flavour.another])))
    }

    @Test("Rule 57: the same configuration again changes nothing", arguments: Flavour.allCases)
    func sameConfiguration(flavour: Flavour) {
        for start in [Bench(flavour.strict()), .backup(flavour.strict()), .active(flavour.strict())] {
            var bench = start
            #expect(bench.on(.reconfigured(bench.router.configuration)) == [])
            #expect(bench.router == start.router)
        }
    }

    @Test("Rule 57: another VRID is another virtual router: the old one resigns, the new one starts")
    func anotherRouter() {
        let flavour = Flavour.version3IPv4
        var bench = Bench.active(flavour.strict())
        #expect(
            bench.on(.reconfigured(bench.changed { $0.virtualRouterID = 8 })) == [
                .advertise(0), .remove(flavour.virtual), .become(.initialize), .become(.backup),
            ])
        #expect(bench.router.configuration.virtualRouterID == 8)
    }

    @Test("Rule 58: IPv4 and IPv6 of one VRID are two routers that know nothing of each other")
    func twoFamilies() {
        var ipv4 = Bench.active(Flavour.version3IPv4.strict())
        var ipv6 = Bench.active(Flavour.version3IPv6.strict())
        #expect(ipv4.router.configuration.virtualRouterID == ipv6.router.configuration.virtualRouterID)
        let before = ipv6.router
        _ = ipv4.hear(200, from: Flavour.version3IPv4.higher)
        #expect(ipv4.router.state == .backup)
        #expect(ipv6.router == before)
        _ = ipv6.on(.shutdown)
        #expect(ipv4.router.state == .backup)
    }

    @Test("an address to send from that goes away is a fault, a new one is taken over", arguments: Flavour.allCases)
    func primaryAddress(flavour: Flavour) {
        var bench = Bench.active(flavour.strict())
        #expect(bench.on(.primaryAddressChanged(flavour.host(4))) == [])
        #expect(bench.on(.primaryAddressChanged(nil)) == [.remove(flavour.virtual), .become(.fault)])
        #expect(bench.cause == .fault(FaultCause(.noPrimaryAddress)))
        #expect(bench.on(.primaryAddressChanged(flavour.host(20))) == [.become(.backup)])
        #expect(bench.wait(.seconds(4)).last == .become(.active))
        _ = bench.hear(100, from: flavour.higher)
        #expect(bench.router.state == .active, "host 20 is above the peer now")
    }

    @Test("keepalived resigns when somebody removes an address, and competes anew", arguments: Flavour.allCases)
    func lostAddress(flavour: Flavour) {
        var bench = Bench.active(flavour.keepalived { $0.priority = 150 })
        #expect(bench.on(.addressLost(flavour.another)) == [], "not one of its addresses")
        #expect(
            bench.on(.addressLost(flavour.virtual[0])) == [
                .advertise(0), .remove(flavour.virtual), .become(.backup),
            ])
        #expect(bench.cause == .addressLost(flavour.virtual[0]))
        // Measured with keepalived 2.2.7 at priority 150: 0.42 s.
        #expect(bench.remaining == .nanoseconds(414_062_500))
        #expect(bench.wait(.seconds(1)).contains(.install(flavour.virtual)))
        #expect(bench.cause == .resignation(of: flavour.own, skewTime: .nanoseconds(414_062_500)))
    }

    @Test("an address that somebody removed can be put back instead", arguments: Flavour.allCases)
    func reinstalledAddress(flavour: Flavour) {
        var bench = Bench.active(flavour.keepalived { $0.policy.answerToLostAddress = .reinstall })
        #expect(
            bench.on(.addressLost(flavour.virtual[1])) == [
                .install([flavour.virtual[1]]), .announce([flavour.virtual[1]], 5),
            ])
        #expect(bench.router.state == .active)
    }
}

extension Bench {
    /// The router's configuration with a change.
    func changed(_ change: (inout VirtualRouter.Configuration) -> Void) -> VirtualRouter.Configuration {
        var configuration = router.configuration
        change(&configuration)
        return configuration
    }
}
