import Testing

@testable import Director

struct GuardianMessageTests {
    static let messages: [GuardianMessage] = [
        .will(
            instance: "VI_1",
            Will(packets: [.init(interface: 3, bytes: [0x45, 0, 0, 20]), .init(interface: -1, bytes: [])])),
        .will(instance: "two words · ü", nil),
        .will(instance: "", Will(packets: [])),
        .namespace("/run/netns/blue"),
        .ready, .reloading, .stopping, .ended(0), .ended(-1), .ended(255), .alive,
    ]

    @Test
    func severalInOneDatagramComeBackAsTheyWere() {
        var bytes: [UInt8] = []
        for message in Self.messages { message.write(into: &bytes) }
        #expect(GuardianMessage.read(bytes[...]) == Self.messages)
    }

    /// A worker that is out of its mind must not take its guardian with it.
    @Test
    func whatIsCutOffIsRefused() {
        for message in Self.messages {
            var bytes: [UInt8] = []
            message.write(into: &bytes)
            for length in 1..<bytes.count { #expect(GuardianMessage.read(bytes[..<length]) == nil) }
        }
    }

    @Test
    func whateverComesIsReadWithoutHarm() {
        var numbers = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            var bytes = (0..<Int.random(in: 0..<40, using: &numbers)).map { _ in UInt8.random(in: 0...10) }
            if let first = bytes.indices.first { bytes[first] = UInt8.random(in: 0...9) }
            _ = GuardianMessage.read(bytes[...])
        }
    }
}
