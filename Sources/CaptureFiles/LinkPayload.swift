/// What a frame carries.
package enum LinkPayload: Sendable {
    /// An IPv4 or IPv6 packet, possibly with padding behind it.
    case ip(ArraySlice<UInt8>)
    /// Something else: ARP, LLDP, …
    case other
    /// The capture kept too little of the frame to tell.
    case cut
    /// A link layer that is not known here.
    case unknownLinkLayer(UInt16)
}

extension CapturedFrame {
    private static let ipv4: UInt16 = 0x0800
    private static let ipv6: UInt16 = 0x86dd
    /// 802.1Q, 802.1ad, and what switches used for the outer tag before 802.1ad.
    static let tags: Set<UInt16> = [0x8100, 0x88a8, 0x9100, 0x9200]

    package var payload: LinkPayload {
        switch linkLayer {
        case .rawIP: return ip(bytes)
        case .ethernet: return behindType(at: 12)
        case .linuxCooked: return behindType(at: 14)
        case .linuxCooked2:
            guard let type = bytes.bigEndianWord(at: 0) else { return tooShort }
            return bytes.count < 20 ? tooShort : payload(of: type, bytes.dropFirst(20))
        case .bsdLoopback:
            guard bytes.count >= 4 else { return tooShort }
            // AF_INET is 2 everywhere, AF_INET6 differs from system to system: the packet itself says it.
            return ip(bytes.dropFirst(4))
        case .other(let number): return .unknownLinkLayer(number)
        }
    }

    /// Where the frame ends before its own headers do: cut off by the capture, or never whole.
    private var tooShort: LinkPayload { isCut ? .cut : .other }

    private func behindType(at offset: Int) -> LinkPayload {
        guard let type = bytes.bigEndianWord(at: offset) else { return tooShort }
        return payload(of: type, bytes.dropFirst(offset + 2))
    }

    private func payload(of type: UInt16, _ bytes: ArraySlice<UInt8>) -> LinkPayload {
        var type = type
        var bytes = bytes
        // A loop and not a recursion: a frame that nests these a million times is made in no time.
        while true {
            if Self.tags.contains(type) {
                guard let next = bytes.bigEndianWord(at: 2) else { return tooShort }
                type = next
                bytes = bytes.dropFirst(4)
            } else if type <= 1500 {
                // A length: IEEE 802.2 follows, which carries EtherTypes behind SNAP.
                guard bytes.count >= 8 else { return tooShort }
                guard bytes.prefix(6).elementsEqual([0xaa, 0xaa, 3, 0, 0, 0]), let inner = bytes.bigEndianWord(at: 6),
                    inner > 1500
                else { return .other }
                type = inner
                bytes = bytes.dropFirst(8)
            } else {
                return type == Self.ipv4 || type == Self.ipv6 ? ip(bytes) : .other
            }
        }
    }

    private func ip(_ bytes: ArraySlice<UInt8>) -> LinkPayload {
        guard let first = bytes.first else { return tooShort }
        return first >> 4 == 4 || first >> 4 == 6 ? .ip(bytes) : .other
    }
}
