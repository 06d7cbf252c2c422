import Testing
import VRRPProtocol

@testable import Director

/// How fast announcements follow each other.
struct AnnouncementTests {
    private let world = FakeWorld()

    init() { world.set("eth0", index: 2, "10.0.0.1") }

    private func text(_ global: String, repeats: Int = 2) -> String {
        """
        global_defs {
            \(global)
        }
        vrrp_instance VI_1 {
            state MASTER
            interface eth0
            virtual_router_id 51
            priority 255
            garp_master_repeat \(repeats)
            garp_master_delay 5
            virtual_ipaddress {
                10.0.0.3/24
                10.0.0.4/24
            }
        }
        """
    }

    private func announced() -> [String] { world.takeEffects().filter { $0.hasPrefix("announce") } }

    @Test("All at once without an interval, in rounds, and once more after the delay")
    func isAtOnce() throws {
        let daemon = try world.daemon(text(""))
        let round = ["announce 10.0.0.3 by 2", "announce 10.0.0.4 by 2"]
        #expect(announced() == round + round)
        world.pass(.milliseconds(4999))
        #expect(announced().isEmpty)
        world.pass(.milliseconds(1))
        #expect(announced() == round + round)
        withExtendedLifetime(daemon) {}
    }

    @Test("vrrp_garp_interval: one, and then one each interval")
    func isPaced() throws {
        let daemon = try world.daemon(text("vrrp_garp_interval 0.1"))
        #expect(announced() == ["announce 10.0.0.3 by 2"])
        world.pass(.milliseconds(100))
        #expect(announced() == ["announce 10.0.0.4 by 2"])
        world.pass(.milliseconds(250))
        #expect(announced() == ["announce 10.0.0.3 by 2", "announce 10.0.0.4 by 2"])
        withExtendedLifetime(daemon) {}
    }

    @Test("garp_extra_if: addresses on other interfaces are announced again and again")
    func reminds() throws {
        world.set("eth1", index: 3, "10.1.0.1")
        let daemon = try world.daemon(
            """
            vrrp_instance VI_1 {
                interface eth0
                virtual_router_id 51
                garp_master_repeat 1
                garp_master_delay 0
                garp_extra_if all 10
                virtual_ipaddress {
                    10.0.0.3/24
                    10.1.0.3/24 dev eth1
                }
            }
            """)
        world.pass(.seconds(4))
        #expect(announced() == ["announce 10.0.0.3 by 2", "announce 10.1.0.3 by 3"])
        world.pass(.seconds(20))
        #expect(announced() == ["announce 10.1.0.3 by 3", "announce 10.1.0.3 by 3"])
        withExtendedLifetime(daemon) {}
    }

    @Test("What waits for an address that goes is not sent any more")
    func isForgotten() throws {
        let daemon = try world.daemon(text("vrrp_garp_interval 0.1"))
        _ = announced()
        world.set("eth0", index: 2, up: false, "10.0.0.1")
        world.pass(.seconds(1))
        #expect(announced().isEmpty)
        withExtendedLifetime(daemon) {}
    }
}
