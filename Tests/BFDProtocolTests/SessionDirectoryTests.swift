import Addresses
import BFDProtocol
import PacketFormats
import Testing

@Suite("Which session a packet is for")
struct SessionDirectoryTests {
    private static let here = IPAddress.v4(IPv4Address(10, 0, 0, 1))
    private static let otherHere = IPAddress.v4(IPv4Address(10, 0, 0, 9))
    private static let there = IPAddress.v4(IPv4Address(10, 0, 0, 2))
    private static let far = IPAddress.v4(IPv4Address(10, 5, 0, 2))
    private static let strict = HopLimits(sent: 255, expected: 255, hops: 0)

    private let directory: SessionDirectory = {
        var directory = SessionDirectory()
        directory.insert("near", Endpoints(neighbour: there), strict, discriminator: 1)
        directory.insert("from", Endpoints(neighbour: there, source: otherHere), strict, discriminator: 2)
        directory.insert(
            "far", Endpoints(neighbour: far, isMultihop: true), HopLimits(sent: 255, expected: 255, hops: nil),
            discriminator: 3)
        return directory
    }()

    private func find(
        _ your: UInt32, from sender: IPAddress = there, to receiver: IPAddress = here, hops: UInt8 = 255,
        multihop: Bool = false
    ) -> Result<String, BFDRejection> {
        let packet = Bench.packet(.down, your: your)
        do throws(BFDRejection) {
            return .success(
                try directory.session(
                    for: ReceivedPacket(packet, from: sender, to: receiver, hopLimit: hops, isMultihop: multihop)))
        } catch {
            return .failure(error)
        }
    }

    @Test("By our discriminator, and from nobody but the neighbour")
    func byDiscriminator() {
        #expect(find(1) == .success("near"))
        #expect(find(2, to: Self.otherHere) == .success("from"))
        #expect(find(2) == .failure(.unknownNeighbour))
        #expect(find(1, from: Self.far) == .failure(.unknownNeighbour))
        #expect(find(77) == .failure(.unknownDiscriminator))
    }

    @Test("Without one by the addresses; a session from that very address comes first")
    func byAddress() {
        #expect(find(0) == .success("near"))
        #expect(find(0, to: Self.otherHere) == .success("from"))
        #expect(find(0, from: Self.far) == .failure(.unknownNeighbour))
    }

    @Test("Sessions over one hop and over several are two worlds")
    func multihop() {
        #expect(find(0, from: Self.far, hops: 60, multihop: true) == .success("far"))
        #expect(find(3, from: Self.far, hops: 60, multihop: true) == .success("far"))
        #expect(find(3, from: Self.far) == .failure(.unknownNeighbour))
        #expect(find(1, multihop: true) == .failure(.unknownNeighbour))
    }

    @Test("RFC 5881, section 5: what a router has passed on is discarded")
    func hops() {
        #expect(find(1, hops: 254) == .failure(.hopLimitError))
        #expect(find(0, hops: 254) == .failure(.hopLimitError))
        let two = HopLimits(sent: 255, expected: 255, hops: 2)
        #expect(two.accepts(253) && !two.accepts(252))
        let any = HopLimits(sent: 255, expected: 255, hops: nil)
        #expect(any.accepts(0) && any.accepts(1))
        let low = HopLimits(sent: 17, expected: 17, hops: 30)
        #expect(low.accepts(0))
        let lower = HopLimits(sent: 64, expected: 64, hops: 0)
        #expect(lower.accepts(64) && lower.accepts(255) && !lower.accepts(63))
    }

    @Test("A session that is gone gets nothing")
    func removal() {
        var directory = directory
        directory.remove(discriminator: 1)
        #expect(!directory.contains(1) && directory.contains(2))
        let packet = ReceivedPacket(
            Bench.packet(.up, your: 1), from: Self.there, to: Self.here, hopLimit: 255, isMultihop: false)
        #expect(throws: BFDRejection.unknownDiscriminator) { try directory.session(for: packet) }
    }

    @Test("Ports are those of RFC 5881 and RFC 5883")
    func ports() {
        #expect(Endpoints(neighbour: Self.there).port == 3784)
        #expect(Endpoints(neighbour: Self.there, isMultihop: true).port == 4784)
        #expect(Endpoints.sourcePorts == 49_152...65_535)
    }
}
