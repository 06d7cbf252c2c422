import Addresses
import PacketFormats
import Testing

/// Frames that tell the link where a virtual address is now.
@Suite("Announcements")
struct AnnouncementTests {
    @Test("Rule 61: A gratuitous ARP request, from and for the virtual address, with the virtual MAC address")
    func gratuitousARP() {
        let announcement = GratuitousARP(
            address: ipv4("10.0.0.100"), hardwareAddress: .virtualRouter(51, .ipv4))
        #expect(
            hexadecimal(announcement.frame)
                == hexadecimal(
                    octets(
                        """
                        ffffffffffff 00005e000133 0806
                        0001 0800 06 04 0001
                        00005e000133 0a000064
                        ffffffffffff 0a000064
                        """)))
    }

    @Test("Rule 61: As errata 7947 and 7949 want it, the target's hardware address is the sender's")
    func gratuitousARPByErrata() {
        let announcement = GratuitousARP(
            address: ipv4("10.0.0.100"), hardwareAddress: .virtualRouter(51, .ipv4), targetHardwareAddress: .sender)
        #expect(hexadecimal(announcement.frame[32..<38]) == "00005e000133")
    }

    @Test(
        "Rule 62: An unsolicited neighbour advertisement to all nodes: R and O set, S not, target option, hop limit 255"
    )
    func neighborAdvertisement() {
        let announcement = UnsolicitedNeighborAdvertisement(
            target: ipv6("2001:db8::100"), hardwareAddress: .virtualRouter(51, .ipv6))
        let frame = announcement.frame
        #expect(
            hexadecimal(frame.prefix(54))
                == hexadecimal(
                    octets(
                        """
                        333300000001 00005e000233 86dd
                        60000000 0020 3a ff
                        20010db8000000000000000000000100
                        ff020000000000000000000000000001
                        """)))
        let message = announcement.message
        #expect(Array(message[0..<2]) == [136, 0])
        #expect(
            hexadecimal(message[4...])
                == hexadecimal(octets("a0000000 20010db8000000000000000000000100 0201 00005e000233")))
        var checksum = InternetChecksum()
        checksum.addPseudoHeader(
            source: address("2001:db8::100"), destination: address("ff02::1"), length: 32, nextHeader: 58)
        checksum.add(message[...])
        #expect(checksum.value == 0)
        #expect(Array(frame.suffix(32)) == message)
    }

    @Test("Rule 62: From another source, and without R, as keepalived does where the interface does not forward")
    func neighborAdvertisementOfHost() {
        var announcement = UnsolicitedNeighborAdvertisement(
            target: ipv6("2001:db8::100"), hardwareAddress: .virtualRouter(51, .ipv6), source: ipv6("fe80::1"))
        announcement.isRouter = false
        #expect(announcement.message[4] == 0x20)
        #expect(hexadecimal(announcement.packet[8..<24]) == "fe800000000000000000000000000001")
        var checksum = InternetChecksum()
        checksum.addPseudoHeader(
            source: address("fe80::1"), destination: address("ff02::1"), length: 32, nextHeader: 58)
        checksum.add(announcement.message[...])
        #expect(checksum.value == 0)
    }
}
