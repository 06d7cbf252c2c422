import Addresses
import CaptureFiles
import Testing

/// Where the IP packet is in a frame.
@Suite("Link layers")
struct LinkLayerTests {
    private static let packet: [UInt8] = [0x45, 1, 2, 3]

    private func frame(_ linkType: UInt16, _ bytes: [UInt8], original: Int? = nil) -> CapturedFrame {
        CapturedFrame(
            number: 1, time: nil, linkLayer: LinkLayer(number: linkType), interface: nil,
            originalLength: original ?? bytes.count, bytes: bytes[...])
    }

    private func ip(_ linkType: UInt16, _ header: [UInt8]) -> [UInt8]? {
        if case .ip(let bytes) = frame(linkType, header + Self.packet).payload { Array(bytes) } else { nil }
    }

    private static let addresses = [UInt8](repeating: 2, count: 12)

    @Test("Ethernet, with none, one or two tags, and behind SNAP")
    func ethernet() {
        #expect(ip(1, Self.addresses + [8, 0]) == Self.packet)
        #expect(ip(1, Self.addresses + [0x86, 0xdd]) == Self.packet)
        #expect(ip(1, Self.addresses + [0x81, 0, 0, 5, 8, 0]) == Self.packet)
        #expect(ip(1, Self.addresses + [0x88, 0xa8, 0, 5, 0x81, 0, 0, 6, 8, 0]) == Self.packet)
        #expect(ip(1, Self.addresses + [0, 40, 0xaa, 0xaa, 3, 0, 0, 0, 8, 0]) == Self.packet)
        #expect(ip(1, Self.addresses + [8, 6]) == nil)
        #expect(ip(1, Self.addresses + [0, 40, 0x42, 0x42, 3]) == nil)
    }

    @Test("Linux cooked, both versions")
    func linuxCooked() {
        #expect(ip(113, [0, 0, 0, 1, 0, 6] + [UInt8](repeating: 0, count: 8) + [8, 0]) == Self.packet)
        #expect(ip(276, [8, 0] + [UInt8](repeating: 0, count: 18)) == Self.packet)
        #expect(ip(276, [0x08, 0x06] + [UInt8](repeating: 0, count: 18)) == nil)
    }

    @Test("Raw IP under all its numbers, and BSD loopback in both byte orders")
    func raw() {
        for number in [12, 14, 101, 228, 229] as [UInt16] { #expect(ip(number, []) == Self.packet) }
        #expect(ip(0, [2, 0, 0, 0]) == Self.packet)
        #expect(ip(0, [0, 0, 0, 2]) == Self.packet)
        #expect(ip(108, [0, 0, 0, 24]) == Self.packet)
    }

    @Test("A frame that the capture cut off is not taken for something else")
    func cut() {
        for linkType in [0, 1, 113, 276, 101] as [UInt16] {
            if case .cut = frame(linkType, [], original: 60).payload {} else { Issue.record("\(linkType)") }
            if case .other = frame(linkType, []).payload {} else { Issue.record("\(linkType)") }
        }
        let tagged = frame(1, Self.addresses + [0x81, 0, 0], original: 60)
        if case .cut = tagged.payload {} else { Issue.record("cut in a tag") }
    }

    @Test("A frame that nests tags and SNAP headers without end is read to its end and found to carry nothing")
    func nested() {
        let layer: [UInt8] = [0x81, 0, 0, 0, 0, 0x10, 0xaa, 0xaa, 3, 0, 0, 0]
        let nested = Array(repeatElement(layer, count: 100_000).joined())
        if case .other = frame(1, Self.addresses + nested).payload {} else { Issue.record("nested") }
        #expect(ip(1, Self.addresses + layer + layer + [8, 0]) == Self.packet)
    }

    @Test("Another link layer is named by its number")
    func unknown() {
        if case .unknownLinkLayer(201) = frame(201, [1]).payload {} else { Issue.record("Bluetooth") }
    }

    @Test("A glance tells fragments, and follows extension headers as far as there are any")
    func glance() throws {
        var packet = [UInt8](repeating: 0, count: 24)
        packet[0] = 0x45
        packet[9] = 112
        #expect(try #require(PacketGlance(packet[...])).isFragment == false)
        packet[6] = 0x20
        let first = try #require(PacketGlance(packet[...]))
        #expect(first.isFragment && !first.isLaterFragment)
        packet[7] = 1
        #expect(try #require(PacketGlance(packet[...])).isLaterFragment)
        #expect(PacketGlance(packet.prefix(19)) == nil)
        packet[0] = 0x4f
        #expect(try #require(PacketGlance(packet[...])).payload.isEmpty)

        var six = [UInt8](repeating: 0, count: 56)
        six[0] = 0x60
        six[6] = 44
        six[40] = 112
        six[43] = 1
        let fragment = try #require(PacketGlance(six[...]))
        #expect(fragment.isFragment && !fragment.isLaterFragment && fragment.protocolNumber == 112)
        #expect(PacketGlance(six.prefix(39)) == nil)
        six[6] = 0
        six[41] = 255
        #expect(try #require(PacketGlance(six[...])).payload.isEmpty)
    }
}
