import Addresses
import PacketAuthentication
import PacketFormats
import Testing

/// Rules 1 to 13: what an advertisement looks like when it is sent.
@Suite("Rules of sending")
struct TransmitRuleTests {
    private static let kinds: [(ProtocolVersion, AddressFamily)] = [(.v2, .ipv4), (.v3, .ipv4), (.v3, .ipv6)]

    @Test("Rule 1: IP protocol 112, to 224.0.0.18 or ff02::12")
    func protocolAndGroup() throws {
        let four = try Situation(.v3).packet()
        #expect(four[9] == 112)
        #expect(Array(four[16..<20]) == [224, 0, 0, 18])
        let six = try Situation(.v3, .ipv6).packet()
        #expect(six[6] == 112)
        #expect(hexadecimal(six[24..<40]) == "ff020000000000000000000000000012")
    }

    @Test("Rule 2: TTL and hop limit are 255", arguments: kinds)
    func hopLimit(version: ProtocolVersion, family: AddressFamily) throws {
        let packet = try Situation(version, family).packet()
        #expect(packet[family == .ipv4 ? 8 : 7] == 255)
    }

    @Test("Rule 3: The source is the address that the sender was given, and no other")
    func source() throws {
        #expect(Array(try Situation(.v2).packet()[12..<16]) == [10, 0, 0, 1])
        #expect(hexadecimal(try Situation(.v3, .ipv6).packet()[8..<24]) == "fe800000000000000000000000000001")
    }

