import Addresses
import PacketAuthentication
import PacketFormats
import Testing

/// Rules 14 to 27 and 71: what a received advertisement must fulfil, by itself and for this virtual router.
@Suite("Rules of receiving")
struct ReceiveRuleTests {
    private static let kinds: [(ProtocolVersion, AddressFamily)] = [(.v2, .ipv4), (.v3, .ipv4), (.v3, .ipv6)]

    // MARK: The packet

    @Test("Rule 14: The header may be 20 to 60 octets long", arguments: 5...15)
    func headerLengths(words: Int) throws {
        var situation = Situation(.v3)
        let message = try situation.message()
        var header = IPv4Header(
            source: ipv4("10.0.0.1"), destination: ipv4("224.0.0.18"), totalLength: UInt16(words * 4 + message.count))
        header.options = [UInt8](repeating: 1, count: words * 4 - 20)
        var packet: [UInt8] = []
        header.write(into: &packet)
        #expect(packet.count == words * 4)
        #expect(situation.verdict(packet + message) == "accept")
    }

    @Test("Rule 14: A header shorter than 20 octets is no IPv4 header", arguments: 0...4)
    func shortHeaders(words: UInt8) throws {
        var situation = Situation(.v3)
        let packet = try situation.packet().replacing(0, with: 0x40 | words)
        #expect(situation.verdict(packet) == "ip-header-error")
    }

    @Test("Rule 14: The length is the header's: Ethernet padding does not count, missing octets do")
    func totalLength() throws {
        for (version, family) in Self.kinds {
            var situation = Situation(version, family)
            let packet = try situation.packet()
            #expect(situation.verdict(packet + [UInt8](repeating: 0xaa, count: 14)) == "accept")
            #expect(situation.verdict(Array(packet.dropLast())) == "packet-length-error")
        }
    }

    @Test("Rule 14: A header with a wrong checksum is not believed")
    func headerChecksum() throws {
        var situation = Situation(.v3)
        let packet = try situation.packet()
        #expect(situation.verdict(packet.replacing(1, with: 0)) == "ip-header-error")
        #expect(situation.verdict(packet.replacing(1, with: 0).withRightHeaderChecksum()) == "accept")
    }

    @Test("Rule 14: Fragments are not judged", arguments: [(0x20, 0x00), (0x00, 0x01), (0x3f, 0xff)])
    func fragments(high: UInt8, low: UInt8) throws {
        var situation = Situation(.v3)
        let packet = try situation.packet().replacing(6, with: high).replacing(7, with: low).withRightHeaderChecksum()
        #expect(situation.verdict(packet) == "fragment")
    }

