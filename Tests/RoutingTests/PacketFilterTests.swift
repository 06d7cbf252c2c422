import Addresses
import Glibc
import NetworkTestSupport
import Routing
import Testing

@Suite("Addresses that packets are not accepted for", .enabled(if: canMakeNetworks))
struct PacketFilterTests {
    @Test("Datagrams to them do not arrive; afterwards all is as before")
    func drop() throws {
        try inOwnNetwork {
            let filter = try PacketFilter(table: "vrrpctl")
            try shell(
                """
                ip address add 10.0.0.1/24 dev w0; ip address add 10.0.0.3/24 dev w0
                ip address add fd00::1/64 dev w0 nodad; ip address add fd00::3/64 dev w0 nodad
                """)
            let all = ["10.0.0.1", "10.0.0.3", "fd00::1", "fd00::3"]
            #expect(try all.map(Self.answers) == [true, true, true, true])
            try filter.drop([address("10.0.0.3")])
            #expect(try all.map(Self.answers) == [true, false, true, true])
            try filter.drop([address("fd00::3"), address("10.0.0.3")])
            #expect(try all.map(Self.answers) == [true, false, true, false])
            try filter.accept([address("10.0.0.3")])
            #expect(try all.map(Self.answers) == [true, true, true, false])
            #expect(!filter.isEmpty)
            // Another one finds what a crash left, and begins anew.
            let other = try PacketFilter(table: "vrrpctl")
            try other.drop([address("10.0.0.1")])
            #expect(try all.map(Self.answers) == [false, true, true, true])
            try other.removeTable()
            #expect(try all.map(Self.answers) == [true, true, true, true])
            let error = #expect(throws: RoutingError.self) { try other.removeTable() }
            #expect(error?.code == ENOENT)
        }
    }

    @Test("Thousands at once")
    func many() throws {
        try inOwnNetwork {
            let filter = try PacketFilter(table: "vrrpctl")
            let addresses = (0..<5000).map { IPAddress.v4(IPv4Address(0x0a00_0001 + $0)) }
            try filter.drop(addresses)
            try filter.accept(addresses)
            #expect(filter.isEmpty)
        }
    }

    /// Whether a datagram to the address arrives on this host.
    private static func answers(_ text: String) throws -> Bool {
        switch address(text) {
        case .v4(let address):
            var place = sockaddr_in()
            place.sin_family = sa_family_t(AF_INET)
            place.sin_addr.s_addr = address.value.bigEndian
            return try arrives(AF_INET, place)
        case .v6(let address):
            var place = sockaddr_in6()
            place.sin6_family = sa_family_t(AF_INET6)
            withUnsafeMutableBytes(of: &place.sin6_addr) {
                $0.storeBytes(of: address.high.bigEndian, as: UInt64.self)
                $0.storeBytes(of: address.low.bigEndian, toByteOffset: 8, as: UInt64.self)
            }
            return try arrives(AF_INET6, place)
        }
    }

    private static func arrives<Place>(_ family: Int32, _ place: Place) throws -> Bool {
        let receiver = socket(family, Int32(SOCK_DGRAM.rawValue), 0)
        let sender = socket(family, Int32(SOCK_DGRAM.rawValue), 0)
        defer {
            close(receiver)
            close(sender)
        }
        // The kernel chooses the port: a child of another test may hold the last one a little longer.
        var place = place
        var size = socklen_t(MemoryLayout<Place>.size)
        let isSent = withUnsafeMutablePointer(to: &place) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(receiver, $0, size) == 0 && getsockname(receiver, $0, &size) == 0
                    && sendto(sender, "x", 1, 0, $0, size) == 1
            }
        }
        try #require(isSent, "\(String(cString: strerror(errno)))")
        var waiting = pollfd(fd: receiver, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, 100) == 1
    }
}
