import Addresses
import PacketFormats
import Routing
import Testing
import VRRPProtocol

@testable import Director

/// Interfaces that come, go and change under a router.
struct InterfaceTests {
    private let world = FakeWorld()

    private static let one = """
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 51
            garp_master_repeat 1
            virtual_ipaddress {
                10.0.0.3/24
            }
        }
        """

    @Test("A missing interface is a fault until it comes")
    func comes() throws {
        let daemon = try world.daemon(Self.one)
        #expect(world.takeEffects() == ["tell INSTANCE VI_1 FAULT 100"])
        world.set("eth0", index: 7, "10.0.0.1")
        #expect(world.takeEffects() == ["tell INSTANCE VI_1 BACKUP 100"])
        world.pass(.seconds(4))
        #expect(world.takeEffects().first == "send 51/100 to 224.0.0.18 by 7")
        withExtendedLifetime(daemon) {}
    }

    @Test("One without an address is a fault until there is one")
    func hasNoAddress() throws {
        world.set("eth0", index: 2)
        let daemon = try world.daemon(Self.one)
        #expect(daemon.instances.first?.router.faults == [FaultCause(.noPrimaryAddress)])
        world.set("eth0", index: 2, "10.0.0.1")
        #expect(daemon.instances.first?.state == .backup)
    }

    @Test("Down: the addresses go and nothing is sent; up: it takes part again")
    func goesDown() throws {
        world.set("eth0", index: 2, "10.0.0.1")
        let daemon = try world.daemon(Self.one)
        world.pass(.seconds(4))
        _ = world.takeEffects()
        world.set("eth0", index: 2, up: false, "10.0.0.1")
        #expect(world.takeEffects() == ["claim VI_1: ", "tell INSTANCE VI_1 FAULT 100"])
        world.set("eth0", index: 2, "10.0.0.1")
        #expect(world.takeEffects() == ["tell INSTANCE VI_1 BACKUP 100"])
        withExtendedLifetime(daemon) {}
    }

    @Test("dont_track_primary: down is no fault")
    func isNotTracked() throws {
        world.set("eth0", index: 2, "10.0.0.1")
        let daemon = try world.daemon(
            Self.one.replacing("interface eth0", with: "interface eth0\ndont_track_primary"))
        world.pass(.seconds(4))
        world.set("eth0", index: 2, up: false, "10.0.0.1")
        #expect(daemon.instances.first?.state == .active)
    }

