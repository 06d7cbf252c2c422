import Addresses
import Testing

@Suite("Order and kinds of addresses")
struct AddressOrderTests {
    /// The addresses that the C program's comparator, a 32-bit difference, puts in the wrong order.
    @Test("IPv4 ascends truly, also across 2³¹")
    func ipv4() {
        let ascending =
            ["0.0.0.0", "1.0.0.1", "8.8.8.8", "9.0.0.1", "10.0.0.1", "10.0.0.2", "127.0.0.1", "128.0.0.0"]
            + ["172.16.0.1", "192.168.0.1", "200.0.0.1", "223.255.255.255", "255.255.255.255"]
        expectAscending(ascending.compactMap { IPv4Address(dottedQuad: bytes($0)) }, count: ascending.count)
    }

    @Test("IPv6 ascends truly, in both halves")
    func ipv6() {
        let ascending =
            ["::", "::1", "::8000:0:0:0", "::ffff:ffff:ffff:ffff", "0:0:0:1::", "2001:db8::1"]
            + ["2001:db8::8000:1", "8000::", "fe80::1", "ff02::1"]
        expectAscending(ascending.compactMap { IPv6Address(bytes($0)) }, count: ascending.count)
    }

    @Test("Every IPv4 address comes before every IPv6 address")
    func families() {
        let ascending: [IPAddress] = [
            .v4(IPv4Address(0)), .v4(IPv4Address(.max)), .v6(IPv6Address(high: 0, low: 0)),
            .v6(IPv6Address(high: .max, low: .max)),
        ]
        expectAscending(ascending, count: 4)
        #expect(AddressFamily.ipv4 < .ipv6)
    }

    @Test(
        "IPv4 multicast is 224.0.0.0/4",
        arguments: [
            ("223.255.255.255", false), ("224.0.0.0", true), ("224.0.0.81", true), ("239.255.255.255", true),
            ("240.0.0.0", false), ("10.0.0.1", false),
        ])
    func ipv4Multicast(text: String, isMulticast: Bool) {
        #expect(IPv4Address(dottedQuad: bytes(text))?.isMulticast == isMulticast)
    }

    @Test(
        "IPv6 multicast is ff00::/8",
        arguments: [("feff::1", false), ("ff00::", true), ("ff02::81", true), ("ffff::1", true), ("::", false)])
    func ipv6Multicast(text: String, isMulticast: Bool) {
        #expect(IPv6Address(bytes(text))?.isMulticast == isMulticast)
    }

    @Test(
        "Unspecified means all zeros, in either family",
        arguments: [
            (IPAddress.v4(IPv4Address(0)), true), (.v4(IPv4Address(1)), false),
            (.v6(IPv6Address(high: 0, low: 0)), true), (.v6(IPv6Address(high: 1, low: 0)), false),
            (.v6(IPv6Address(high: 0, low: 1)), false),
        ])
    func unspecified(address: IPAddress, isUnspecified: Bool) {
        #expect(address.isUnspecified == isUnspecified)
    }

    @Test("An address prints bare, without brackets")
    func printing() {
        #expect(IPAddress.v4(IPv4Address(10, 0, 0, 1)).description == "10.0.0.1")
        #expect(IPAddress.v6(IPv6Address(high: 0x2001_0db8_0000_0000, low: 1)).description == "2001:db8::1")
    }

    /// Each pair, both ways: a comparator that is not transitive shows here.
    private func expectAscending<Value: Comparable>(_ values: [Value], count: Int) {
        #expect(values.count == count)
        for (left, smaller) in values.enumerated() {
            for (right, larger) in values.enumerated() {
                #expect((smaller < larger) == (left < right), "\(smaller) and \(larger)")
            }
        }
    }
}
