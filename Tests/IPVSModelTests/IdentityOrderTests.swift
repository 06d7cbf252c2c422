import Addresses
import IPVSModel
import TestSupport
import Testing

@Suite("The order of listings")
struct IdentityOrderTests {
    private static func v4(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> IPAddress { .v4(IPv4Address(a, b, c, d)) }
    private static func v6(_ low: UInt64) -> IPAddress { .v6(IPv6Address(high: 0x2001_0db8_0000_0000, low: low)) }

    /// Services by address before firewall marks; then family, protocol number, address, port.
    private static let ascendingServices: [VirtualService.Identity] = [
        .address(.tcp, v4(9, 0, 0, 1), port: 443),
        .address(.tcp, v4(10, 0, 0, 1), port: 80),
        .address(.tcp, v4(10, 0, 0, 1), port: 443),
        // The difference to 10.0.0.1 does not fit 31 bits.
        .address(.tcp, v4(192, 168, 0, 1), port: 1),
        .address(.udp, v4(10, 0, 0, 1), port: 53),
        .address(.sctp, v4(10, 0, 0, 1), port: 1),
        .address(.tcp, v6(1), port: 80),
        .address(.tcp, v6(1), port: 65535),
        .address(.tcp, v6(0x8000_0000_0000_0000), port: 80),
        .address(.udp, v6(1), port: 1),
        .firewallMark(1, .ipv4),
        .firewallMark(1, .ipv6),
        .firewallMark(5, .ipv4),
        .firewallMark(0x8000_0000, .ipv4),
        .firewallMark(.max, .ipv6),
    ]

    @Test("Each pair of services compares the same way as their places in the list")
    func services() {
        for (left, smaller) in Self.ascendingServices.enumerated() {
            for (right, larger) in Self.ascendingServices.enumerated() {
                #expect((smaller < larger) == (left < right), "\(smaller) and \(larger)")
            }
        }
    }

    @Test("Real servers ascend by address, then port, IPv4 first")
    func servers() {
        let ascending: [RealServer.Endpoint] = [
            .init(address: Self.v4(10, 0, 0, 2), port: 81),
            .init(address: Self.v4(10, 0, 0, 3), port: 80),
            .init(address: Self.v4(10, 0, 0, 3), port: 8080),
            .init(address: Self.v4(192, 168, 0, 1), port: 0),
            .init(address: Self.v6(1), port: 0),
            .init(address: Self.v6(2), port: 0),
        ]
        for (left, smaller) in ascending.enumerated() {
            for (right, larger) in ascending.enumerated() {
                #expect((smaller < larger) == (left < right), "\(smaller) and \(larger)")
            }
        }
    }

    @Test("Shuffled services sort back into the list", arguments: 1...5)
    func sorting(seed: Int) {
        var numbers = SeededNumbers(seed: UInt64(seed))
        let sorted = Self.ascendingServices.shuffled(using: &numbers).sorted()
        #expect(sorted == Self.ascendingServices)
    }

    @Test("An identity says its family, and the port that real servers inherit")
    func properties() {
        let web = VirtualService.Identity.address(.tcp, Self.v6(1), port: 80)
        #expect(web.family == .ipv6)
        #expect(web.port == 80)
        #expect(!web.isFirewallMark)
        let mark = VirtualService.Identity.firewallMark(5, .ipv4)
        #expect(mark.family == .ipv4)
        #expect(mark.port == 0)
        #expect(mark.isFirewallMark)
    }
}