    @Test("Rule 4: The frame comes from the virtual router's MAC address and goes to the group's")
    func ethernetAddresses() throws {
        #expect(MACAddress.virtualRouter(51, .ipv4).description == "00:00:5e:00:01:33")
        #expect(MACAddress.virtualRouter(255, .ipv6).description == "00:00:5e:00:02:ff")
        let header = try #require(
            EthernetHeader(advertisementTo: VRRPWire.group(.ipv4), from: .virtualRouter(51, .ipv4)))
        var bytes: [UInt8] = []
        header.write(into: &bytes)
        #expect(hexadecimal(bytes) == "01005e00001200005e0001330800")
        let six = try #require(
            EthernetHeader(advertisementTo: VRRPWire.group(.ipv6), from: .virtualRouter(51, .ipv6)))
        #expect(six.destination.description == "33:33:00:00:00:12")
        #expect(six.type == 0x86dd)
        #expect(EthernetHeader(advertisementTo: address("10.0.0.1"), from: .broadcast) == nil)
    }

    @Test("Rule 5: The first octet is 0x31 in version 3 and 0x21 in version 2")
    func firstOctet() throws {
        #expect(try Situation(.v3).message()[0] == 0x31)
        #expect(try Situation(.v2).message()[0] == 0x21)
    }

    @Test(
        "Rule 6: Version 3 has 12 bits of centiseconds after four zero bits",
        arguments: [(Duration.milliseconds(10), 1), (.seconds(1), 100), (.milliseconds(40_950), 4095)]
            as [(Duration, UInt16)])
    func centiseconds(interval: Duration, field: UInt16) throws {
        var situation = Situation(.v3)
        situation.advertisement.interval = interval
        let message = try situation.message()
        #expect(UInt16(message[4]) << 8 | UInt16(message[5]) == field)
    }

    @Test("Rule 6: Version 2 has the type of authentication and whole seconds", arguments: [1, 2, 255])
    func seconds(interval: Int) throws {
        var situation = Situation(.v2)
        situation.advertisement.interval = .seconds(interval)
        situation.transmission.authentication = .password(AuthenticationPassword("x".utf8))
        #expect(Array(try situation.message()[4..<6]) == [1, UInt8(interval)])
    }

    @Test(
        "Rule 6: An interval that the version cannot carry is refused",
        arguments: [
            (ProtocolVersion.v2, Duration.zero), (.v2, .milliseconds(1500)), (.v2, .seconds(256)), (.v2, .seconds(-1)),
            (.v3, .zero), (.v3, .milliseconds(5)), (.v3, .milliseconds(1005)), (.v3, .milliseconds(40_960)),
            (.v3, .seconds(1_000_000_000_000)),
        ])
    func refusesInterval(version: ProtocolVersion, interval: Duration) {
        var situation = Situation(version)
        situation.advertisement.interval = interval
        #expect(throws: EncodingError.intervalOutOfRange) { try situation.packet() }
    }

    @Test("Rule 7: The count is that of the addresses, which keep their order", arguments: [1, 2, 255])
    func addresses(count: Int) throws {
        var situation = Situation(.v3)
        let addresses = (0..<count).map { IPAddress.v4(IPv4Address(10, 9, 8, UInt8(255 - $0))) }
        situation.advertisement.addresses = addresses
        let message = try situation.message()
        #expect(Int(message[3]) == count)
        #expect(message.count == 8 + 4 * count)
        #expect(Array(message[8..<12]) == [10, 9, 8, 255])
        let received = try situation.receive(situation.packet()).get()
        #expect(received.advertisement.addresses == addresses)
    }

    @Test("Rule 7: No address, 256 addresses or one of another family are refused")
    func refusesAddresses() {
        var situation = Situation(.v3)
        situation.advertisement.addresses = []
        #expect(throws: EncodingError.noAddresses) { try situation.packet() }
        situation.advertisement.addresses = Array(repeating: address("10.0.0.9"), count: 256)
        #expect(throws: EncodingError.tooManyAddresses) { try situation.packet() }
        situation.advertisement.addresses = [address("10.0.0.9"), address("2001:db8::1")]
        #expect(throws: EncodingError.mixedFamilies) { try situation.packet() }
    }

    @Test("Rule 8: Over IPv6 the addresses go out as configured, the link-local one first")
    func linkLocalFirst() throws {
        let message = try Situation(.v3, .ipv6).message()
        #expect(message.count == 8 + 2 * 16)
        #expect(hexadecimal(message[8..<24]) == "fe800000000000000000000000000100")
    }

    @Test("Rule 9: Version 2 ends with eight octets of authentication, which the checksum covers")
    func authenticationData() throws {
        var situation = Situation(.v2)
        let plain = try situation.message()
        #expect(plain.count == 8 + 2 * 4 + 8)
        #expect(plain.suffix(8).allSatisfy { $0 == 0 })
        situation.transmission.authentication = .password(AuthenticationPassword("geheim".utf8))
        let message = try situation.message()
        #expect(Array(message.suffix(8)) == Array("geheim".utf8) + [0, 0])
        var checksum = InternetChecksum()
        checksum.add(message[...])
        #expect(checksum.value == 0)
    }

    @Test("Rule 9: A password is cut off after eight octets")
    func longPassword() {
        #expect(AuthenticationPassword("0123456789".utf8).octets == Array("01234567".utf8))
    }

    @Test("Rule 10: The checksum covers the message only in version 2, whatever form is asked for")
    func checksumOfVersion2() throws {
        var situation = Situation(.v2)
        situation.transmission.checksumForm = .pseudoHeader
        let one = try situation.message()
        situation.transmission.checksumForm = .messageOnly
        #expect(try situation.message() == one)
    }

    @Test("Rule 10: Version 3 over IPv4 has the pseudo-header by default, and the message only where asked for")
    func checksumOfVersion3() throws {
        // The first and the last of these were captured from keepalived 2.2.7 and 2.4.3 with v3_checksum_as_v2.
        var transmission = Transmission(from: address("10.77.0.1"), to: VRRPWire.group(.ipv4))
        let advertisement = Advertisement(
            version: .v3, virtualRouterID: 61, priority: 150, interval: .seconds(1), addresses: [address("10.77.0.110")]
        )
        let digests = SystemDigests()
        #expect(try transmission.message(advertisement, digests: digests) == octets("313d9601006442c50a4d006e"))
        transmission.checksumForm = .messageOnly
        let captured = AdvertisementFixtures.all.packet("ka24-v3v4-message-only-checksum").octets.suffix(12)
        #expect(try transmission.message(advertisement, digests: digests)[...] == captured)
    }

    @Test("Rule 10: Version 3 over IPv6 covers the pseudo-header with the destination that is used")
    func checksumOverIPv6() throws {
        var situation = Situation(.v3, .ipv6)
        for destination in ["ff02::12", "2001:db8::2"] {
            situation.transmission.destination = address(destination)
            let message = try situation.message()
            var checksum = InternetChecksum()
            checksum.addPseudoHeader(
                source: address("fe80::1"), destination: address(destination), length: message.count, nextHeader: 112)
            checksum.add(message[...])
            #expect(checksum.value == 0)
        }
    }

    @Test("Rule 11: Type of service and traffic class are 0xC0; identification and DF as the sender says")
    func trafficClass() throws {
        var situation = Situation(.v2)
        situation.transmission.identification = 0xbeef
        let packet = try situation.packet()
        #expect(packet[1] == 0xc0)
        #expect(Array(packet[4..<8]) == [0xbe, 0xef, 0, 0])
        situation.transmission.dontFragment = true
        #expect(try situation.packet()[6] == 0x40)
        let six = try Situation(.v3, .ipv6).packet()
        #expect(Array(six[0..<4]) == [0x6c, 0, 0, 0])
    }

    @Test("Rule 12: Every priority goes out as it is: 0 to resign, 255 from the owner", arguments: [0, 1, 254, 255])
    func priorities(priority: UInt8) throws {
        var situation = Situation(.v3)
        situation.advertisement.priority = priority
        #expect(try situation.message()[2] == priority)
    }

    @Test("Rule 13: A packet is made of what it is given; nothing of an earlier one is in it")
    func freshPackets() throws {
        var situation = Situation(.v3)
        let before = try situation.packet()
        situation.advertisement.priority = 0
        situation.advertisement.interval = .milliseconds(500)
        situation.advertisement.addresses.append(address("10.0.0.102"))
        let after = try situation.packet()
        #expect(after != before)
        let received = try situation.receive(after).get()
        #expect(received.advertisement == situation.advertisement)
    }

    @Test("Rule 71: Version 2 over IPv6, VRID 0 and old authentication in version 3 are not sent")
    func refusals() {
        #expect(throws: EncodingError.versionNeedsIPv4) { try Situation(.v2, .ipv6).packet() }
        var situation = Situation(.v3)
        situation.transmission.authentication = .password(AuthenticationPassword("x".utf8))
        #expect(throws: EncodingError.authenticationNotPossible) { try situation.packet() }
        situation.transmission.authentication = .none
        situation.advertisement.virtualRouterID = 0
        #expect(throws: EncodingError.invalidVirtualRouterID) { try situation.packet() }
        situation.transmission.destination = address("ff02::12")
        #expect(throws: EncodingError.mixedFamilies) { try situation.packet() }
    }
}