    @Test("Rule 14: IPv6 extension headers before the message are followed, unless they make it a fragment")
    func extensionHeaders() throws {
        var situation = Situation(.v3, .ipv6)
        let message = try situation.message()
        let options = [UInt8](arrayLiteral: 112, 0, 1, 4, 0, 0, 0, 0)
        #expect(situation.verdict(situation.wrap(options + message, protocolNumber: 0)) == "accept")
        let twice = [60, 0, 1, 4, 0, 0, 0, 0] + options
        #expect(situation.verdict(situation.wrap(twice + message, protocolNumber: 0)) == "accept")
        let whole = [UInt8](arrayLiteral: 112, 0, 0, 0, 0, 0, 0, 9)
        #expect(situation.verdict(situation.wrap(whole + message, protocolNumber: 44)) == "accept")
        #expect(
            situation.verdict(situation.wrap(whole.replacing(3, with: 1) + message, protocolNumber: 44)) == "fragment")
        let endless = [UInt8](arrayLiteral: 112, 255, 0, 0, 0, 0, 0, 0)
        #expect(
            situation.verdict(situation.wrap(endless + message, protocolNumber: 0)) == "packet-length-error")
        #expect(situation.verdict(situation.wrap([112], protocolNumber: 60)) == "packet-length-error")
    }

    @Test("Rule 15: In multicast mode TTL and hop limit are 255", arguments: kinds)
    func hopLimit(version: ProtocolVersion, family: AddressFamily) throws {
        var situation = Situation(version, family)
        for hopLimit in [254, 64, 1, 0] as [UInt8] {
            situation.transmission.hopLimit = hopLimit
            #expect(try situation.verdict() == "ip-ttl-error")
        }
    }

    @Test("Rule 15: In unicast mode the TTL is looked at only where min_ttl or max_ttl is set")
    func unicastHopLimit() throws {
        var situation = Situation(.v3, unicast: true)
        situation.transmission.hopLimit = 64
        #expect(try situation.verdict() == "accept")
        situation.receiver.mode = .unicast(peers: [UnicastPeer(address("10.0.0.1"), hopLimits: 250...255)])
        #expect(try situation.verdict() == "ip-ttl-error")
        situation.transmission.hopLimit = 250
        #expect(try situation.verdict() == "accept")
    }

    @Test("Rule 16: The version is the configured one")
    func version() throws {
        var two = Situation(.v2)
        var three = Situation(.v3)
        #expect(three.verdict(try two.packet()) == "version-error")
        #expect(two.verdict(try three.packet()) == "version-error")
        for version in [0, 1, 4, 15] as [UInt8] {
            let packet = try three.packet { $0[0] = version << 4 | 1 }
            #expect(three.verdict(packet) == "version-error")
        }
    }

    @Test("Rule 17: The type is 1", arguments: [0, 2, 15] as [UInt8])
    func type(type: UInt8) throws {
        for (version, family) in Self.kinds {
            var situation = Situation(version, family)
            let packet = try situation.packet { $0[0] = version.rawValue << 4 | type }
            #expect(situation.verdict(packet) == "invalid-type")
        }
    }

    @Test("Rule 18: Every length but the one that the count demands is wrong", arguments: kinds)
    func exactLength(version: ProtocolVersion, family: AddressFamily) throws {
        var situation = Situation(version, family)
        let right = try situation.message()
        for length in 0...80 {
            let packet = try situation.packet { message in
                message = Array(message.prefix(length))
                while message.count < length { message.append(0) }
            }
            #expect(
                situation.verdict(packet) == (length == right.count ? "accept" : "packet-length-error"),
                "\(length) octets")
        }
    }

    @Test("Rule 18: A count that promises more addresses than there are is not followed")
    func count() throws {
        for (version, family) in Self.kinds {
            var situation = Situation(version, family)
            for count in [0, 1, 3, 255] as [UInt8] {
                #expect(situation.verdict(try situation.packet { $0[3] = count }) == "packet-length-error")
            }
        }
    }

    @Test("Rule 19: Version 3 without an address is ignored, version 2 is not")
    func noAddresses() throws {
        for (version, family) in Self.kinds {
            var situation = Situation(version, family)
            situation.advertisement.addresses = []
            situation.receiver.addresses = []
            situation.transmission.permitsEmptyList = true
            #expect(try situation.verdict() == (version == .v2 ? "accept" : "address-list-error"))
        }
    }

    // MARK: The checksum

    @Test("Rule 20: Any changed bit of the message is noticed", arguments: kinds)
    func changedBits(version: ProtocolVersion, family: AddressFamily) throws {
        var situation = Situation(version, family)
        let packet = try situation.packet()
        let start = family == .ipv4 ? 20 : 40
        for bit in 0..<(packet.count - start) * 8 {
            let offset = start + bit / 8
            let changed = packet.replacing(offset, with: packet[offset] ^ 1 << UInt8(bit % 8))
            #expect(situation.verdict(changed) != "accept", "bit \(bit)")
        }
    }

    @Test("Rule 20: Version 2 is verified over the message only")
    func checksumOfVersion2() throws {
        var situation = Situation(.v2)
        #expect(try situation.receive(situation.packet()).get().checksumForm == .messageOnly)
        var message = try situation.message()
        (message[6], message[7]) = (0, 0)
        var checksum = InternetChecksum()
        checksum.addPseudoHeader(
            source: address("10.0.0.1"), destination: address("224.0.0.18"), length: message.count, nextHeader: 112)
        checksum.add(message[...])
        (message[6], message[7]) = (UInt8(checksum.value >> 8), UInt8(checksum.value & 0xff))
        #expect(situation.verdict(situation.wrap(message)) == "checksum-error")
    }

    @Test("Rule 20: Version 3 over IPv4 is taken in both forms, and told apart; strict takes the message only")
    func checksumOfVersion3() throws {
        var situation = Situation(.v3)
        for form in ChecksumForm.allCases {
            situation.transmission.checksumForm = form
            situation.receiver.policy = .keepalived
            #expect(try situation.receive(situation.packet()).get().checksumForm == form)
            situation.receiver.policy = .strict
            #expect(try situation.verdict() == (form == .messageOnly ? "accept" : "checksum-error"))
        }
    }

    @Test("Rule 20: Version 3 over IPv6 is verified with the pseudo-header only")
    func checksumOverIPv6() throws {
        var situation = Situation(.v3, .ipv6)
        #expect(try situation.receive(situation.packet()).get().checksumForm == .pseudoHeader)
        var message = try situation.message()
        (message[6], message[7]) = (0, 0)
        var checksum = InternetChecksum()
        checksum.add(message[...])
        (message[6], message[7]) = (UInt8(checksum.value >> 8), UInt8(checksum.value & 0xff))
        #expect(situation.verdict(situation.wrap(message)) == "checksum-error")
    }

    // MARK: The fields

    @Test("Rule 21: An interval of zero is rejected", arguments: kinds)
    func intervalZero(version: ProtocolVersion, family: AddressFamily) throws {
        var situation = Situation(version, family)
        situation.receiver.interval = .zero
        let packet = try situation.packet { message in
            message[4] = 0
            message[5] = 0
        }
        #expect(situation.verdict(packet) == "interval-error")
        if version == .v3 {
            #expect(situation.verdict(try situation.packet { ($0[4], $0[5]) = (0xf0, 0) }) == "interval-error")
        }
    }

    @Test("Rule 22: The reserved bits are no part of the interval")
    func reservedBits() throws {
        var situation = Situation(.v3)
        let packet = try situation.packet { $0[4] |= 0xf0 }
        let received = try situation.receive(packet).get()
        #expect(received.advertisement.interval == .seconds(1))
        #expect(received.remarks == .reservedBitsSet)
    }

    @Test("Rule 23: The VRID is the configured one, of this family, and never 0")
    func virtualRouterID() throws {
        for (version, family) in Self.kinds {
            var situation = Situation(version, family)
            #expect(situation.verdict(try situation.packet { $0[1] = 8 }) == "vrid-error")
            situation.receiver.virtualRouterID = 0
            #expect(situation.verdict(try situation.packet { $0[1] = 0 }) == "vrid-error")
        }
        var four = Situation(.v3)
        #expect(four.verdict(try Situation(.v3, .ipv6).packet()) == "vrid-error")
    }

    @Test("Rule 24: A first IPv6 address that is not link-local is remarked, and strict rejects it")
    func linkLocalFirst() throws {
        var situation = Situation(.v3, .ipv6)
        #expect(try situation.remarks() == [])
        situation.advertisement.addresses.reverse()
        #expect(try situation.remarks() == .firstAddressNotLinkLocal)
        situation.receiver.policy = .strict
        #expect(try situation.verdict() == "address-list-error")
    }

    @Test("Rule 25: An owner's receiver takes advertisements like every other", arguments: [0, 100, 255] as [UInt8])
    func ownerReceives(priority: UInt8) throws {
        // The decoder does not know priorities: an owner, too, hands what it hears to its machine (erratum 8298).
        for policy in [Receiver.Policy.keepalived, .strict] {
            var situation = Situation(.v3)
            situation.transmission.checksumForm = .messageOnly
            situation.receiver.policy = policy
            situation.advertisement.priority = priority
            #expect(try situation.receive(situation.packet()).get().advertisement.priority == priority)
        }
    }

    @Test("Rule 26: Another interval is remarked in version 3 and rejected in version 2")
    func otherInterval() throws {
        for (version, family) in Self.kinds {
            var situation = Situation(version, family)
            situation.advertisement.interval = .seconds(2)
            if version == .v2 {
                #expect(try situation.verdict() == "interval-error")
            } else {
                let received = try situation.receive(situation.packet()).get()
                #expect(received.remarks == .intervalDiffers)
                #expect(received.advertisement.interval == .seconds(2))
            }
        }
    }

    @Test("Rule 27: Other addresses are remarked; another order is not worth a word", arguments: kinds)
    func otherAddresses(version: ProtocolVersion, family: AddressFamily) throws {
        var situation = Situation(version, family)
        situation.receiver.addresses.reverse()
        #expect(try situation.remarks() == [])
        situation.receiver.addresses.removeLast()
        #expect(try situation.remarks() == .addressListDiffers)
    }

    @Test("Rule 71: Version 2 over IPv6 is no protocol, also where it is configured")
    func version2OverIPv6() {
        var situation = Situation(.v3, .ipv6)
        situation.receiver.version = .v2
        let packet = AdvertisementFixtures.all.packet("ka-v2-over-ipv6").octets
        situation.receiver.virtualRouterID = 75
        #expect(situation.verdict(packet) == "version-error")
    }
}
