import Addresses
import Glibc
import Reactor
import Testing
import VRRPProtocol

/// near — wire — far. Over IPv6 the loopback has to do, as link-local addresses would need an interface.
@Suite("UDP datagrams", .enabled(if: PrivateNetwork.isPossible, "only root makes network namespaces"))
struct DatagramSocketTests {
    private struct Heard: Sendable {
        var sender: IPAddress
        var receiver: IPAddress
        var hopLimit: UInt8
        var payload: [UInt8]
    }

    private static func v4(_ last: UInt8) -> IPAddress { .v4(IPv4Address(192, 0, 2, last)) }
    private static let loopback = IPAddress.v6(IPv6Address(high: 0, low: 1))

    /// What arrives until there are so many, or a second is over.
    private static func hear(_ count: Int, _ family: AddressFamily, during send: () throws -> Void) throws -> [Heard] {
        let loop = try EventLoop()
        let socket = try DatagramSocket(family: family, port: 3784, in: loop)
        var heard: [Heard] = []
        try socket.watch { datagram in
            heard.append(
                Heard(
                    sender: datagram.sender, receiver: datagram.receiver, hopLimit: datagram.hopLimit,
                    payload: Array(datagram.payload)))
            if heard.count == count { loop.stop() }
        }
        let end = loop.timer { _ in loop.stop() }
        end.set(EventLoop.clock() + .seconds(1))
        try send()
        loop.run()
        return heard
    }

    @Test("IPv4: addresses, TTL and octets arrive as they left")
    func ipv4() throws {
        let heard = try PrivateNetwork.run { network in
            network.enter(.near)
            let sender = try DatagramSender(family: .ipv4, source: Self.v4(1), port: 50_000, hopLimit: 255)
            let low = try DatagramSender(family: .ipv4, source: nil, port: 50_001, hopLimit: 7)
            network.enter(.far)
            return try Self.hear(3, .ipv4) {
                try sender.send([1, 2, 3], to: Self.v4(2), port: 3784)
                try sender.send([], to: Self.v4(2), port: 3784)
                try low.send([4], to: Self.v4(2), port: 3784)
            }
        }
        let packets = try #require(heard)
        #expect(packets.map(\.payload) == [[1, 2, 3], [], [4]])
        #expect(packets.map(\.hopLimit) == [255, 255, 7])
        #expect(packets.allSatisfy { $0.sender == Self.v4(1) && $0.receiver == Self.v4(2) })
    }

    @Test("IPv6: the same")
    func ipv6() throws {
        let heard = try PrivateNetwork.run { network in
            network.enter(.near)
            let sender = try DatagramSender(family: .ipv6, source: nil, port: 50_000, hopLimit: 255)
            let low = try DatagramSender(family: .ipv6, source: Self.loopback, port: 50_001, hopLimit: 64)
            return try Self.hear(2, .ipv6) {
                try sender.send([1], to: Self.loopback, port: 3784)
                try low.send([2], to: Self.loopback, port: 3784)
            }
        }
        let packets = try #require(heard)
        #expect(packets.map(\.payload) == [[1], [2]] && packets.map(\.hopLimit) == [255, 64])
        #expect(packets.allSatisfy { $0.sender == Self.loopback && $0.receiver == Self.loopback })
    }

    @Test("A taken port, an address that is not here and a place without a route are errors that say so")
    func refused() throws {
        let codes = try PrivateNetwork.run { network -> [Int32] in
            network.enter(.near)
            let loop = try EventLoop()
            let first = try DatagramSocket(family: .ipv4, port: 3784, in: loop)
            let sender = try DatagramSender(family: .ipv4, source: nil, port: 50_000, hopLimit: 255)
            var codes: [Int32] = []
            do throws(ReactorError) {
                _ = try DatagramSocket(family: .ipv4, port: 3784, in: loop)
            } catch { codes.append(error.code) }
            do throws(ReactorError) {
                _ = try DatagramSender(family: .ipv4, source: nil, port: 50_000, hopLimit: 255)
            } catch { codes.append(error.code) }
            do throws(ReactorError) {
                _ = try DatagramSender(family: .ipv4, source: Self.v4(77), port: 50_001, hopLimit: 255)
            } catch { codes.append(error.code) }
            do throws(ReactorError) {
                try sender.send([1], to: .v4(IPv4Address(203, 0, 113, 1)), port: 3784)
            } catch { codes.append(error.code) }
            withExtendedLifetime(first) {}
            return codes
        }
        #expect(codes == [EADDRINUSE, EADDRINUSE, EADDRNOTAVAIL, ENETUNREACH])
    }
}
