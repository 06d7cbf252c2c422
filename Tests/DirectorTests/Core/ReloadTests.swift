import Addresses
import KeepalivedConfig
import PacketFormats
import Testing
import VRRPProtocol

@testable import Director

/// A reload as a difference.
struct ReloadTests {
    private let world = FakeWorld()
    private let eth0 = Segment(.ipv4, on: 2)

    init() { world.set("eth0", index: 2, "10.0.0.1") }

    private static func instance(
        _ name: String, _ vrid: Int, priority: Int = 100, _ addresses: [String], more: String = ""
    ) -> String {
        """
        vrrp_instance \(name) {
            interface eth0
            virtual_router_id \(vrid)
            priority \(priority)
            garp_master_repeat 1
            garp_master_delay 0
            \(more)
            virtual_ipaddress {
                \(addresses.joined(separator: "\n"))
            }
        }

        """
    }

    @Test("The same configuration changes nothing, and no advertisement is missed or early")
    func changesNothing() throws {
        let text = Self.instance("VI_1", 51, ["10.0.0.3/24"])
        let daemon = try world.daemon(text)
        world.pass(.milliseconds(4_000))
        _ = world.takeEffects()
        let router = daemon.instances.first?.router
        #expect(try daemon.reload(to: FakeWorld.configuration("# the same\n" + text)).isEmpty)
        #expect(world.takeEffects().isEmpty)
        #expect(daemon.instances.first?.router == router)
        world.pass(.milliseconds(620))
        #expect(world.takeEffects() == ["send 51/100 to 224.0.0.18 by 2"])
    }

