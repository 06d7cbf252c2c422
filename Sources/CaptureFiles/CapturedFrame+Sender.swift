package import Addresses

extension CapturedFrame {
    /// The MAC address that the frame came from; nil where the link layer has none, or the capture kept too little.
    package var sourceMAC: MACAddress? {
        switch linkLayer {
        case .ethernet: return mac(at: 6)
        case .linuxCooked: return bytes.bigEndianWord(at: 4) == 6 ? mac(at: 6) : nil
        case .linuxCooked2:
            guard bytes.count > 11, bytes[bytes.startIndex + 11] == 6 else { return nil }
            return mac(at: 12)
        case .rawIP, .bsdLoopback, .other: return nil
        }
    }

    /// The VLAN of the outermost tag, 1 to 4094; nil without a tag, and for one that only has a priority.
    package var vlan: UInt16? {
        let offset: Int
        switch linkLayer {
        case .ethernet: offset = 12
        case .linuxCooked: offset = 14
        case .linuxCooked2, .rawIP, .bsdLoopback, .other: return nil
        }
        guard let type = bytes.bigEndianWord(at: offset), Self.tags.contains(type),
            let tag = bytes.bigEndianWord(at: offset + 2)
        else { return nil }
        let number = tag & 0xfff
        return number == 0 ? nil : number
    }

    private func mac(at offset: Int) -> MACAddress? {
        guard let high = bytes.bigEndianWord(at: offset), let middle = bytes.bigEndianWord(at: offset + 2),
            let low = bytes.bigEndianWord(at: offset + 4)
        else { return nil }
        return MACAddress(UInt64(high) << 32 | UInt64(middle) << 16 | UInt64(low))
    }
}
