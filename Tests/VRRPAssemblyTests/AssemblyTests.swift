import Addresses
import KeepalivedConfig
import PacketFormats
import Testing
import VRRPAssembly
import VRRPProtocol

@Suite("What a configuration means for the machines and for the wire")
struct AssemblyTests {
    static func configuration(_ text: String) -> Configuration {
        Configuration.understand(ConfigurationReader.read(text: text)).configuration
    }

    static func instance(_ lines: String, addresses: String = "10.0.0.3") -> String {
        """
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 50
            \(lines)
            virtual_ipaddress {
                \(addresses)
            }
        }
        """
    }

    static func receiver(_ lines: String, addresses: String = "10.0.0.3") throws -> Receiver {
        try #require(configuration(instance(lines, addresses: addresses)).receivers().first).receiver
    }

    static func router(_ lines: String) throws -> VirtualRouter.Configuration {
        let configuration = configuration(instance(lines))
        let instance = try #require(configuration.instances.first)
        return try #require(instance.routerConfiguration(in: configuration.global, from: nil))
    }

    @Test("A plain instance receives version 2 from the standard group, and has keepalived's defaults")
    func defaults() throws {
        let receiver = try Self.receiver("")
        #expect(receiver.version == .v2)
        #expect(receiver.family == .ipv4)
        #expect(receiver.virtualRouterID == 50)
        #expect(receiver.mode == .multicast(group: .v4(IPv4Address(224, 0, 0, 18))))
        #expect(receiver.authentication == .none)
        #expect(receiver.interval == .seconds(1))
        #expect(receiver.addresses == [.v4(IPv4Address(10, 0, 0, 3))])
        #expect(receiver.policy == .keepalived)
        let router = try Self.router("")
        #expect(router.priority == 100)
        #expect(router.preempts)
        #expect(router.preemptDelay == .zero)
        #expect(router.policy == .keepalived)
    }

    @Test("Rule 30: Only configured peers are heard in unicast mode, unless check_unicast_src is switched off")
    func unknownPeers() throws {
        let peers = "unicast_peer {\n10.0.0.2\n}\n"
        #expect(try Self.receiver(peers).demandsKnownPeer)
        #expect(try Self.receiver(peers + "check_unicast_src").demandsKnownPeer)
        #expect(try !Self.receiver(peers + "check_unicast_src off").demandsKnownPeer)
        let global = "global_defs {\nvrrp_check_unicast_src off\n}\n" + Self.instance(peers)
        #expect(try !(#require(Self.configuration(global).receivers().first).receiver.demandsKnownPeer))
    }

    @Test("IPv6 addresses make version 3 and the IPv6 group")
    func ipv6() throws {
        let receiver = try Self.receiver("", addresses: "fe80::1\nfd00::1")
        #expect(receiver.version == .v3)
        #expect(receiver.mode == .multicast(group: VRRPWire.group(.ipv6)))
        #expect(receiver.addresses.count == 2)
    }

    @Test("Authentication counts in version 2 only")
    func authentication() throws {
        let lines = "authentication {\n auth_type PASS\n auth_pass secret\n }"
        #expect(try Self.receiver(lines).authentication == .password(AuthenticationPassword("secret".utf8)))
        #expect(
            try Self.receiver(lines.replacing("PASS", with: "AH")).authentication
                == .header(AuthenticationPassword("secret".utf8)))
        #expect(try Self.receiver("version 3\n" + lines).authentication == .none)
    }

    @Test("Unicast peers come with their allowed TTLs")
    func unicast() throws {
        let receiver = try Self.receiver(
            "unicast_src_ip 10.0.0.1\nunicast_peer {\n 10.0.0.2\n 10.0.0.9 min_ttl 250\n }")
        #expect(
            receiver.mode
                == .unicast(peers: [
                    UnicastPeer(.v4(IPv4Address(10, 0, 0, 2))),
                    UnicastPeer(.v4(IPv4Address(10, 0, 0, 9)), hopLimits: 250...255),
                ]))
        #expect(receiver.ownAddresses == [.v4(IPv4Address(10, 0, 0, 1))])
    }

    @Test("An instance without a VRID has no receiver and no machine; policy can be laid down")
    func leftOut() throws {
        let configuration = Self.configuration(
            Self.instance("version 3") + "\nvrrp_instance VI_2 {\n interface eth0\n }")
        #expect(configuration.receivers().map(\.instance) == ["VI_1"])
        #expect(configuration.receivers(policy: .strict).first?.receiver.policy == .strict)
    }

    @Test("What an instance says about timers and preemption reaches its machine")
    func machine() throws {
        let router = try Self.router(
            """
            version 3
            priority 150
            advert_int 0.25
            nopreempt
            down_timer_adverts 5
            lower_prio_no_advert
            higher_prio_send_advert
            garp_master_delay 7
            garp_master_repeat 2
            """)
        #expect(router.version == .v3)
        #expect(router.priority == 150)
        #expect(router.advertisementInterval == .milliseconds(250))
        #expect(!router.preempts)
        #expect(router.policy.activeDownAdvertisements == 5)
        #expect(router.policy.answerToLoser == .silence)
        #expect(router.policy.advertisesBeforeYielding)
        #expect(router.policy.announcements.delay == .seconds(7))
        #expect(router.policy.announcements.count == 2)
        #expect(try Self.router("preempt_delay 4").preemptDelay == .seconds(4))
    }

    @Test("A tracked script has the weight of the line, or else its own; weighted members of a sync group have none")
    func weights() throws {
        let text = """
            vrrp_script one {
                script "/bin/one"
                weight -20
            }
            vrrp_script two {
                script "/bin/two"
            }
            """
        let tracking = "track_script {\n one\n two weight 5 reverse\n }"
        var configuration = Self.configuration(text + "\n" + Self.instance(tracking))
        var trackers = configuration.tracking(of: try #require(configuration.instances.first)).trackers
        #expect(trackers.map(\.name) == ["one", "two"])
        #expect(trackers.map(\.weight) == [-20, 5])
        #expect(trackers.map(\.isReversed) == [false, true])

        configuration = Self.configuration(
            text + "\nvrrp_sync_group VG {\n group {\n VI_1\n }\n }\n" + Self.instance("track_script {\n one\n two\n }")
        )
        trackers = configuration.tracking(of: try #require(configuration.instances.first)).trackers
        #expect(trackers.map(\.name) == ["two"])
    }
}
