import Addresses
import PacketFormats
import Testing
import VRRPProtocol

@testable import Director

/// One node, `eth0` with 10.0.0.1, and whatever the test lets the other routers say.
struct DaemonTests {
    private let world = FakeWorld()
    private let eth0 = Segment(.ipv4, on: 2)

    private static let one = """
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 51
            priority 100
            garp_master_repeat 1
            garp_lower_prio_repeat 1
            virtual_ipaddress {
                10.0.0.3/24
            }
        }
        """

    init() { world.set("eth0", index: 2, "10.0.0.1") }

    @Test("Advertises, installs, announces and tells, in this order, after the silence of a down interval")
    func becomesActive() throws {
        let daemon = try world.daemon(Self.one)
        #expect(world.takeEffects() == ["tell INSTANCE VI_1 BACKUP 100"])
        #expect(world.groups[eth0] == [.v4(IPv4Address(224, 0, 0, 18))])
        world.pass(.milliseconds(3609))
        #expect(world.takeEffects().isEmpty)
        world.pass(.milliseconds(1))
        #expect(
            world.takeEffects() == [
                "send 51/100 to 224.0.0.18 by 2", "claim VI_1: 10.0.0.3/24@2", "announce 10.0.0.3 by 2",
                "tell INSTANCE VI_1 MASTER 100",
            ])
        #expect(daemon.instances.first?.state == .active)
        world.pass(.seconds(3))
        #expect(world.takeEffects() == Array(repeating: "send 51/100 to 224.0.0.18 by 2", count: 3))
    }

    @Test("Makes one packet and uses it again")
    func reusesPackets() throws {
        let daemon = try world.daemon(Self.one)
        world.pass(.seconds(10))
        #expect(world.sent.count == 7)
        #expect(Set(world.sent.map(\.packet)).count == 1)
        #expect(daemon.instances.first?.counters.sent == 7)
    }

    @Test("Yields to a higher priority: addresses off, notice")
    func yields() throws {
        let daemon = try world.daemon(Self.one)
        world.pass(.seconds(4))
        _ = world.takeEffects()
        world.receive(try FakeWorld.advertisement(from: "10.0.0.2", priority: 150), on: eth0)
        #expect(world.takeEffects() == ["claim VI_1: ", "tell INSTANCE VI_1 BACKUP 100"])
        #expect(world.addresses.isEmpty)
        #expect(daemon.instances.first?.counters.leftActive == 1)
    }

    @Test("A stop resigns before the addresses go, and tells the scripts last")
    func stops() throws {
        let daemon = try world.daemon(Self.one)
        world.pass(.seconds(4))
        _ = world.takeEffects()
        var isDone = false
        daemon.stop { isDone = true }
        #expect(isDone)
        #expect(
            world.takeEffects() == [
                "send 51/0 to 224.0.0.18 by 2", "claim VI_1: ", "tell INSTANCE VI_1 STOP 100", "release everything",
                "finish",
            ])
    }

    @Test("What is not believed changes nothing and is counted by its reason")
    func rejects() throws {
        let daemon = try world.daemon(Self.one)
        world.pass(.seconds(4))
        _ = world.takeEffects()
        var forged = try FakeWorld.advertisement(from: "10.0.0.2", priority: 200)
        forged[26] ^= 1
        world.receive(forged, on: eth0)
        world.receive(try FakeWorld.advertisement(from: "10.0.0.2", priority: 200, password: "secret"), on: eth0)
        world.receive(try FakeWorld.advertisement(from: "10.0.0.2", vrid: 52, priority: 200), on: eth0)
        #expect(world.takeEffects().isEmpty)
        #expect(
            daemon.instances.first?.counters.rejected == [.checksumError: 1, .authTypeMismatch: 1])
        #expect(daemon.listeners.rejected == [.vridError: 1])
        world.pass(.milliseconds(700))
        #expect(world.takeEffects() == ["send 51/100 to 224.0.0.18 by 2"])
    }

    @Test("Losers that come thick and fast get no answer each")
    func answersSparingly() throws {
        let daemon = try world.daemon(Self.one)
        world.pass(.seconds(4))
        _ = world.takeEffects()
        for _ in 0..<1000 {
            world.receive(try FakeWorld.advertisement(from: "10.0.0.2", priority: 50), on: eth0)
        }
        #expect(
            world.takeEffects() == [
                "send 51/100 to 224.0.0.18 by 2", "announce 10.0.0.3 by 2",
                "tell INSTANCE VI_1 MASTER_RX_LOWER_PRI 100",
            ])
        #expect(daemon.instances.first?.counters.unanswered == 999)
        #expect(daemon.instances.first?.state == .active)
    }

    @Test("An address that somebody takes is back within 20 ms, announced, without a change of state")
    func heals() throws {
        let daemon = try world.daemon(Self.one)
        world.pass(.seconds(4))
        _ = world.takeEffects()
        world.steal("10.0.0.3")
        world.pass(.milliseconds(20))
        #expect(world.takeEffects() == ["reinstall 10.0.0.3/24@2", "announce 10.0.0.3 by 2"])
        #expect(daemon.instances.first?.state == .active)
    }

    @Test("What cannot be put back is tried again")
    func healsLater() throws {
        let daemon = try world.daemon(Self.one)
        world.pass(.seconds(4))
        world.steal("10.0.0.3")
        world.refusals = ["address add 10.0.0.3/24 dev eth0: No buffer space available"]
        world.pass(.milliseconds(20))
        #expect(world.addresses.isEmpty)
        world.pass(.seconds(1))
        #expect(world.addresses == ["10.0.0.3"])
        withExtendedLifetime(daemon) {}
    }

    @Test("Who keeps taking an address away gets slower answers")
    func doesNotFight() throws {
        let daemon = try world.daemon(Self.one)
        world.pass(.seconds(4))
        world.steal("10.0.0.3")
        world.pass(.milliseconds(20))
        #expect(world.addresses == ["10.0.0.3"])
        world.steal("10.0.0.3")
        world.pass(.milliseconds(499))
        #expect(world.addresses.isEmpty)
        world.pass(.milliseconds(1))
        #expect(world.addresses == ["10.0.0.3"])
        withExtendedLifetime(daemon) {}
    }

    @Test("The will of an active router is its resignation; a backup has none")
    func leavesWill() throws {
        let daemon = try world.daemon(Self.one)
        #expect(world.wills.isEmpty)
        world.pass(.seconds(4))
        let will = try #require(world.wills["VI_1"])
        let packet = try #require(will.packets.first)
        #expect(packet.interface == 2)
        // Priority 0, and otherwise what it sends.
        #expect(packet.bytes[22] == 0)
        #expect(packet.bytes.count == world.sent.last?.packet.count)
        world.receive(try FakeWorld.advertisement(from: "10.0.0.2", priority: 150), on: eth0)
        #expect(world.wills.isEmpty)
        withExtendedLifetime(daemon) {}
    }

    @Test("An owner is active at once")
    func owns() throws {
        let text = Self.one.replacing("priority 100", with: "priority 255\nstate MASTER")
        let daemon = try world.daemon(text)
        #expect(world.takeEffects().first == "send 51/255 to 224.0.0.18 by 2")
        #expect(daemon.instances.first?.state == .active)
    }

    @Test("Two hundred and fifty owners cost one change of the kernel's configuration")
    func startsTogether() throws {
        var text = ""
        for number in 1...250 {
            text += """
                vrrp_instance V\(number) {
                    state MASTER
                    interface eth0
                    virtual_router_id \(number)
                    priority 255
                    virtual_ipaddress {
                        10.1.0.\(number)/32
                    }
                }

                """
        }
        let daemon = try world.daemon(text)
        let effects = world.takeEffects()
        let sends = effects.indices.filter { effects[$0].hasPrefix("send") }
        let claims = effects.indices.filter { effects[$0].hasPrefix("claim") }
        let announcements = effects.indices.filter { effects[$0].hasPrefix("announce") }
        #expect(sends.count == 250 && claims.count == 250)
        #expect(try #require(sends.last) < #require(claims.first))
        #expect(try #require(claims.last) < #require(announcements.first))
        withExtendedLifetime(daemon) {}
    }
}
