import Addresses
import PacketFormats
import Testing
import VRRPProtocol

@testable import Director

/// Sync groups, and what is tracked.
struct GroupTests {
    private let world = FakeWorld()
    private let eth0 = Segment(.ipv4, on: 2)

    private static let group = """
        vrrp_script chk {
            script /bin/true
            weight -60
        }
        vrrp_sync_group G {
            group {
                VI_1
                VI_2
            }
            track_script {
                chk
            }
        }
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 51
            garp_master_repeat 1
            virtual_ipaddress {
                10.0.0.3/24
            }
        }
        vrrp_instance VI_2 {
            interface eth1
            virtual_router_id 52
            garp_master_repeat 1
            virtual_ipaddress {
                10.1.0.3/24
            }
        }
        """

    init() {
        world.set("eth0", index: 2, "10.0.0.1")
        world.set("eth1", index: 3, "10.1.0.1")
    }

    @Test("Members become active together: advertisements, addresses, announcements, notices")
    func becomesActiveTogether() throws {
        let daemon = try world.daemon(Self.group)
        #expect(
            world.takeEffects() == [
                "tell INSTANCE VI_1 BACKUP 100", "tell INSTANCE VI_2 BACKUP 100", "tell GROUP G BACKUP 0",
            ])
        world.pass(.milliseconds(3610))
        #expect(
            world.takeEffects() == [
                "send 51/100 to 224.0.0.18 by 2", "send 52/100 to 224.0.0.18 by 3", "claim VI_1: 10.0.0.3/24@2",
                "claim VI_2: 10.1.0.3/24@3", "announce 10.0.0.3 by 2", "announce 10.1.0.3 by 3",
                "tell INSTANCE VI_1 MASTER 100", "tell INSTANCE VI_2 MASTER 100", "tell GROUP G MASTER 0",
            ])
        withExtendedLifetime(daemon) {}
    }

    @Test("A member without its link takes the others along, with a resignation where one can leave")
    func failsTogether() throws {
        let daemon = try world.daemon(Self.group)
        world.pass(.seconds(4))
        _ = world.takeEffects()
        world.set("eth1", index: 3, up: false, "10.1.0.1")
        #expect(daemon.instances.map(\.state) == [.fault, .fault])
        let effects = world.takeEffects()
        #expect(effects.contains("send 51/0 to 224.0.0.18 by 2"))
        #expect(!effects.contains { $0.hasPrefix("send 52") })
        #expect(effects.last == "tell GROUP G FAULT 0")
        #expect(world.addresses.isEmpty && world.wills.isEmpty)
        world.set("eth1", index: 3, "10.1.0.1")
        #expect(daemon.instances.map(\.state) == [.backup, .backup])
    }

    @Test("The weight of what a group tracks counts for all members")
    func tracks() throws {
        let daemon = try world.daemon(Self.group)
        world.give(.script, "chk", .bad)
        #expect(daemon.instances.map(\.router.effectivePriority) == [40, 40])
        world.give(.script, "chk", .good)
        #expect(daemon.instances.map(\.router.effectivePriority) == [100, 100])
    }

    @Test("A stop stops all members and tells of the group")
    func stops() throws {
        let daemon = try world.daemon(Self.group)
        world.pass(.seconds(4))
        _ = world.takeEffects()
        daemon.stop {}
        let effects = world.takeEffects()
        #expect(effects.prefix(2) == ["send 51/0 to 224.0.0.18 by 2", "send 52/0 to 224.0.0.18 by 3"])
        #expect(effects.contains("tell GROUP G STOP 0"))
    }

    @Test("A script without a weight holds the router in fault until it has succeeded once")
    func waitsForScript() throws {
        let daemon = try world.daemon(
            """
            vrrp_script chk {
                script /bin/true
            }
            vrrp_instance VI_1 {
                interface eth0
                virtual_router_id 51
                track_script {
                    chk
                }
                virtual_ipaddress {
                    10.0.0.3/24
                }
            }
            """)
        #expect(world.takeEffects() == ["tell INSTANCE VI_1 FAULT 100"])
        world.give(.script, "chk", .good)
        #expect(world.takeEffects() == ["tell INSTANCE VI_1 BACKUP 100"])
        world.pass(.seconds(4))
        _ = world.takeEffects()
        world.give(.script, "chk", .bad)
        #expect(
            world.takeEffects() == [
                "send 51/0 to 224.0.0.18 by 2", "claim VI_1: ", "tell INSTANCE VI_1 FAULT 100",
            ])
        withExtendedLifetime(daemon) {}
    }

    @Test("vrrp_delay_after_boot: nothing before the machine runs that long")
    func waitsAfterBoot() throws {
        // The made-up machine runs for 1,000 s.
        let daemon = try world.daemon("global_defs {\n    vrrp_delay_after_boot 1010\n}\n" + Self.group)
        #expect(world.takeEffects().isEmpty)
        world.pass(.seconds(9))
        #expect(world.takeEffects().isEmpty)
        world.pass(.seconds(1))
        #expect(world.takeEffects().contains("tell INSTANCE VI_1 BACKUP 100"))
        withExtendedLifetime(daemon) {}
    }
}
