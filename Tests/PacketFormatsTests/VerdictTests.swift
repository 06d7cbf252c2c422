import Addresses
import PacketAuthentication
import PacketFormats
import Testing

/// Every packet of the fixtures, in order, through the decoder of the daemon.
@Suite("Verdicts on real and malformed advertisements")
struct VerdictTests {
    private let fixtures = AdvertisementFixtures.all

    @Test("Under keepalived's policy")
    func keepalivedPolicy() throws {
        try judgeAll(.keepalived) { $0.verdict }
    }

    @Test("Under RFC 9568 to the letter")
    func strictPolicy() throws {
        try judgeAll(.strict) { $0.strictVerdict }
    }

    private func judgeAll(_ policy: Receiver.Policy, expecting verdict: (AdvertisementFixtures.Packet) -> String) throws
    {
        #expect(fixtures.packets.count == 59)
        var replay: [String: ReplayState] = [:]
        for packet in fixtures.packets {
            var receiver = fixtures.receiver(packet.receiver)
            receiver.policy = policy
            let before = replay[packet.receiver] ?? ReplayState()
            var state = before
            let received = packet.octets + [UInt8](repeating: 0, count: packet.padding)
            var found = "accept"
            do throws(Rejection) {
                _ = try receiver.decode(ipPacket: received[...], replay: &state, digests: SystemDigests())
            } catch {
                found = error.rawValue
                #expect(state == before, "\(packet.name) was rejected and changed what is remembered")
            }
            replay[packet.receiver] = state
            #expect(found == verdict(packet), "\(packet.name): \(packet.remark)")
        }
    }

    @Test(
        "Whoever sent it, an accepted packet is the same when it is encoded again",
        arguments: AdvertisementFixtures.all.packets.filter {
            $0.verdict == "accept" && $0.name != "good-v3v4-reserved-bits-set"
        })
    func encodesAgain(packet: AdvertisementFixtures.Packet) throws {
        let receiver = fixtures.receiver(packet.receiver)
        var replay = ReplayState()
        let received = try receiver.decode(ipPacket: packet.octets[...], replay: &replay, digests: SystemDigests())
        var transmission = Transmission(from: received.source, to: received.destination)
        transmission.hopLimit = received.hopLimit
        transmission.checksumForm = received.checksumForm
        transmission.authentication = receiver.authentication
        transmission.headerSequence = replay.headerSequence
        if receiver.family == .ipv4 {
            let header = try IPv4Header(parsing: packet.octets[...])
            transmission.identification = header.identification
            transmission.dontFragment = header.dontFragment
        } else {
            transmission.flowLabel = try IPv6Header(parsing: packet.octets[...]).flowLabel
        }
        let encoded = try transmission.packet(received.advertisement, digests: SystemDigests())
        #expect(hexadecimal(encoded) == hexadecimal(packet.octets))
    }

    /// The three that matter for a migration: what keepalived sends with these settings, octet for octet.
    @Test("keepalived's packets are made from its settings")
    func encodesAsKeepalived() throws {
        var transmission = Transmission(from: address("10.77.0.1"), to: VRRPWire.group(.ipv4))
        transmission.identification = 5
        transmission.authentication = .password(AuthenticationPassword("s3cret99".utf8))
        let resigning = Advertisement(
            version: .v2, virtualRouterID: 51, priority: 0, interval: .seconds(1), addresses: [address("10.77.0.100")])
        #expect(
            try transmission.packet(resigning, digests: SystemDigests())
                == fixtures.packet("ka-v2-pass-prio0").octets)

        transmission.authentication = .header(AuthenticationPassword("s3cret99".utf8))
        transmission.headerSequence = 5
        #expect(
            try transmission.packet(resigning, digests: SystemDigests()) == fixtures.packet("ka-v2-ah-prio0").octets)

        transmission.authentication = .none
        transmission.identification = 1
        let fast = Advertisement(
            version: .v3, virtualRouterID: 62, priority: 254, interval: .milliseconds(250),
            addresses: [address("10.77.0.111"), address("10.77.0.112"), address("10.77.0.113")])
        #expect(
            try transmission.packet(fast, digests: SystemDigests())
                == fixtures.packet("ka-v3v4-three-addresses-25cs").octets)
    }
}
