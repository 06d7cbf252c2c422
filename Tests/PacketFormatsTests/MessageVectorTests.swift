import Addresses
import PacketAuthentication
import PacketFormats
import Testing

/// Messages from the decoder tests of holo, another implementation, inside of IP packets that fit them.
@Suite("Messages of another implementation")
struct MessageVectorTests {
    private func decode(_ message: String, _ receiver: Receiver) -> Result<ReceivedAdvertisement, Rejection> {
        let group = VRRPWire.group(receiver.family)
        var situation = Situation(receiver.version, receiver.family)
        situation.receiver = receiver
        situation.transmission.destination = group
        return situation.receive(situation.wrap(octets(message)))
    }

    @Test("Version 2, decoded and encoded again")
    func version2() throws {
        let receiver = Receiver(version: .v2, family: .ipv4, virtualRouterID: 51, addresses: [address("10.0.1.5")])
        let received = try decode("21331e010001b5c50a0001050000000000000000", receiver).get()
        #expect(
            received.advertisement
                == Advertisement(
                    version: .v2, virtualRouterID: 51, priority: 30, interval: .seconds(1),
                    addresses: [address("10.0.1.5")]))
        let message = try Transmission(from: received.source, to: received.destination)
            .message(received.advertisement, digests: SystemDigests())
        #expect(hexadecimal(message) == "21331e010001b5c50a0001050000000000000000")
    }

    @Test("Version 3 over IPv6: the fields are read; its checksum belongs to addresses that are not recorded")
    func version3() throws {
        let receiver = Receiver(version: .v3, family: .ipv6, virtualRouterID: 1)
        #expect(decode("310116010001b57f20010db8000000000000000003707334", receiver) == .failure(.checksumError))
        // With the checksum for fe80::1 in its place.
        let advertisement = Advertisement(
            version: .v3, virtualRouterID: 1, priority: 22, interval: .milliseconds(10),
            addresses: [address("2001:db8::370:7334")])
        let message = try Transmission(from: address("fe80::1"), to: VRRPWire.group(.ipv6))
            .message(advertisement, digests: SystemDigests())
        #expect(hexadecimal(message.prefix(6)) == "310116010001")
        #expect(hexadecimal(message.dropFirst(8)) == "20010db8000000000000000003707334")
        let received = try decode(hexadecimal(message), receiver).get()
        #expect(received.advertisement == advertisement)
        #expect(received.remarks == [.intervalDiffers, .firstAddressNotLinkLocal, .addressListDiffers])
    }

    @Test("Nothing, too much, version 4 and no checksum are rejected")
    func malformed() {
        let six = Receiver(version: .v3, family: .ipv6, virtualRouterID: 1)
        #expect(decode("", six) == .failure(.packetLengthError))
        #expect(
            decode("3101" + String(repeating: "00", count: 898), six) == .failure(.packetLengthError))
        #expect(
            decode("410116010001b57f20010db8000000000000000003707334", six) == .failure(.versionError))
        let four = Receiver(version: .v2, family: .ipv4, virtualRouterID: 51)
        #expect(decode("21331e01000100000a0001050000000000000000", four) == .failure(.checksumError))
    }
}
