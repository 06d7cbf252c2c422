/// The newer format, pcapng (draft-ietf-opsawg-pcapng): sections of blocks, which describe interfaces and hold packets.
struct PcapngFormat: Sendable {
    /// Reads the same in both byte orders.
    static let sectionHeader: UInt32 = 0x0a0d_0d0a
    private static let interfaceDescription: UInt32 = 1
    private static let obsoletePacket: UInt32 = 2
    private static let simplePacket: UInt32 = 3
    private static let enhancedPacket: UInt32 = 6
    private static let byteOrderMark: UInt32 = 0x1a2b_3c4d

    private var isBigEndian = false
    private var interfaces: [PcapngInterface] = []
    private var hasSection = false

    mutating func read(_ bytes: ArraySlice<UInt8>, at offset: UInt64) throws(CaptureFault) -> ReadingStep {
        guard bytes.count >= 12 else { return .needsMore }
        var type = bytes.longWord(at: 0, bigEndian: isBigEndian)
        if type == Self.sectionHeader {
            try beginSection(bytes, at: offset)
            type = Self.sectionHeader
        } else if !hasSection {
            throw CaptureFault(.notACapture, at: offset)
        }
        let length = Int(bytes.longWord(at: 4, bigEndian: isBigEndian))
        guard length >= 12, length % 4 == 0, length <= CaptureReader.lengthLimit else {
            throw CaptureFault(.impossibleLength(UInt64(length)), at: offset)
        }
        guard bytes.count >= length else { return .needsMore }
        let closing = Int(bytes.longWord(at: length - 4, bigEndian: isBigEndian))
        guard closing == length else {
            throw CaptureFault(.lengthsDiffer(UInt64(length), UInt64(closing)), at: offset)
        }
        let body = bytes.prefix(length - 4).dropFirst(8)
        switch type {
        case Self.sectionHeader:
            guard body.count >= 16 else { throw CaptureFault(.impossibleLength(UInt64(length)), at: offset) }
            let version = body.word(at: 4, bigEndian: isBigEndian)
            guard version == 1 else { throw CaptureFault(.version(version), at: offset) }
        case Self.interfaceDescription:
            guard body.count >= 8 else { throw CaptureFault(.impossibleLength(UInt64(length)), at: offset) }
            interfaces.append(PcapngInterface(body, bigEndian: isBigEndian))
        case Self.enhancedPacket, Self.obsoletePacket:
            return .frame(try packet(body, type, at: offset), length)
        case Self.simplePacket:
            return .frame(try simplePacket(body, at: offset), length)
        default:
            break
        }
        return .skip(length)
    }

    /// A section forgets the interfaces of the one before, and may have another byte order.
    private mutating func beginSection(_ bytes: ArraySlice<UInt8>, at offset: UInt64) throws(CaptureFault) {
        isBigEndian = bytes.longWord(at: 8, bigEndian: true) == Self.byteOrderMark
        guard isBigEndian || bytes.longWord(at: 8, bigEndian: false) == Self.byteOrderMark else {
            throw CaptureFault(.byteOrder, at: offset)
        }
        interfaces = []
        hasSection = true
    }

    private func packet(
        _ body: ArraySlice<UInt8>, _ type: UInt32, at offset: UInt64
    ) throws(CaptureFault) -> CapturedFrame {
        guard body.count >= 20 else { throw CaptureFault(.impossibleLength(UInt64(body.count + 12)), at: offset) }
        let number =
            type == Self.enhancedPacket
            ? body.longWord(at: 0, bigEndian: isBigEndian) : UInt32(body.word(at: 0, bigEndian: isBigEndian))
        let interface = try interface(number, at: offset)
        let captured = Int(body.longWord(at: 12, bigEndian: isBigEndian))
        guard captured <= body.count - 20 else {
            throw CaptureFault(.impossibleLength(UInt64(captured)), at: offset)
        }
        let time = interface.time(
            UInt64(body.longWord(at: 4, bigEndian: isBigEndian)) << 32
                | UInt64(body.longWord(at: 8, bigEndian: isBigEndian)))
        return CapturedFrame(
            number: 0, time: time, linkLayer: interface.linkLayer, interface: interface.name,
            originalLength: Int(body.longWord(at: 16, bigEndian: isBigEndian)),
            bytes: body.dropFirst(20).prefix(captured))
    }

    /// A packet without a time, of the first interface; how much of it was kept follows from that interface's limit.
    private func simplePacket(_ body: ArraySlice<UInt8>, at offset: UInt64) throws(CaptureFault) -> CapturedFrame {
        guard body.count >= 4 else { throw CaptureFault(.impossibleLength(UInt64(body.count + 12)), at: offset) }
        let interface = try interface(0, at: offset)
        let original = Int(body.longWord(at: 0, bigEndian: isBigEndian))
        var captured = min(original, body.count - 4)
        if interface.captureLimit > 0 { captured = min(captured, interface.captureLimit) }
        return CapturedFrame(
            number: 0, time: nil, linkLayer: interface.linkLayer, interface: interface.name, originalLength: original,
            bytes: body.dropFirst(4).prefix(captured))
    }

    private func interface(_ number: UInt32, at offset: UInt64) throws(CaptureFault) -> PcapngInterface {
        guard number < interfaces.count else { throw CaptureFault(.unknownInterface(number), at: offset) }
        return interfaces[Int(number)]
    }
}
