import Addresses
import PacketFormats
import Testing
import VRRPReporting

@Suite("Judging a capture")
struct SniffJudgeTests {
    private static let peer = UnicastPeer(address("10.0.0.1"))

    // MARK: Who judges

    @Test("The instance of the packet's version, family, VRID and mode judges")
    func instances() {
        let receivers = [
            receiver("V2", .v2), receiver("V3"), receiver("UNICAST") { $0.mode = .unicast(peers: [Self.peer]) },
            receiver("OTHER", vrid: 8),
        ]
        var capture = Capture()
        capture.add(advertisement, transmission)
        var version2 = advertisement
        version2.version = .v2
        capture.add(version2, transmission)
        capture.add(advertisement, Transmission(from: address("10.0.0.1"), to: address("10.0.0.2")))
        #expect(capture.verdicts(by: receivers) == ["accepted V3", "accepted V2", "accepted UNICAST"])
    }

    @Test("Where none fits, the verdict is what the nearest says: the VRID, the version, the mode")
    func noInstance() {
        var capture = Capture()
        capture.add(advertisement, transmission)
        #expect(capture.verdicts(by: [receiver("OTHER", vrid: 8)]) == ["vrid-error"])
        #expect(capture.verdicts(by: [receiver("V2", .v2)]) == ["version-error V2"])
        #expect(
            capture.verdicts(by: [receiver("U") { $0.mode = .unicast(peers: [Self.peer]) }])
                == ["destination-error U"])
        #expect(capture.verdicts(by: []) == ["vrid-error"])
    }

    @Test("The same VRID on several interfaces: the capture's interface decides, else the addresses do")
    func interfaces() {
        let receivers = [
            receiver("ONE", interface: "eth1") { $0.addresses = [address("10.1.0.100")] },
            receiver("TWO", interface: "eth2"),
        ]
        var capture = Capture()
        capture.add(advertisement, transmission)
        capture.add(advertisement, transmission, interface: "eth1")
        capture.add(advertisement, transmission, interface: "any")
        #expect(capture.verdicts(by: receivers) == ["accepted TWO", "accepted ONE", "accepted TWO"])
    }

    @Test("The policy decides")
    func policy() {
        var capture = Capture()
        capture.add(advertisement, transmission)
        #expect(capture.verdicts(by: [receiver("V3")]) == ["accepted V3"])
        #expect(capture.verdicts(by: [receiver("V3") { $0.policy = .strict }], .strict) == ["checksum-error V3"])
        #expect(capture.verdicts(by: nil, .strict) == ["checksum-error"])
    }

    // MARK: Without a configuration

    @Test("Without a configuration what is well-formed is accepted, and what could not be verified is said")
    func withoutConfiguration() throws {
        var capture = Capture()
        capture.add(advertisement, transmission)
        var version2 = advertisement
        version2.version = .v2
        var authenticated = transmission
        authenticated.authentication = .password(AuthenticationPassword("secret".utf8))
        capture.add(version2, authenticated)
        let trailer = Transmission.Trailer(
            key: TrailerKey(id: 3, secret: [1]), sequence: TrailerSequence(WallTime(seconds: Capture.start)))
        authenticated.trailer = trailer
        capture.add(version2, authenticated)
        authenticated.trailer = nil
        authenticated.authentication = .header(AuthenticationPassword("secret".utf8))
        capture.add(version2, authenticated)
        var signed = transmission
        signed.trailer = trailer
        capture.add(advertisement, signed)
        capture.add(advertisement, Transmission(from: address("10.0.0.1"), to: address("10.0.0.2")))
        let packets = capture.judged(by: nil)
        #expect(capture.verdicts(by: nil) == Array(repeating: "accepted", count: 6))
        let unverified = packets.map { packet in
            if case .accepted(let remarks, _) = packet.outcome { remarks.contains(.digestNotVerified) } else { false }
        }
        #expect(unverified == [false, false, true, true, true, false])
        #expect(packets.map(\.hasTrailer) == [false, false, true, false, true, false])
    }

    @Test("Without a configuration what is malformed is rejected")
    func malformed() throws {
        let good = try transmission.packet(advertisement, digests: NoDigests())
        var capture = Capture()
        for (offset, octet) in [(8, 64), (20, 0x41), (20, 0x32), (23, 9), (26, 0)] as [(Int, UInt8)] {
            var packet = good
            packet[offset] = octet
            repair(&packet)
            capture.add(packet)
        }
        capture.add(Array(good.dropLast(4)))
        #expect(
            capture.verdicts(by: nil) == [
                "ip-ttl-error", "version-error", "invalid-type", "packet-length-error", "checksum-error",
                "packet-length-error",
            ])
    }

    // MARK: What is remembered

    @Test("A sequence number is accepted once by each instance, whatever is between")
    func headerReplay() {
        let password = AuthenticationPassword("secret".utf8)
        var version2 = advertisement
        version2.version = .v2
        var authenticated = transmission
        authenticated.authentication = .header(password)
        var capture = Capture()
        for sequence in [5, 6, 5, 7] as [UInt32] {
            authenticated.headerSequence = sequence
            capture.add(version2, authenticated)
            capture.add(advertisement, transmission)
        }
        let verdicts = capture.verdicts(by: [receiver("AH", .v2) { $0.authentication = .header(password) }])
        #expect(
            stride(from: 0, to: 8, by: 2).map { verdicts[$0] }
                == ["accepted AH", "accepted AH", "replay-error AH", "accepted AH"])
    }

    @Test("Trailers are compared with the capture's clock, once that is known to be the senders'")
    func trailerClock() {
        let key = TrailerKey(id: 1, secret: Array(repeating: 7, count: 32))
        let receivers = [
            receiver("HMAC") { $0.trailer = TrailerPolicy(keys: [key], antiReplay: .time(window: 5)) }
        ]
        func capture(_ times: [Int64], shiftedBy shift: Int64) -> Capture {
            var capture = Capture()
            for (index, time) in times.enumerated() {
                var signed = transmission
                signed.trailer = .init(
                    key: key, sequence: TrailerSequence(WallTime(seconds: Capture.start + time)))
                capture.add(advertisement, signed, offset: Int64(index) + shift)
            }
            return capture
        }
        #expect(
            capture([0, 1, -60, 1], shiftedBy: 0).verdicts(by: receivers)
                == ["accepted HMAC", "accepted HMAC", "stale-timestamp HMAC", "replay-error HMAC"])
        // A minute beside the senders' clock is a fault of clocks; a year is another clock.
        #expect(capture([0], shiftedBy: 60).verdicts(by: receivers) == ["stale-timestamp HMAC"])
        let old = capture([0, 1, 0], shiftedBy: -31_536_000)
        #expect(old.verdicts(by: receivers) == ["accepted HMAC", "accepted HMAC", "replay-error HMAC"])
        if case .accepted(let remarks, _)? = old.judged(by: receivers).first?.outcome {
            #expect(remarks.contains(.freshnessUnknown))
        }
    }

    // MARK: What cannot be judged, and what is none

    @Test("Fragments and packets that the capture cut are said to be so")
    func unjudged() throws {
        let whole = try transmission.packet(advertisement, digests: NoDigests())
        var first = whole
        first[6] = 0x20
        repair(&first)
        var later = whole
        later[7] = 1
        repair(&later)
        var capture = Capture()
        capture.add(first)
        capture.add(later)
        capture.add(whole, cutTo: 30)
        capture.add(whole, cutTo: 22)
        capture.add(whole + [0, 0, 0, 0], cutTo: whole.count)
        let packets = capture.judged(by: [receiver("V3")])
        #expect(
            capture.verdicts(by: [receiver("V3")])
                == ["fragment V3", "fragment", "truncated V3", "truncated", "accepted V3"])
        #expect(packets.map { $0.identity?.virtualRouterID } == [7, nil, 7, nil, 7])
    }

    @Test("What else is sent to the group is VRRP gone wrong, but for what belongs to the group itself")
    func otherProtocols() throws {
        var packet = try transmission.packet(advertisement, digests: NoDigests())
        var capture = Capture()
        for number in [111, 2, 112] as [UInt8] {
            packet[9] = number
            repair(&packet)
            capture.add(packet)
        }
        packet[19] = 19
        packet[9] = 17
        repair(&packet)
        capture.add(packet)
        #expect(capture.verdicts(by: [receiver("V3")]) == ["ip-protocol-error", "accepted V3"])
        #expect(capture.judged(by: nil).map(\.number) == [1, 3])
    }

    private func repair(_ packet: inout [UInt8]) {
        (packet[10], packet[11]) = (0, 0)
        var checksum = InternetChecksum()
        checksum.add(packet.prefix(20))
        (packet[10], packet[11]) = (UInt8(checksum.value >> 8), UInt8(checksum.value & 0xff))
    }
}

/// For packets without authentication.
private struct NoDigests: KeyedDigests {
    func hmacMD5(of message: [UInt8], key: [UInt8]) -> [UInt8] { [] }
    func hmacSHA256(of message: [UInt8], key: [UInt8]) -> [UInt8] { [] }
}
