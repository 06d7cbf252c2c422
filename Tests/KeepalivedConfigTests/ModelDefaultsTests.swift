import Addresses
import KeepalivedConfig
import Testing

@Suite("What holds where nothing is written")
struct ModelDefaultsTests {
    private func first(_ text: String) throws -> VRRPInstance {
        try #require(Understood(text).configuration.instances.first)
    }

    @Test("An instance has keepalived's defaults")
    func instanceDefaults() throws {
        let router = try first(instance())
        #expect(router.state.value == .backup)
        #expect(router.priority.value == 100)
        #expect(router.priority.origin == .standard)
        #expect(router.advertisementInterval.value == .seconds(1))
        #expect(router.version.value == 2)
        #expect(router.preempts.value)
        #expect(router.preemptDelay.value == .zero)
        #expect(router.accepts.value)
        #expect(!router.isStrict.value)
        #expect(router.answersLowerPriority.value)
        #expect(router.downTimerAdvertisements.value == 3)
        #expect(router.unicastTTL.value == 255)
        #expect(router.multicastGroup.value?.description == "224.0.0.18")
        #expect(router.announcements.delay.value == .seconds(5))
        #expect(router.announcements.repeats.value == 5)
        #expect(router.announcements.refresh.value == .zero)
        #expect(router.announcements.refreshRepeats.value == 1)
        #expect(router.announcements.lowerPriorityDelay.value == .seconds(5))
        #expect(router.announcements.lowerPriorityRepeats.value == 5)
        #expect(!router.sendsMail.value)
        #expect(router.tracksOwnInterface.value)
        #expect(router.addresses.first?.value.prefix.description == "192.0.2.10/32")
    }

    @Test("IPv6 instances have version 3 and the IPv6 group, and addresses of 128 bits")
    func ipv6() throws {
        let router = try first("global_defs {\nvrrp_version 2\n}\n" + instance(address: "fe80::10"))
        #expect(router.family == .ipv6)
        #expect(router.version.value == 3)
        #expect(router.version.origin == .because(.ipv6Addresses, router.addresses.first?.span))
        #expect(router.multicastGroup.value?.description == "ff02::12")
        #expect(router.addresses.first?.value.prefix.length == 128)
    }

    @Test("State MASTER without a priority owns the addresses; priority 255 without a state is MASTER")
    func owner() throws {
        #expect(try first(instance("state MASTER")).priority.value == 255)
        #expect(try first(instance("state MASTER\npriority 150")).priority.value == 150)
        #expect(try first(instance("priority 255")).state.value == .active)
        #expect(try first(instance("state BACKUP\npriority 255")).state.value == .backup)
    }

    @Test("What global_defs says holds for instances that say nothing, wherever it stands")
    func inheritance() throws {
        let global = """
            global_defs {
                vrrp_version 3
                vrrp_garp_master_delay 7
                vrrp_garp_master_repeat 2
                vrrp_lower_prio_no_advert
                vrrp_down_timer_adverts 4
                vrrp_mcast_group4 224.0.0.200
                vrrp_skip_check_adv_addr
                smtp_alert
            }

            """
        for text in [global + instance(), instance() + global] {
            let router = try first(text)
            #expect(router.version.value == 3)
            #expect(router.announcements.delay.value == .seconds(7))
            #expect(router.announcements.lowerPriorityDelay.value == .seconds(7))
            #expect(router.announcements.repeats.value == 2)
            #expect(router.announcements.lowerPriorityRepeats.value == 2)
            #expect(!router.answersLowerPriority.value)
            #expect(router.downTimerAdvertisements.value == 4)
            #expect(router.multicastGroup.value?.description == "224.0.0.200")
            #expect(router.skipsAddressCheck.value)
            #expect(router.sendsMail.value)
            guard case .inherited(from: .globalDefinitions, _) = router.version.origin else {
                Issue.record("the version comes from global_defs")
                return
            }
        }
        let own = try first(global + instance("version 2\ngarp_master_delay 1\nsmtp_alert no"))
        #expect(own.version.value == 2)
        #expect(own.announcements.lowerPriorityDelay.value == .seconds(1))
        #expect(!own.sendsMail.value)
    }

    @Test("vrrp_min_garp announces once, with no second burst")
    func minimal() throws {
        let router = try first("global_defs {\nvrrp_min_garp\n}\n" + instance())
        #expect(router.announcements.repeats.value == 1)
        #expect(router.announcements.delay.value == .zero)
        #expect(router.announcements.lowerPriorityRepeats.value == 1)
    }

