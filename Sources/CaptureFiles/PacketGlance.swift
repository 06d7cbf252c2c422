package import Addresses

/// What can be told of an IP packet without trusting it: it may be cut off, a fragment, or malformed.
package struct PacketGlance: Sendable {
    package var source: IPAddress
    package var destination: IPAddress
    package var hopLimit: UInt8
    /// The protocol of the payload, behind IPv6 extension headers.
    package var protocolNumber: UInt8
    package var isFragment = false
    /// A fragment that is not the first: its payload begins in the middle of a message.
    package var isLaterFragment = false
    /// What is there of the payload, perhaps with padding behind it.
    package var payload: ArraySlice<UInt8>

    /// Nil where not even the fixed header is there.
    package init?(_ packet: ArraySlice<UInt8>) {
        guard let first = packet.first else { return nil }
        if first >> 4 == 4 {
            guard packet.count >= 20 else { return nil }
            source = .v4(IPv4Address(packet.longWord(at: 12, bigEndian: true)))
            destination = .v4(IPv4Address(packet.longWord(at: 16, bigEndian: true)))
            hopLimit = packet[packet.startIndex + 8]
            protocolNumber = packet[packet.startIndex + 9]
            let fragmentation = packet.word(at: 6, bigEndian: true)
            isFragment = fragmentation & 0x3fff != 0
            isLaterFragment = fragmentation & 0x1fff != 0
            payload = packet.dropFirst(max(Int(first & 0xf) * 4, 20))
        } else {
            guard first >> 4 == 6, packet.count >= 40 else { return nil }
            source = .v6(Self.address(packet, at: 8))
            destination = .v6(Self.address(packet, at: 24))
            hopLimit = packet[packet.startIndex + 7]
            protocolNumber = packet[packet.startIndex + 6]
            payload = packet.dropFirst(40)
            skipExtensionHeaders()
        }
    }

    private mutating func skipExtensionHeaders() {
        while payload.count >= 8 {
            let next = payload[payload.startIndex]
            switch protocolNumber {
            case 0, 43, 60:
                payload = payload.dropFirst((Int(payload[payload.startIndex + 1]) + 1) * 8)
            case 44:
                let fragmentation = payload.word(at: 2, bigEndian: true)
                isFragment = isFragment || fragmentation & 0xfff9 != 0
                isLaterFragment = isLaterFragment || fragmentation & 0xfff8 != 0
                payload = payload.dropFirst(8)
            default: return
            }
            protocolNumber = next
        }
    }

    private static func address(_ bytes: ArraySlice<UInt8>, at offset: Int) -> IPv6Address {
        func half(_ offset: Int) -> UInt64 {
            UInt64(bytes.longWord(at: offset, bigEndian: true)) << 32
                | UInt64(bytes.longWord(at: offset + 4, bigEndian: true))
        }
        return IPv6Address(high: half(offset), low: half(offset + 8))
    }
}
