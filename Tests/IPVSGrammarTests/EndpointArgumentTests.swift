import Addresses
import IPVSModel
import Testing

@testable import IPVSGrammar

@Suite("host[:port]")
struct EndpointArgumentTests {
    @Test(
        "Addresses, names and ports",
        arguments: [
            ("10.0.0.1:80", v4(10, 0, 0, 1), 80),
            ("10.0.0.1", v4(10, 0, 0, 1), nil),
            ("10.0.0.1:0", v4(10, 0, 0, 1), 0),
            ("10.0.0.1:65535", v4(10, 0, 0, 1), 65535),
            ("10.0.0.1:http", v4(10, 0, 0, 1), 80),
            // strtol takes these.
            ("10.0.0.1:+80", v4(10, 0, 0, 1), 80),
            ("10.0.0.1:010", v4(10, 0, 0, 1), 10),
            ("vip.example.com:80", v4(10, 0, 0, 1), 80),
            ("vip.example.com", v4(10, 0, 0, 1), nil),
            // Forms of inet_aton, as they come: a bare number is no address, with a port it is.
            ("10.1", v4(10, 0, 0, 1), nil),
            ("012.0.0.1:80", v4(10, 0, 0, 1), 80),
            ("0x0a000001", v4(10, 0, 0, 1), nil),
            ("167772161:80", v4(10, 0, 0, 1), 80),
            ("10.0.0.1 junk:88", v4(10, 0, 0, 1), 88),
            // IPv6: a port needs brackets; without them the last colon is one of the address.
            ("2001:db8::1", v6(1), nil),
            ("2001:db8::1:80", v6(0x0001_0080), nil),
            ("[2001:db8::1]:80", v6(1), 80),
            ("[2001:db8::1]:http", v6(1), 80),
            ("::", .v6(IPv6Address(high: 0, low: 0)), nil),
            ("::ffff:10.0.0.1", .v6(IPv6Address(high: 0, low: 0xffff_0a00_0001)), nil),
            // The C program drops this port.
            ("[10.0.0.1]:80", v4(10, 0, 0, 1), 80),
        ] as [(String, IPAddress, UInt16?)])
    func taken(text: String, address: IPAddress, port: UInt16?) throws {
        let argument = try #require(
            EndpointArgument(Array(text.utf8), transport: .tcp, lookup: StubNames()))
        #expect(argument.address == address)
        #expect(argument.port == port)
    }

    @Test(
        "What is no address",
        arguments: [
            "", "80", "10", ":80", ":", "10.0.0.1:", "10.0.0.1:65536", "10.0.0.1:-1", "10.0.0.1:80x", "10.0.0.1:HTTP",
            "10.0.0.1:80:80", "10.0.0.256", "nobody.example.com", "nobody.example.com:80", "[", "[]", "[]:80", "[::1]",
            "[::1", "[::1]80", "[::1]:", "[::1]:x", "[::1]x:80", "::1]:80", "2001:db8::1%eth0", "2001:db8::/32",
            "10.0.0.0/8", "*:80", "[vip.example.com:80",
        ])
    func refused(text: String) {
        #expect(EndpointArgument(Array(text.utf8), transport: .tcp, lookup: StubNames()) == nil)
    }

    @Test("A service name belongs to its protocol")
    func serviceNames() {
        func port(_ transport: TransportProtocol?) -> UInt16? {
            EndpointArgument(Array("10.0.0.1:domain".utf8), transport: transport, lookup: StubNames())?.port
        }
        #expect(port(.tcp) == 53)
        #expect(port(.udp) == 53)
        #expect(port(.sctp) == nil)
        // Before any service was named, none is known.
        #expect(port(nil) == nil)
    }
}
