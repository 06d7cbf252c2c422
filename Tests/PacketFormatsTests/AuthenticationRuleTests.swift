import Addresses
import PacketAuthentication
import PacketFormats
import Testing

/// Rules 28 to 32: who sent it, and what is left behind when it is rejected.
@Suite("Rules of authentication and senders")
struct AuthenticationRuleTests {
    private let password = AuthenticationPassword("s3cret99".utf8)

    private func headerSituation(unicast: Bool = false) -> Situation {
        var situation = Situation(.v2, unicast: unicast)
        situation.transmission.authentication = .header(password)
        situation.transmission.headerSequence = 1
        situation.receiver.authentication = .header(password)
        return situation
    }

    // MARK: Types and passwords

    @Test("Rule 28: The type is the configured one, and one that exists")
    func types() throws {
        let kinds: [Authentication] = [.none, .password(password), .header(password)]
        for configured in kinds {
            for sent in kinds {
                var situation = Situation(.v2)
                situation.receiver.authentication = configured
                situation.transmission.authentication = sent
                situation.transmission.headerSequence = 1
                #expect(try situation.verdict() == (sent == configured ? "accept" : "auth-type-mismatch"))
            }
            for type in [3, 4, 254, 255] as [UInt8] {
                var situation = Situation(.v2)
                situation.receiver.authentication = configured
                #expect(situation.verdict(try situation.packet { $0[4] = type }) == "invalid-auth-type")
            }
        }
    }

