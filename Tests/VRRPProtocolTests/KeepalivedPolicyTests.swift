import Addresses
import PacketFormats
import Testing
import VRRPProtocol

/// What the user of a keepalived.conf expects and no RFC asks for.
@Suite("keepalived's ways")
struct KeepalivedPolicyTests {
    @Test("the two policies differ where the checklist says so")
    func defaults() {
        let keepalived = VirtualRouter.Policy.keepalived
        #expect(keepalived.accepts && keepalived.answerToLoser == .advertisementAndNewInterval)
        #expect(keepalived.announcements == AnnouncementSchedule())
        #expect(keepalived.activeDownAdvertisements == 3 && !keepalived.ownerIgnoresAdvertisements)
        for version in ProtocolVersion.allCases {
            let strict = VirtualRouter.Policy.strict(version)
            #expect(!strict.accepts && strict.announcements == .once && strict.duplicateOwner == .insist)
            #expect(strict.answerToLoser == (version == .v2 ? .silence : .advertisement))
        }
        let configuration = Flavour.version2.keepalived()
        #expect(configuration.priority == 100 && configuration.preempts)
        #expect(configuration.advertisementInterval == .seconds(1))
    }

    @Test("the order of notification: advertise, install, announce, then notify", arguments: Flavour.allCases)
    func order(flavour: Flavour) {
        var bench = Bench.backup(flavour.keepalived())
        #expect(
            bench.wait(.seconds(4)) == [
                .advertise(100), .install(flavour.virtual), .announce(flavour.virtual, 5), .become(.active),
            ])
    }

    @Test("lower_prio_no_advert keeps silent and still announces")
    func lowerPriorityNoAdvert() {
        let flavour = Flavour.version2
        var bench = Bench.active(flavour.keepalived { $0.policy.answerToLoser = .silence })
        #expect(bench.hear(1, from: flavour.lower) == [.announce(flavour.virtual, 5)])
    }

    @Test("higher_prio_send_advert sends a last, losing advertisement before yielding", arguments: Flavour.allCases)
    func higherPrioritySendAdvert(flavour: Flavour) {
        var bench = Bench.active(flavour.keepalived { $0.policy.advertisesBeforeYielding = true })
        #expect(
            bench.hear(200, from: flavour.higher) == [
                .advertise(100), .remove(flavour.virtual), .become(.backup),
            ])
    }

    @Test("down_timer_adverts is how many advertisements may be missed", arguments: [1, 2, 3, 10, 100])
    func downTimerAdverts(count: Int) {
        let bench = Bench.backup(Flavour.version2.keepalived { $0.policy.activeDownAdvertisements = count })
        #expect(bench.remaining == .seconds(count) + .nanoseconds(609_375_000))
    }

    @Test("a count of advertisements out of range is the nearest one")
    func downTimerAdvertsOutOfRange() {
        for (count, used) in [(Int.min, 1), (0, 1), (101, 100), (Int.max, 100)] {
            let timers = AdvertisementTimers(
                version: .v2, priority: 100, interval: .seconds(1), advertisements: count)
            #expect(timers.activeDownInterval == .seconds(used) + timers.skewTime)
        }
    }

    @Test("timer_expired_backup: without preemption, a router that was not scheduled gives way")
    func timerExpired() {
        let flavour = Flavour.version3IPv4
        var bench = Bench.active(
            flavour.keepalived {
                $0.preempts = false
                $0.policy.yieldsWhenLateTo = 254
            })
        _ = bench.wait(.seconds(10))
        // The backup of priority 254 takes over 3.0078125 s after the last advertisement.
        bench.now = bench.now + .nanoseconds(3_007_812_500)
        var inTime = bench
        #expect(inTime.on(.timeReached) == [.advertise(100)])
        bench.now = bench.now + .nanoseconds(1)
        #expect(bench.on(.timeReached) == [.remove(flavour.virtual), .become(.backup)])
        #expect(bench.cause == .lateness(.nanoseconds(2_007_812_501)))
    }

    @Test("timer_expired_backup does nothing to a router that preempts, or owns the addresses")
    func timerExpiredOtherwise() {
        let flavour = Flavour.version3IPv4
        for priority in [100, 255] as [UInt8] {
            var bench = Bench.active(
                flavour.keepalived {
                    $0.priority = priority
                    $0.preempts = priority == 100
                    $0.policy.yieldsWhenLateTo = 254
                })
            bench.now = bench.now + .seconds(60)
            _ = bench.on(.timeReached)
            #expect(bench.router.state == .active)
        }
    }

    @Test("owner_ignore_adverts makes an owner deaf, and nobody else", arguments: Flavour.allCases)
    func ownerIgnores(flavour: Flavour) {
        var owner = Bench.active(
            flavour.keepalived {
                $0.priority = 255
                $0.policy.ownerIgnoresAdvertisements = true
            })
        let before = owner.router
        for priority in [0, 100, 255] as [UInt8] {
            #expect(owner.hear(priority, from: flavour.higher) == [])
        }
        #expect(owner.router == before)
        var other = Bench.active(flavour.keepalived { $0.policy.ownerIgnoresAdvertisements = true })
        _ = other.hear(200, from: flavour.higher)
        #expect(other.router.state == .backup)
    }

    @Test("of two owners the higher address insists twice and then counts as 254", arguments: Flavour.allCases)
    func duplicateOwner(flavour: Flavour) {
        var bench = Bench.active(flavour.keepalived { $0.priority = 255 })
        for _ in 1...2 {
            _ = bench.wait(.seconds(1))
            #expect(bench.hear(255, from: flavour.lower).first == .advertise(255), "insists")
            #expect(bench.router.state == .active)
        }
        _ = bench.wait(.seconds(1))
        #expect(bench.hear(255, from: flavour.lower) == [.remove(flavour.virtual), .become(.backup)])
        #expect(bench.cause == .duplicateOwner(Peer(address: flavour.lower, priority: 255)))
        #expect(bench.router.effectivePriority == 254)
        #expect(bench.wait(.seconds(4)).first == .advertise(254))
        // Until somebody corrects the configuration.
        _ = bench.on(.reconfigured(bench.router.configuration))
        #expect(bench.router.effectivePriority == 255)
    }

    @Test("another owner that understood in between is insisted against anew")
    func duplicateOwnerUnderstood() {
        let flavour = Flavour.version2
        var bench = Bench.active(flavour.keepalived { $0.priority = 255 })
        for _ in 1...10 {
            _ = bench.hear(255, from: flavour.lower)
            _ = bench.hear(255, from: flavour.lower)
            #expect(bench.router.state == .active)
            _ = bench.wait(.seconds(10))
        }
    }

    @Test("of two owners the lower address backs off at once", arguments: Flavour.allCases)
    func duplicateOwnerLower(flavour: Flavour) {
        var bench = Bench.active(flavour.keepalived { $0.priority = 255 })
        #expect(bench.hear(255, from: flavour.higher) == [.remove(flavour.virtual), .become(.backup)])
    }

    @Test("vrrp_startup_delay: nothing happens before it has passed", arguments: Flavour.allCases)
    func startupDelay(flavour: Flavour) {
        var bench = Bench(
            flavour.keepalived {
                $0.priority = 255
                $0.startupDelay = .milliseconds(5500)
            })
        #expect(bench.on(.startup) == [])
        #expect(bench.router.state == .initialize)
        #expect(bench.remaining == .milliseconds(5500))
        #expect(bench.hear(100, from: flavour.lower) == [])
        #expect(bench.wait(.milliseconds(5499)) == [])
        #expect(bench.wait(.milliseconds(1)).last == .become(.active))
    }

    @Test("a fault during the startup delay is met when it has passed", arguments: Flavour.allCases)
    func faultDuringStartupDelay(flavour: Flavour) {
        let cause = FaultCause(.script, name: "chk")
        var bench = Bench(flavour.keepalived { $0.startupDelay = .seconds(5) })
        _ = bench.on(.startup)
        #expect(bench.on(.faulted(cause)) == [])
        #expect(bench.wait(.seconds(5)) == [.become(.fault)])
        #expect(bench.cause == .fault(cause))
        #expect(bench.on(.recovered(cause)) == [.become(.backup)])
        #expect(bench.cause == .recovery(cause))
    }

    @Test("a router leaves fault with the last cause, and says what is added and removed", arguments: Flavour.allCases)
    func severalFaults(flavour: Flavour) {
        let script = FaultCause(.script, name: "chk")
        let interface = FaultCause(.interface, name: "eth0")
        var bench = Bench.active(flavour.keepalived())
        #expect(bench.on(.faulted(script)) == [.advertise(0), .remove(flavour.virtual), .become(.fault)])
        #expect(bench.on(.faulted(script)) == [])
        #expect(bench.reports == [])
        #expect(bench.on(.faulted(interface)) == [])
        #expect(bench.reports == [.faultAdded(interface)])
        #expect(bench.router.faults == [interface, script])
        #expect(bench.on(.recovered(script)) == [])
        #expect(bench.reports == [.faultRemoved(script)])
        #expect(bench.on(.recovered(script)) == [])
        #expect(bench.on(.recovered(interface)) == [.become(.backup)])
    }
}
