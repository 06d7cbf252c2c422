import Addresses
import PacketAuthentication
import PacketFormats
import Testing

/// The authentication trailer of keepalived 2.4, `auth_hmac` (draft-cassen-vrrp-auth-hmac).
@Suite("Authentication trailer")
struct TrailerTests {
    private static let key = TrailerKey(id: 1, secret: (0..<32).map { UInt8($0) })
    private static let clock = WallTime(seconds: 1_800_000_000, nanoseconds: 500_000_000)

    private func situation(
        _ version: ProtocolVersion = .v3, _ family: AddressFamily = .ipv4, mode: TrailerPolicy.Mode = .enforce,
        antiReplay: TrailerPolicy.AntiReplay = .time(window: 5)
    ) -> Situation {
        var situation = Situation(version, family)
        situation.now = Self.clock
        situation.transmission.trailer = .init(key: Self.key, sequence: TrailerSequence(Self.clock))
        situation.receiver.trailer = TrailerPolicy(keys: [Self.key], mode: mode, antiReplay: antiReplay)
        return situation
    }

    // The images of the draft's appendix: key 00…1f, VRID 51, priority 200, interval 1 s.
    @Test(
        "The draft's images are made octet for octet",
        arguments: [
            (
                "198.51.100.10", "224.0.0.18", "192.0.2.100",
                "3133c80100644402c0000264 010100006800000080000000 1b84bc4e8e43892dc6d98448f8ee2265"
            ),
            (
                "fe80::10", "fe80::20", "fe80::100",
                """
                3133c8010064a2e9 fe800000000000000000000000000100
                010100006800000080000000 c8c56146ebfd66ee10ec4d8186461b78
                """
            ),
        ])
    func draftImages(source: String, destination: String, listed: String, image: String) throws {
        var transmission = Transmission(from: address(source), to: address(destination))
        transmission.checksumForm = .messageOnly
        transmission.trailer = .init(key: Self.key, sequence: TrailerSequence(value: 0x6800_0000_8000_0000))
        let advertisement = Advertisement(
            version: .v3, virtualRouterID: 51, priority: 200, interval: .seconds(1), addresses: [address(listed)])
        let message = try transmission.message(advertisement, digests: SystemDigests())
        #expect(hexadecimal(message) == hexadecimal(octets(image)))
    }

    @Test(
        "What keepalived 2.4.3 sent is accepted with its key",
        arguments: [("v3v4", 0x6b00_dffa), ("v3v6", 0x6b00_e00a)])
    func capturedTrailers(kind: String, time: Int64) throws {
        let packet = AdvertisementFixtures.all.packet("ka24-\(kind)-auth-hmac-to-plain-receiver")
        var receiver = AdvertisementFixtures.all.receiver(packet.receiver)
        receiver.trailer = TrailerPolicy(keys: [Self.key], antiReplay: .time(window: 5))
        var replay = ReplayState()
        let now = WallTime(seconds: time)
        let received = try receiver.decode(
            ipPacket: packet.octets[...], replay: &replay, at: now, digests: SystemDigests())
        #expect(received.remarks == [])
        #expect(received.advertisement.priority == 150)
    }

    @Test("A trailer where none is configured, or under strict rules, is an error of length")
    func unexpectedTrailer() throws {
        var plain = situation()
        plain.receiver.trailer = nil
        #expect(try plain.verdict() == "packet-length-error")
        var strict = situation()
        strict.transmission.checksumForm = .messageOnly
        strict.receiver.policy = .strict
        #expect(try strict.verdict() == "packet-length-error")
    }

    @Test("It goes with version 2, passwords and IPv6", arguments: [ProtocolVersion.v2, .v3])
    func combinations(version: ProtocolVersion) throws {
        var four = situation(version)
        if version == .v2 {
            four.transmission.authentication = .password(AuthenticationPassword("pw".utf8))
            four.receiver.authentication = four.transmission.authentication
        }
        #expect(try four.verdict() == "accept")
        if version == .v3 {
            var six = situation(.v3, .ipv6)
            #expect(try six.verdict() == "accept")
        }
    }