    @Test("Rule 28: All eight octets of a password count")
    func passwords() throws {
        for sent in ["s3cret9", "s3cret98", "S3cret99", "", "s3cret9900"] {
            var situation = Situation(.v2)
            situation.receiver.authentication = .password(password)
            situation.transmission.authentication = .password(AuthenticationPassword(sent.utf8))
            #expect(
                try situation.verdict() == (sent == "s3cret9900" ? "accept" : "authentication-failure"),
                "\(sent): only the first eight octets are sent")
        }
    }

    @Test("Rule 28: Without authentication the eight octets are not looked at (RFC 3768, 5.3.10)")
    func ignoredAuthenticationData() throws {
        var situation = Situation(.v2)
        #expect(situation.verdict(try situation.packet { $0[$0.count - 1] = 0x55 }) == "accept")
    }

    // MARK: Authentication Header

    @Test("Rule 28: An Authentication Header that was captured from keepalived verifies and is made the same")
    func capturedHeader() throws {
        let captured = AdvertisementFixtures.all.packet("ka-v2-ah").octets
        var replay = ReplayState()
        let receiver = AdvertisementFixtures.all.receiver("v2-ah")
        _ = try receiver.decode(ipPacket: captured[...], replay: &replay, digests: SystemDigests())
        #expect(replay.headerSequence == 1)
    }

    @Test("Rule 28: Any changed bit of a packet with an Authentication Header is noticed, but in what routers change")
    func changedBitsUnderHeader() throws {
        var situation = headerSituation()
        let packet = try situation.packet()
        for bit in 0..<packet.count * 8 {
            let offset = bit / 8
            // Type of service, flags with fragment offset, and the header checksum are outside (RFC 4302, 3.3.3.1).
            if offset == 1 || 6...7 ~= offset || 10...11 ~= offset { continue }
            let changed = packet.replacing(offset, with: packet[offset] ^ 1 << UInt8(bit % 8)).withRightHeaderChecksum()
            #expect(situation.verdict(changed) != "accept", "bit \(bit)")
            situation.replay = ReplayState()
        }
        #expect(situation.verdict(packet.replacing(1, with: 0).withRightHeaderChecksum()) == "accept")
    }

    @Test("Rule 28: The TTL is outside of the value in unicast mode only")
    func unicastHeader() throws {
        var situation = headerSituation(unicast: true)
        let packet = try situation.packet()
        #expect(situation.verdict(packet.replacing(8, with: 63).withRightHeaderChecksum()) == "accept")
        // The same octets under multicast rules: the TTL was covered as 255 and not as 0.
        var multicast = headerSituation()
        multicast.transmission.destination = VRRPWire.group(.ipv4)
        #expect(try multicast.verdict() == "accept")
    }

    @Test("Rule 28: Next header, length, index and key of an Authentication Header are checked")
    func brokenHeaders() throws {
        var situation = headerSituation()
        let packet = try situation.packet()
        #expect(situation.verdict(packet.replacing(20, with: 17)) == "ip-protocol-error")
        #expect(situation.verdict(packet.replacing(21, with: 5)) == "packet-length-error")
        #expect(situation.verdict(packet.replacing(27, with: 99)) == "authentication-failure")
        #expect(situation.verdict(situation.wrap([112, 4], protocolNumber: 51)) == "packet-length-error")
        situation.receiver.authentication = .header(AuthenticationPassword("other".utf8))
        #expect(situation.verdict(packet) == "authentication-failure")
        situation.receiver.policy = .strict
        #expect(situation.verdict(packet) == "ip-protocol-error")
        var six = Situation(.v3, .ipv6)
        #expect(six.verdict(six.wrap(Array(packet.dropFirst(20)), protocolNumber: 51)) == "ip-protocol-error")
        var three = Situation(.v3)
        let inside = Array(packet[20..<44]) + (try three.message())
        #expect(three.verdict(three.wrap(inside, protocolNumber: 51)) == "ip-protocol-error")
    }

    @Test("Rule 28: Each sequence number is accepted once, and only greater ones after it")
    func headerReplay() throws {
        var situation = headerSituation()
        for (sequence, verdict) in [
            (5, "accept"), (5, "replay-error"), (4, "replay-error"), (0, "replay-error"), (6, "accept"),
            (4_000_000_000, "accept"), (7, "replay-error"),
        ] as [(UInt32, String)] {
            situation.transmission.headerSequence = sequence
            #expect(try situation.verdict() == verdict, "sequence \(sequence)")
        }
        #expect(situation.replay.takeHeaderSequence() == 4_000_000_001, "who becomes active goes on counting")
    }

    // MARK: Senders

    @Test("Rule 29: An advertisement from an own address is not a peer's")
    func ownSource() throws {
        for family in [AddressFamily.ipv4, .ipv6] {
            var situation = Situation(.v3, family)
            situation.receiver.ownAddresses.append(situation.transmission.source)
            #expect(try situation.verdict() == "own-source")
        }
    }

    @Test(
        "Rule 29: A source that is no address of one host is not a peer's",
        arguments: ["0.0.0.0", "224.0.0.18", "255.255.255.255"])
    func impossibleSource(source: String) throws {
        var situation = Situation(.v3)
        situation.transmission.source = address(source)
        #expect(try situation.verdict() == "source-error")
    }

    @Test("Rule 30: Who is no configured peer is not heard in unicast mode, unless that is allowed")
    func unknownPeer() throws {
        var situation = Situation(.v3, unicast: true)
        situation.receiver.mode = .unicast(peers: [UnicastPeer(address("10.0.0.9"))])
        #expect(try situation.verdict() == "unknown-peer")
        situation.receiver.demandsKnownPeer = false
        #expect(try situation.remarks() == .unknownPeer)
    }

    @Test("Rule 30: Multicast mode does not take unicast, nor unicast mode multicast, nor one group another's")
    func modes() throws {
        var multicast = Situation(.v3)
        var unicast = Situation(.v3, unicast: true)
        #expect(multicast.verdict(try unicast.packet()) == "destination-error")
        #expect(unicast.verdict(try multicast.packet()) == "destination-error")
        multicast.transmission.destination = address("224.0.0.19")
        #expect(try multicast.verdict() == "destination-error")
        multicast.receiver.mode = .multicast(group: address("224.0.0.19"))
        #expect(try multicast.verdict() == "accept")
        multicast.receiver.policy = .strict
        #expect(try multicast.verdict() == "destination-error")
        unicast.receiver.policy = .strict
        #expect(try unicast.verdict() == "destination-error")
    }

    // MARK: Order and consequences

    /// Each fault alone has its name; two together have the name of the one that is looked for first.
    @Test("Rule 31: Checks come in the order length, version, type, VRID, TTL, exact length, authentication, checksum")
    func order() throws {
        var situation = Situation(.v2)
        situation.receiver.authentication = .password(password)
        situation.transmission.authentication = .password(password)
        let faults: [(String, (inout [UInt8]) -> Void)] = [
            ("version-error", { $0[20] = 0x41 | $0[20] & 0xf }),
            ("invalid-type", { $0[20] = $0[20] & 0xf0 | 2 }),
            ("vrid-error", { $0[21] = 9 }),
            ("ip-ttl-error", { $0[8] = 64 }),
            ("packet-length-error", { $0[23] = 9 }),
            ("authentication-failure", { $0[$0.count - 1] = 1 }),
            ("checksum-error", { $0[26] ^= 1 }),
        ]
        for first in faults.indices {
            for second in faults.indices where second >= first {
                var packet = try situation.packet()
                faults[second].1(&packet)
                if first != second { faults[first].1(&packet) }
                #expect(situation.verdict(packet.withRightHeaderChecksum()) == faults[first].0)
            }
        }
        #expect(situation.verdict(situation.wrap([0x41, 9, 0, 9, 0, 0, 0])) == "packet-length-error")
    }

    @Test("Rule 32: A rejected packet leaves no trace: what comes after it is judged as if it had not been")
    func noTrace() throws {
        var situation = headerSituation()
        _ = try situation.verdict()
        let before = situation.replay
        for sequence in [100, 1000] as [UInt32] {
            situation.transmission.headerSequence = sequence
            let good = try situation.packet()
            // The value verifies, but not what is inside: another interval in version 2.
            situation.advertisement.interval = .seconds(9)
            #expect(try situation.verdict() == "interval-error")
            situation.advertisement.interval = .seconds(1)
            #expect(situation.verdict(good.replacing(good.count - 1, with: 1)) == "authentication-failure")
            #expect(situation.replay == before)
        }
        situation.transmission.headerSequence = 2
        #expect(try situation.verdict() == "accept")
    }

    @Test("Rule 32: A message-only checksum does not change which form is accepted next")
    func checksumFormIsNotLearned() throws {
        var situation = Situation(.v3)
        for form in [ChecksumForm.messageOnly, .pseudoHeader, .messageOnly, .pseudoHeader] {
            situation.transmission.checksumForm = form
            #expect(try situation.receive(situation.packet()).get().checksumForm == form)
        }
    }
}