    @Test("A new instance starts, one that is gone resigns and is told as FAULT, the others go on")
    func addsAndRemoves() throws {
        let daemon = try world.daemon(
            Self.instance("VI_1", 51, ["10.0.0.3/24"]) + Self.instance("VI_2", 52, ["10.0.0.4/24"]))
        world.pass(.seconds(4))
        _ = world.takeEffects()
        let new = FakeWorld.configuration(
            Self.instance("VI_3", 53, ["10.0.0.5/24"]) + Self.instance("VI_1", 51, ["10.0.0.3/24"]))
        #expect(
            daemon.difference(to: new) == ["VI_2 goes: it resigns and releases its addresses", "VI_3 is new"])
        _ = try daemon.reload(to: new)
        #expect(
            world.takeEffects() == [
                "send 52/0 to 224.0.0.18 by 2", "claim VI_2: ", "tell INSTANCE VI_2 FAULT 100",
                "release instance VI_2", "tell INSTANCE VI_3 BACKUP 100",
            ])
        #expect(daemon.instances.map(\.name) == ["VI_3", "VI_1"])
        #expect(daemon.instances.map(\.settings.name.value) == ["VI_3", "VI_1"])
        world.pass(.seconds(1))
        #expect(world.takeEffects() == ["send 51/100 to 224.0.0.18 by 2"])
    }

    @Test("An address more is installed, announced and advertised; one less goes; the state stays")
    func changesAddresses() throws {
        let daemon = try world.daemon(Self.instance("VI_1", 51, ["10.0.0.3/24"]))
        world.pass(.seconds(4))
        _ = world.takeEffects()
        let new = FakeWorld.configuration(Self.instance("VI_1", 51, ["10.0.0.4/24"]))
        #expect(try daemon.reload(to: new) == ["VI_1: virtual_ipaddress: without 10.0.0.3/24, with 10.0.0.4/24"])
        #expect(world.addresses == ["10.0.0.4"])
        let effects = world.takeEffects()
        #expect(effects.contains("announce 10.0.0.4 by 2"))
        #expect(effects.contains("send 51/100 to 224.0.0.18 by 2"))
        #expect(!effects.contains { $0.hasPrefix("tell") })
        #expect(world.sent.last.map { Array($0.packet[28..<32]) } == [10, 0, 0, 4])
        #expect(world.wills["VI_1"].map { Array($0.packets[0].bytes[28..<32]) } == [10, 0, 0, 4])
    }

    @Test("The same address with another mask is moved")
    func changesMask() throws {
        let daemon = try world.daemon(Self.instance("VI_1", 51, ["10.0.0.3/24"]))
        world.pass(.seconds(4))
        _ = world.takeEffects()
        _ = try daemon.reload(to: FakeWorld.configuration(Self.instance("VI_1", 51, ["10.0.0.3/32"])))
        #expect(world.takeEffects() == ["claim VI_1: 10.0.0.3/32@2", "announce 10.0.0.3 by 2"])
    }

    @Test("Another priority takes effect at once, another VRID is another router")
    func changesRouter() throws {
        let daemon = try world.daemon(Self.instance("VI_1", 51, ["10.0.0.3/24"]))
        world.pass(.seconds(4))
        _ = world.takeEffects()
        _ = try daemon.reload(to: FakeWorld.configuration(Self.instance("VI_1", 51, priority: 90, ["10.0.0.3/24"])))
        world.pass(.seconds(1))
        #expect(world.takeEffects() == ["send 51/90 to 224.0.0.18 by 2"])
        _ = try daemon.reload(to: FakeWorld.configuration(Self.instance("VI_1", 54, priority: 90, ["10.0.0.3/24"])))
        #expect(
            world.takeEffects() == [
                "send 51/0 to 224.0.0.18 by 2", "claim VI_1: ", "tell INSTANCE VI_1 STOP 90",
                "release instance VI_1", "tell INSTANCE VI_1 BACKUP 90",
            ])
    }

    @Test("A password takes effect in both directions")
    func changesPassword() throws {
        let daemon = try world.daemon(Self.instance("VI_1", 51, ["10.0.0.3/24"]))
        world.pass(.seconds(4))
        let secured = Self.instance(
            "VI_1", 51, ["10.0.0.3/24"],
            more: "authentication {\n    auth_type PASS\n    auth_pass secret\n}")
        let phrases = try daemon.reload(to: FakeWorld.configuration(secured))
        #expect(phrases == ["VI_1: authentication changes"])
        world.pass(.seconds(1))
        #expect(world.sent.last.map { Array($0.packet[32..<38]) } == Array("secret".utf8))
        world.receive(try FakeWorld.advertisement(from: "10.0.0.2", priority: 200), on: eth0)
        #expect(daemon.instances.first?.state == .active)
        world.receive(try FakeWorld.advertisement(from: "10.0.0.2", priority: 200, password: "secret"), on: eth0)
        #expect(daemon.instances.first?.state == .backup)
    }

    @Test("A sync group is formed of running routers and dissolved again without a resignation")
    func formsGroup() throws {
        let instances = Self.instance("VI_1", 51, ["10.0.0.3/24"]) + Self.instance("VI_2", 52, ["10.0.0.4/24"])
        let daemon = try world.daemon(instances)
        world.pass(.seconds(4))
        _ = world.takeEffects()
        let grouped = instances + "vrrp_sync_group G {\n    group {\n        VI_1\n        VI_2\n    }\n}\n"
        _ = try daemon.reload(to: FakeWorld.configuration(grouped))
        #expect(daemon.groups.count == 1)
        _ = world.takeEffects()
        world.pass(.seconds(1))
        #expect(world.takeEffects().filter { $0.hasPrefix("send") }.count == 2)
        // Together from now on.
        world.receive(
            try FakeWorld.advertisement(from: "10.0.0.2", priority: 200, addresses: ["10.0.0.3"]), on: eth0)
        #expect(daemon.instances.map(\.state) == [.backup, .backup])
        #expect(world.takeEffects().contains("tell GROUP G BACKUP 0"))
        _ = try daemon.reload(to: FakeWorld.configuration(instances))
        #expect(daemon.groups.isEmpty)
        world.pass(.seconds(10))
        #expect(daemon.instances.map(\.state) == [.active, .active])
    }

    @Test("net_namespace stays; nothing is changed then")
    func refusesNamespace() throws {
        let text = Self.instance("VI_1", 51, ["10.0.0.3/24"])
        let daemon = try world.daemon(text)
        #expect(throws: DirectorError.self) {
            try daemon.reload(to: FakeWorld.configuration("net_namespace other\n"))
        }
        #expect(daemon.instances.count == 1)
    }

    @Test("What a script has said counts for instances that a reload adds")
    func keepsReadings() throws {
        let script = "vrrp_script chk {\n    script /bin/true\n}\n"
        let tracked = "track_script {\n    chk\n}"
        let daemon = try world.daemon(script + Self.instance("VI_1", 51, ["10.0.0.3/24"], more: tracked))
        #expect(daemon.instances.first?.state == .fault)
        world.give(.script, "chk", .good)
        #expect(daemon.instances.first?.state == .backup)
        _ = try daemon.reload(
            to: FakeWorld.configuration(
                script + Self.instance("VI_1", 51, ["10.0.0.3/24"], more: tracked)
                    + Self.instance("VI_2", 52, ["10.0.0.4/24"], more: tracked)))
        #expect(daemon.instances.map(\.state) == [.backup, .backup])
    }
}
