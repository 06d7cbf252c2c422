import Addresses
import KeepalivedConfig
import PacketAuthentication
import PacketFormats
import Testing
import VRRPAssembly
import VRRPProtocol

@testable import Director

/// Packets with sequence numbers: every one is new, wills are believed after them, replays are not.
struct AuthenticationTests {
    private let world = FakeWorld()

    private static func text(_ authentication: String, version: Int) -> String {
        """
        vrrp_instance VI_1 {
            interface eth0
            version \(version)
            virtual_router_id 51
            \(authentication)
            virtual_ipaddress {
                10.0.0.3/24
            }
        }
        """
    }

    private static let header = text("authentication {\n    auth_type AH\n    auth_pass secret\n}", version: 2)
    private static let trailer = text(
        "auth_hmac {\n    key 1 0123456789abcdef0123456789abcdef\n    active_key 1\n}", version: 3)

    init() { world.set("eth0", index: 2, "10.0.0.1") }

    /// Another router of the same configuration.
    private func peer(_ text: String) throws -> Receiver {
        let configuration = FakeWorld.configuration(text)
        let instance = try #require(configuration.instances.first)
        return try #require(instance.receiver(in: configuration.global))
    }

    @Test("Each packet is believed once, and the will after all of them", arguments: [header, trailer])
    func isBelieved(_ text: String) throws {
        let daemon = try world.daemon(text)
        world.pass(.seconds(40))
        let receiver = try peer(text)
        var replay = ReplayState()
        let digests = SystemDigests()
        #expect(world.sent.count > 30)
        for (packet, _) in world.sent {
            // Trailers say the time at which they were made; judged one after the other by a clock that does not run
            // away from them.
            _ = try receiver.decode(ipPacket: packet[...], replay: &replay, digests: digests)
            #expect(throws: Rejection.replayError) {
                try receiver.decode(ipPacket: packet[...], replay: &replay, digests: digests)
            }
        }
        let will = try #require(world.wills["VI_1"]?.packets.first)
        let last = try receiver.decode(
            ipPacket: will.bytes[...], replay: &replay, at: world.wallTime, digests: digests)
        #expect(last.advertisement.priority == 0)
        withExtendedLifetime(daemon) {}
    }

    @Test("Who becomes active goes on counting where the last one stopped")
    func goesOnCounting() throws {
        let other = FakeWorld()
        other.set("eth0", index: 2, "10.0.0.2")
        let first = try other.daemon(Self.header)
        other.pass(.seconds(20))
        let daemon = try world.daemon(Self.header)
        let segment = Segment(.ipv4, on: 2)
        for (packet, _) in other.sent {
            world.pass(.milliseconds(500))
            world.receive(packet, on: segment)
        }
        #expect(daemon.instances.first?.state == .backup)
        world.pass(.seconds(4))
        #expect(daemon.instances.first?.state == .active)
        let own = try #require(world.sent.first?.packet)
        var replay = ReplayState()
        let digests = SystemDigests()
        let receiver = try peer(Self.header)
        for packet in other.sent.map(\.packet) + [own] {
            _ = try receiver.decode(ipPacket: packet[...], replay: &replay, digests: digests)
        }
        withExtendedLifetime(first) {}
    }
}