    @Test("Without a trailer: enforce rejects, permissive and receive-only accept and say so")
    func modes() throws {
        for (mode, verdict) in [
            (TrailerPolicy.Mode.enforce, "auth-type-mismatch"), (.permissive, "accept"), (.receiveOnly, "accept"),
        ] {
            var situation = situation(mode: mode)
            let signed = try situation.packet()
            situation.transmission.trailer = nil
            let unsigned = try situation.packet()
            #expect(situation.verdict(unsigned) == verdict)
            if mode != .enforce { #expect(try situation.receive(unsigned).get().remarks == .unauthenticated) }
            let forged = signed.replacing(signed.count - 1, with: signed[signed.count - 1] ^ 1)
            #expect(situation.verdict(forged) == "authentication-failure", "a trailer that is there must be right")
        }
    }

    @Test("Every octet of message and trailer is protected, the checksum by itself")
    func tampering() throws {
        for family in [AddressFamily.ipv4, .ipv6] {
            var situation = situation(.v3, family)
            let packet = try situation.packet()
            for offset in (family == .ipv4 ? 20 : 40)..<packet.count {
                let changed = packet.replacing(offset, with: packet[offset] ^ 0x01)
                #expect(situation.verdict(changed) != "accept", "octet \(offset)")
            }
            #expect(situation.verdict(packet) == "accept")
        }
    }

    @Test("Unknown scheme, reserved bits, unknown key and another key have their names")
    func malformed() throws {
        var situation = situation()
        let packet = try situation.packet()
        let start = packet.count - 28
        #expect(situation.verdict(packet.replacing(start, with: 2)) == "invalid-auth-type")
        #expect(situation.verdict(packet.replacing(start + 3, with: 1)) == "invalid-auth-type")
        #expect(situation.verdict(packet.replacing(start + 1, with: 9)) == "authentication-failure")
        situation.receiver.trailer?.keys = [TrailerKey(id: 1, secret: [UInt8](repeating: 7, count: 32))]
        #expect(situation.verdict(packet) == "authentication-failure")
    }

    @Test("A second key, as during a change of keys, is found by its number")
    func keyChange() throws {
        var situation = situation()
        let next = TrailerKey(id: 2, secret: [UInt8](repeating: 9, count: 64))
        situation.receiver.trailer?.keys.append(next)
        #expect(try situation.verdict() == "accept")
        situation.transmission.trailer = .init(
            key: next, sequence: TrailerSequence(value: TrailerSequence(Self.clock).value + 1))
        #expect(try situation.verdict() == "accept")
    }

    @Test("The source is bound: the same message from another router is forged")
    func boundSource() throws {
        var situation = situation()
        let message = try situation.message()
        situation.transmission.source = address("10.0.0.3")
        // The pseudo-header of the checksum changes with the source, and is put right here.
        let packet = try situation.packet { bytes in bytes = Array(message.dropLast(28)) }
        let checksum = packet[26..<28]
        var forged = message
        forged.replaceSubrange(6..<8, with: checksum)
        #expect(situation.verdict(situation.wrap(forged)) == "authentication-failure")
    }

    @Test("The window: as many seconds as are configured, to both sides", arguments: [-6, -5, 0, 5, 6])
    func window(offset: Int64) throws {
        var situation = situation()
        situation.transmission.trailer?.sequence = TrailerSequence(
            WallTime(seconds: Self.clock.seconds + offset, nanoseconds: 0))
        #expect(try situation.verdict() == (abs(offset) > 5 ? "stale-timestamp" : "accept"))
        situation.replay = ReplayState()
        situation.now = nil
        #expect(try situation.remarks() == .freshnessUnknown)
    }

    @Test("The sequence of each sender must grow, and each sender has its own")
    func replay() throws {
        for antiReplay in [TrailerPolicy.AntiReplay.time(window: 5), .monotonic] {
            var situation = situation(antiReplay: antiReplay)
            let base = TrailerSequence(Self.clock).value
            for (step, verdict) in [(1, "accept"), (1, "replay-error"), (0, "replay-error"), (2, "accept")]
                as [(UInt64, String)]
            {
                situation.transmission.trailer?.sequence = TrailerSequence(value: base + step)
                #expect(try situation.verdict() == verdict)
            }
            situation.transmission.source = address("10.0.0.3")
            situation.transmission.trailer?.sequence = TrailerSequence(value: base)
            #expect(try situation.verdict() == "accept")
        }
    }

    @Test("A sequence remembered from a clock that was wrong is given up once it lies outside of the window")
    func expiredMark() throws {
        var situation = situation()
        let wrong = WallTime(seconds: Self.clock.seconds + 3600)
        situation.now = wrong
        situation.transmission.trailer?.sequence = TrailerSequence(wrong)
        #expect(try situation.verdict() == "accept")
        situation.now = Self.clock
        situation.transmission.trailer?.sequence = TrailerSequence(Self.clock)
        #expect(try situation.verdict() == "accept")
        situation.receiver.trailer?.antiReplay = .monotonic
        situation.transmission.trailer?.sequence = TrailerSequence(value: TrailerSequence(Self.clock).value - 1)
        #expect(try situation.verdict() == "replay-error")
    }

    @Test("A forged trailer does not move what is remembered of its sender")
    func forgedTrailerLeavesNoTrace() throws {
        var situation = situation(antiReplay: .monotonic)
        #expect(try situation.verdict() == "accept")
        let before = situation.replay
        situation.transmission.trailer?.sequence = TrailerSequence(value: UInt64(Int64.max))
        var forged = try situation.packet()
        forged[forged.count - 1] ^= 1
        #expect(situation.verdict(forged) == "authentication-failure")
        #expect(situation.replay == before)
    }

    @Test("More senders than are remembered: the one heard longest ago is forgotten, the others are not")
    func manySenders() throws {
        var situation = situation(antiReplay: .monotonic)
        for host in 1...40 as ClosedRange<UInt8> {
            situation.transmission.source = .v4(IPv4Address(10, 0, 1, host))
            #expect(try situation.verdict() == "accept")
        }
        #expect(try situation.verdict() == "replay-error")
        situation.transmission.source = .v4(IPv4Address(10, 0, 1, 1))
        #expect(try situation.verdict() == "accept")
    }

    @Test("The next sequence is the clock's, or one more where the clock stands still")
    func nextSequence() {
        let clock = TrailerSequence(Self.clock)
        #expect(clock.value == 1_800_000_000 << 32 | 0x8000 << 16)
        let window = TrailerPolicy.AntiReplay.time(window: 5)
        #expect(TrailerSequence.next(after: nil, at: Self.clock, antiReplay: window) == clock)
        #expect(TrailerSequence.next(after: clock, at: Self.clock, antiReplay: window).value == clock.value + 1)
        let ahead = TrailerSequence(WallTime(seconds: Self.clock.seconds + 3600))
        #expect(TrailerSequence.next(after: ahead, at: Self.clock, antiReplay: window) == clock)
        #expect(TrailerSequence.next(after: ahead, at: Self.clock, antiReplay: .monotonic).value == ahead.value + 1)
    }

    @Test("Sequences are ordered across the end of the 32-bit seconds")
    func wrap() {
        let last = TrailerSequence(value: .max)
        #expect(TrailerSequence(value: 0).isAfter(last))
        #expect(!last.isAfter(TrailerSequence(value: 0)))
        #expect(!last.isAfter(last))
        #expect(last.age(at: WallTime(seconds: 1 << 32)) == 1)
    }
}