    @Test("Strict mode sets what the RFC does")
    func strict() throws {
        let router = try first("global_defs {\nvrrp_strict\n}\n" + instance("version 3"))
        #expect(!router.accepts.value)
        #expect(!router.answersLowerPriority.value)
        #expect(router.checksumAsV2.value)
        #expect(try first(instance("strict_mode\npriority 255")).accepts.value)
    }

    @Test("A script that names no timeout has its interval; a tracker that names no weight has the object's own")
    func scripts() throws {
        let understood = Understood(
            "vrrp_script chk {\nscript \"/bin/a b 'c d'\"\ninterval 7\nweight -20\n}\n"
                + instance("track_script {\nchk\n}")
                + instance("track_script {\nchk weight 5 reverse\n}", name: "VI_2", vrid: 52, address: "192.0.2.11"))
        let script = try #require(understood.configuration.scripts.first)
        #expect(script.timeout.value == .seconds(7))
        #expect(script.rise.value == 1)
        #expect(script.fall.value == 1)
        #expect(script.command.value?.words == ["/bin/a", "b", "c d"])
        let weights = understood.configuration.instances.map { $0.tracked.scripts[0].value.weight }
        #expect(weights == [TrackWeight(-20), TrackWeight(5, isReversed: true)])
    }

    @Test("Checks have their own defaults, unless the servers around them say otherwise")
    func checks() throws {
        func timing(_ check: String, _ lines: String = "", server: String = "") throws -> CheckTiming {
            let understood = Understood(service(server, real: "\(check) {\n\(lines)\n}"))
            let real = try #require(understood.configuration.virtualServers.first?.realServers.first)
            return try #require(real.checkers.first).timing
        }
        let tcp = try timing("TCP_CHECK")
        #expect(tcp.delayLoop.value == .seconds(60))
        #expect(tcp.connectTimeout.value == .seconds(5))
        #expect(tcp.retries.value == 1)
        #expect(tcp.delayBeforeRetry.value == .seconds(1))
        #expect(tcp.warmup.value == .seconds(60))
        #expect(try timing("HTTP_GET", "url {\n}").delayBeforeRetry.value == .seconds(3))
        #expect(try timing("SSL_GET", "url {\n}").delayBeforeRetry.value == .seconds(3))
        #expect(try timing("DNS_CHECK").retries.value == 3)
        #expect(try timing("DNS_CHECK").delayBeforeRetry.value == .seconds(60))
        #expect(try timing("MISC_CHECK", "misc_path /bin/true").retries.value == 0)
        let told = try timing("DNS_CHECK", server: "retry 2\ndelay_loop 6\ndelay_before_retry 4")
        #expect(told.retries.value == 2)
        #expect(told.delayLoop.value == .seconds(6))
        #expect(told.delayBeforeRetry.value == .seconds(4))
        #expect(told.warmup.value == .seconds(6))
    }

    @Test("Virtual and real servers have keepalived's defaults")
    func servers() throws {
        let understood = Understood("virtual_server 192.0.2.10 80 {\nreal_server 192.0.2.20 {\n}\n}")
        let server = try #require(understood.configuration.virtualServers.first)
        #expect(server.scheduler.value == .wlc)
        #expect(server.transport.value == .udp)
        #expect(server.forwarding.value.method == .masquerade)
        #expect(server.quorum.value == 1)
        #expect(server.hysteresis.value == 0)
        #expect(server.persistenceTimeout.value == nil)
        #expect(!server.sendsMail.value)
        let real = try #require(server.realServers.first)
        #expect(real.endpoint.value.port == 80)
        #expect(real.weight.value == 1)
        #expect(real.sendsMail.value)
        #expect(!real.inhibitsOnFailure.value)
        #expect(
            Understood(service("persistence_timeout")).configuration.virtualServers[0].persistenceTimeout.value == 360)
    }

    @Test("A value that cannot be taken leaves the default, and says so")
    func refused() throws {
        let router = try first(instance("priority 256"))
        #expect(router.priority.value == 100)
        #expect(router.priority.origin.span?.line == 7)
    }

    @Test("The configurations that stand on their own have no errors", arguments: FixtureFiles.names)
    func fixtures(name: String) throws {
        let text = String(decoding: try FixtureFiles.bytes(name), as: UTF8.self)
        #expect(Understood(text).diagnostics.filter { $0.severity == .error } == [])
    }
}