    @Test("Another interface of the same name is another interface, even if both changes come as one")
    func isReplaced() throws {
        world.set("eth0", index: 2, "10.0.0.1")
        let daemon = try world.daemon(Self.one)
        world.pass(.seconds(4))
        _ = world.takeEffects()
        world.set("eth0", index: 9, "10.0.0.1")
        #expect(
            world.takeEffects() == [
                "claim VI_1: ", "tell INSTANCE VI_1 FAULT 100", "tell INSTANCE VI_1 BACKUP 100",
            ])
        #expect(world.segments == [Segment(.ipv4, on: 9)])
        withExtendedLifetime(daemon) {}
    }

    @Test("A removed interface takes its sockets along")
    func goes() throws {
        world.set("eth0", index: 2, "10.0.0.1")
        let daemon = try world.daemon(Self.one)
        world.pass(.seconds(4))
        world.remove("eth0")
        #expect(world.segments.isEmpty)
        #expect(daemon.instances.first?.state == .fault)
        #expect(world.addresses.isEmpty)
    }

    @Test("A change of the interface's address goes into the packets, without a change of state")
    func changesAddress() throws {
        world.set("eth0", index: 2, "10.0.0.1")
        let daemon = try world.daemon(Self.one)
        world.pass(.seconds(4))
        world.set("eth0", index: 2, "10.0.0.9")
        world.pass(.seconds(1))
        #expect(daemon.instances.first?.state == .active)
        #expect(world.sent.last.map { Array($0.packet[12..<16]) } == [10, 0, 0, 9])
    }

    @Test("interface_up_down_delays: what is short was never there")
    func delays() throws {
        world.set("eth0", index: 2, "10.0.0.1")
        let daemon = try world.daemon("interface_up_down_delays {\n    eth0 2 1\n}\n" + Self.one)
        world.pass(.seconds(4))
        world.set("eth0", index: 2, up: false, "10.0.0.1")
        world.pass(.seconds(1))
        world.set("eth0", index: 2, "10.0.0.1")
        world.pass(.seconds(5))
        #expect(daemon.instances.first?.state == .active)
        world.set("eth0", index: 2, up: false, "10.0.0.1")
        world.pass(.milliseconds(2001))
        #expect(daemon.instances.first?.state == .fault)
    }

    @Test("A tracked interface that is down is a fault, and with a weight a lower priority")
    func tracks() throws {
        world.set("eth0", index: 2, "10.0.0.1")
        world.set("eth1", index: 3)
        world.set("eth2", index: 4)
        let daemon = try world.daemon(
            Self.one.replacing(
                "virtual_router_id 51",
                with: "virtual_router_id 51\ntrack_interface {\n    eth1\n    eth2 weight -20\n}"))
        let instance = try #require(daemon.instances.first)
        #expect(instance.state == .backup)
        world.set("eth2", index: 4, up: false)
        #expect(instance.router.effectivePriority == 80)
        world.set("eth1", index: 3, up: false)
        #expect(instance.router.faults == [FaultCause(.trackedInterface, name: "eth1")])
        world.set("eth1", index: 3)
        #expect(instance.state == .backup)
    }

    @Test("use_vmac: a macvlan with the router's MAC, advertisements and announcements from it")
    func hasVirtualMAC() throws {
        world.set("eth0", index: 2, "10.0.0.1")
        let daemon = try world.daemon(Self.one.replacing("interface eth0", with: "interface eth0\nuse_vmac"))
        #expect(world.takeEffects().contains("make vrrp.51"))
        #expect(world.interfaces["vrrp.51"]?.hardwareAddress == .virtualRouter(51, .ipv4))
        world.pass(.seconds(4))
        let index = try #require(world.interfaces["vrrp.51"]?.index)
        #expect(
            world.takeEffects().filter { !$0.hasPrefix("tell") } == [
                "send 51/100 to 224.0.0.18 by \(index)", "claim VI_1: 10.0.0.3/24@\(index)",
                "announce 10.0.0.3 by \(index)",
            ])
        // A private macvlan keeps frames from its own MAC address, which is the others' too, for itself.
        #expect(world.segments == [Segment(.ipv4, on: index)])
        // Somebody removes it: the last words leave by the interface below, and it is made anew.
        world.remove("vrrp.51")
        #expect(
            world.takeEffects() == [
                "send 51/0 to 224.0.0.18 by 2", "claim VI_1: ", "tell INSTANCE VI_1 FAULT 100",
            ])
        world.pass(.milliseconds(50))
        #expect(world.takeEffects() == ["make vrrp.51", "tell INSTANCE VI_1 BACKUP 100"])
        #expect(world.segments == [Segment(.ipv4, on: index + 1)])
        withExtendedLifetime(daemon) {}
    }

    @Test("vmac_xmit_base: the addresses are on the macvlan, advertisements go and come by the interface below")
    func sendsFromBase() throws {
        world.set("eth0", index: 2, "10.0.0.1")
        let daemon = try world.daemon(
            Self.one.replacing("interface eth0", with: "interface eth0\nuse_vmac\nvmac_xmit_base"))
        world.pass(.seconds(4))
        let index = try #require(world.interfaces["vrrp.51"]?.index)
        #expect(world.segments == [Segment(.ipv4, on: 2)])
        let effects = world.takeEffects()
        #expect(effects.contains("send 51/100 to 224.0.0.18 by 2"))
        #expect(effects.contains("claim VI_1: 10.0.0.3/24@\(index)"))
        withExtendedLifetime(daemon) {}
    }

    @Test("use_vmac_addr: the virtual MAC on other interfaces with addresses, too")
    func hasFurtherVirtualMACs() throws {
        world.set("eth0", index: 2, "10.0.0.1")
        world.set("eth1", index: 3, "10.1.0.1")
        let daemon = try world.daemon(
            """
            vrrp_instance VI_1 {
                interface eth0
                use_vmac
                use_vmac_addr
                virtual_router_id 51
                virtual_ipaddress {
                    10.0.0.3/24
                    10.1.0.3/24 dev eth1
                }
            }
            """)
        #expect(world.made["vrrp.51"]?.parent == 2)
        #expect(world.made["vrrp4.51"]?.parent == 3)
        world.remove("eth1")
        world.set("eth1", index: 8, "10.1.0.1")
        #expect(daemon.instances.first?.state == .backup)
    }

    @Test("Names of virtual interfaces: as configured, by the VRID, and never twice")
    func namesVirtualInterfaces() {
        let names = VirtualInterfacePlan.names(
            in: FakeWorld.configuration(
                """
                vrrp_instance A {
                    interface eth0
                    use_vmac
                    virtual_router_id 51
                    virtual_ipaddress {
                        10.0.0.3
                    }
                }
                vrrp_instance B {
                    interface eth0
                    use_vmac
                    version 3
                    virtual_router_id 51
                    virtual_ipaddress {
                        fe80::3
                    }
                }
                vrrp_instance C {
                    interface eth1
                    use_vmac vmac0
                    virtual_router_id 51
                    virtual_ipaddress {
                        10.1.0.3
                    }
                }
                """))
        #expect(names == ["A": ["": "vrrp.51"], "B": ["": "vrrp6.51"], "C": ["": "vmac0"]])
    }

    @Test("A router that does not track its interface gets back what the kernel took with the link")
    func comesBack() throws {
        world.set("eth0", index: 2, "10.0.0.1")
        let daemon = try world.daemon(Self.one.replacing("interface eth0", with: "interface eth0\ndont_track_primary"))
        world.pass(.seconds(4))
        world.set("eth0", index: 2, up: false, "10.0.0.1")
        _ = world.takeEffects()
        world.set("eth0", index: 2, "10.0.0.1")
        #expect(world.takeEffects() == ["reinstall 10.0.0.3/24@2"])
        withExtendedLifetime(daemon) {}
    }

    @Test("unicast_fault_no_peer: nobody to talk to is a fault")
    func lacksPeers() throws {
        world.set("eth0", index: 2, "10.0.0.1")
        let daemon = try world.daemon(
            Self.one.replacing("interface eth0", with: "interface eth0\nunicast_fault_no_peer"))
        #expect(daemon.instances.first?.state == .fault)
    }

    @Test("IPv6: from the link-local address, to ff02::12")
    func speaksIPv6() throws {
        world.set("eth0", index: 2, "2001:db8::1", "fe80::1")
        let daemon = try world.daemon(
            """
            vrrp_instance VI_6 {
                interface eth0
                version 3
                virtual_router_id 61
                advert_int 0.1
                virtual_ipaddress {
                    fe80::61/64
                    2001:db8::3/64
                }
            }
            """)
        world.pass(.seconds(1))
        #expect(world.takeEffects().contains("send 61/100 to ff02::12 by 2"))
        let packet = try #require(world.sent.last?.packet)
        let datagram = try Datagram(ipPacket: packet[...])
        #expect("\(datagram.source)" == "fe80::1")
        #expect(daemon.instances.first?.state == .active)
    }

    @Test("Unicast: to each peer from the configured source, by any interface where none is named")
    func speaksUnicast() throws {
        world.set("eth0", index: 2, "10.0.0.1")
        let daemon = try world.daemon(
            """
            vrrp_instance VI_1 {
                virtual_router_id 51
                unicast_src_ip 10.0.0.1
                unicast_peer {
                    10.0.0.2
                    10.0.0.4
                }
                virtual_ipaddress {
                    10.0.0.3/24 dev eth0
                }
            }
            """)
        world.pass(.milliseconds(3610))
        #expect(
            Array(world.takeEffects().filter { $0.hasPrefix("send") }) == [
                "send 51/100 to 10.0.0.2 by 0", "send 51/100 to 10.0.0.4 by 0",
            ])
        world.receive(
            try FakeWorld.advertisement(from: "10.0.0.2", priority: 150, to: "10.0.0.1"), on: Segment(.ipv4, on: 0))
        #expect(daemon.instances.first?.state == .backup)
    }
}
