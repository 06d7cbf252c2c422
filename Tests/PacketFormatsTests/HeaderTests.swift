import Addresses
import PacketFormats
import Testing

/// IP headers and the checksum, by the examples of the RFCs and of another implementation.
@Suite("Headers and checksum")
struct HeaderTests {
    @Test("The example of RFC 1071, 3: 0001 f203 f4f5 f6f7 add up to ddf2")
    func exampleOfRFC1071() {
        var checksum = InternetChecksum()
        checksum.add(octets("0001f203f4f5f6f7")[...])
        #expect(checksum.value == ~0xddf2)
    }

    @Test("An odd last octet is the high half of a word; nothing at all gives ffff")
    func oddLength() {
        var odd = InternetChecksum()
        odd.add(octets("0001f2")[...])
        var even = InternetChecksum()
        even.add(octets("0001f200")[...])
        #expect(odd.value == even.value)
        #expect(InternetChecksum().value == 0xffff)
    }

    @Test("64 KiB of ones do not overflow the sum")
    func longest() {
        var checksum = InternetChecksum()
        checksum.add([UInt8](repeating: 0xff, count: 65_536)[...])
        #expect(checksum.value == 0)
    }

    @Test("An IPv4 header as holo's decoder tests have it is written and read back")
    func ipv4Header() throws {
        var header = IPv4Header(source: ipv4("192.168.100.2"), destination: ipv4("224.0.0.18"), totalLength: 40)
        var bytes: [UInt8] = []
        header.write(into: &bytes)
        #expect(hexadecimal(bytes) == "45c0002800000000ff70b5e8c0a86402e0000012")
        header.options = [1, 1, 1]
        header.dontFragment = true
        header.fragmentOffset = 0x1234
        header.moreFragments = true
        header.identification = 0xabcd
        header.totalLength = 24
        bytes = []
        header.write(into: &bytes)
        let read = try IPv4Header(parsing: bytes[...])
        header.options.append(0)
        #expect(read == header)
        #expect(read.isFragment)
        #expect(read.length == 24)
    }

    @Test("An IPv6 header is written and read back")
    func ipv6Header() throws {
        var header = IPv6Header(source: ipv6("fe80::1"), destination: ipv6("ff02::12"), payloadLength: 3)
        header.flowLabel = 0x8d6ec
        header.hopLimit = 7
        var bytes: [UInt8] = []
        header.write(into: &bytes)
        #expect(hexadecimal(bytes.prefix(8)) == "6c08d6ec00037007")
        #expect(try IPv6Header(parsing: (bytes + [1, 2, 3])[...]) == header)
        #expect(throws: Rejection.packetLengthError) { try IPv6Header(parsing: bytes[...]) }
    }

    @Test("What begins with neither 4 nor 6 is no IP packet, and nothing is none either")
    func otherVersions() {
        for version in [0, 1, 5, 7, 15] as [UInt8] {
            #expect(throws: Rejection.ipHeaderError) {
                try Datagram(ipPacket: ([version << 4 | 5] + [UInt8](repeating: 0, count: 59))[...])
            }
        }
        #expect(throws: Rejection.packetLengthError) { try Datagram(ipPacket: []) }
    }

    @Test("A group's MAC address takes the last 23 bits of IPv4, the last 32 of IPv6")
    func groupAddresses() {
        #expect(MACAddress.multicast(address("239.129.2.3"))?.description == "01:00:5e:01:02:03")
        #expect(MACAddress.multicast(address("ff02::1:ff00:1234"))?.description == "33:33:ff:00:12:34")
        #expect(MACAddress.multicast(address("2001:db8::1")) == nil)
    }
}
