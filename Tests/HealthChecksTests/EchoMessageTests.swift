import Addresses
import HealthChecks
import PacketFormats
import TestSupport
import Testing

struct EchoMessageTests {
    @Test func requestsAsKeepalivedDoes() {
        let request = EchoMessage(identifier: 1, sequence: 0).request(.ipv4)
        #expect(request.count == 136)
        // Captured from keepalived 2.2.7: type, code, checksum, identifier, sequence.
        #expect(request.prefix(8) == [8, 0, 0x6b, 0x16, 0, 1, 0, 0])
        #expect(String(decoding: request[8...].suffix(14), as: UTF8.self) == "keepalived che")
        #expect(EchoMessage(identifier: 1, sequence: 0).request(.ipv6).prefix(4) == [128, 0, 0, 0])
    }

    @Test func readsRepliesWithAndWithoutHeader() {
        let message = EchoMessage(identifier: 0x0102, sequence: 0x0304)
        let reply: [UInt8] = [0, 0, 9, 9, 1, 2, 3, 4, 77]
        #expect(EchoMessage(reply: reply, .ipv4, hasHeader: false) == message)
        let header = [0x46] + [UInt8](repeating: 0, count: 23)
        #expect(EchoMessage(reply: header + reply, .ipv4, hasHeader: true) == message)
        #expect(EchoMessage(reply: [129] + reply.dropFirst(), .ipv6, hasHeader: false) == message)
    }

    @Test func passesOverWhatIsNoReply() {
        #expect(EchoMessage(reply: [], .ipv4, hasHeader: true) == nil)
        #expect(EchoMessage(reply: [0x4f, 0, 0], .ipv4, hasHeader: true) == nil)
        #expect(EchoMessage(reply: [8, 0, 9, 9, 1, 2, 3, 4], .ipv4, hasHeader: false) == nil)
        #expect(EchoMessage(reply: [0, 0, 9, 9, 1, 2, 3], .ipv4, hasHeader: false) == nil)
        #expect(EchoMessage(reply: [0, 0, 9, 9, 1, 2, 3, 4], .ipv6, hasHeader: false) == nil)
    }

    @Test func survivesAnyBytes() {
        var numbers = SeededNumbers(seed: 6)
        for _ in 0..<20_000 {
            let octets = (0..<Int.random(in: 0...40, using: &numbers)).map { _ in
                UInt8.random(in: 0...255, using: &numbers)
            }
            for hasHeader in [false, true] {
                if let reply = EchoMessage(reply: octets, .ipv4, hasHeader: hasHeader) {
                    #expect(octets.count >= 8 + (hasHeader ? Int(octets[0] & 15) * 4 : 0), "\(reply)")
                }
            }
        }
    }
}
