import Addresses
import PacketAuthentication
import PacketFormats
import TestSupport
import Testing

/// Whatever comes in, the decoder ends, and a rejected packet changes nothing. `Tests/Fuzz` does the same for long.
@Suite("Random packets")
struct DecoderFuzzTests {
    @Test("Changed, cut, glued and random packets", arguments: [1, 2, 3, 4] as [UInt64])
    func mutations(seed: UInt64) throws {
        let fixtures = AdvertisementFixtures.all
        let receivers = fixtures.receivers.sorted { $0.key < $1.key }.map(\.value)
        let corpus = fixtures.packets.map(\.octets)
        var numbers = SeededNumbers(seed: seed)
        var states = Array(repeating: ReplayState(), count: receivers.count)
        var accepted = 0
        var reasons: Set<Rejection> = []
        for _ in 0..<15_000 {
            let packet = mutate(numbers.pick(corpus), from: corpus, by: &numbers)
            let index = Int(numbers.next() % UInt64(receivers.count))
            let before = states[index]
            do throws(Rejection) {
                let received = try receivers[index].decode(
                    ipPacket: packet[...], replay: &states[index], digests: SystemDigests())
                accepted += 1
                #expect(received.advertisement.virtualRouterID == receivers[index].virtualRouterID)
                #expect(received.advertisement.interval > .zero)
            } catch {
                reasons.insert(error)
                #expect(states[index] == before)
            }
        }
        // The run has seen the depth of the decoder, and not only its front door.
        #expect(accepted > 0)
        #expect(
            reasons.isSuperset(of: [.checksumError, .packetLengthError, .vridError, .versionError, .ipHeaderError]))
    }

    private func mutate(_ packet: [UInt8], from corpus: [[UInt8]], by numbers: inout SeededNumbers) -> [UInt8] {
        var packet = packet
        switch numbers.next() % 8 {
        case 0: break
        case 1: packet = Array(packet.prefix(Int(numbers.next() % UInt64(packet.count + 1))))
        case 2: packet += numbers.pick(corpus).prefix(Int(numbers.next() % 40))
        case 3: packet = (0..<numbers.next() % 80).map { _ in UInt8(truncatingIfNeeded: numbers.next()) }
        default:
            for _ in 0...numbers.next() % 4 where !packet.isEmpty {
                let offset = Int(numbers.next() % UInt64(packet.count))
                packet[offset] =
                    numbers.oneIn(2) ? numbers.pick([0, 1, 4, 255]) : packet[offset] ^ 1 << UInt8(numbers.next() % 8)
            }
        }
        // Most faults behind the IP header are found only if that is right.
        if numbers.oneIn(2), packet.count >= 60 || packet.count >= 20 && packet[0] == 0x45 {
            return packet[0] >> 4 == 4 ? packet.withRightHeaderChecksum() : packet
        }
        return packet
    }
}
