import PacketFormats

/// The older format, pcap: a file header of 24 octets, then records with headers of 16.
struct PcapFormat: Sendable {
    static let headerLength = 24
    private static let recordHeaderLength = 16
    private static let microseconds: UInt32 = 0xa1b2_c3d4
    private static let nanoseconds: UInt32 = 0xa1b2_3c4d

    let isBigEndian: Bool
    let hasNanoseconds: Bool
    let linkLayer: LinkLayer

    /// Whether four octets are the mark of this format, in either byte order.
    static func isMagic(_ bytes: ArraySlice<UInt8>) -> Bool {
        [true, false].contains { bigEndian in
            [microseconds, nanoseconds].contains(bytes.longWord(at: 0, bigEndian: bigEndian))
        }
    }

    init(header: ArraySlice<UInt8>) throws(CaptureFault) {
        let forward = header.longWord(at: 0, bigEndian: true)
        isBigEndian = forward == Self.microseconds || forward == Self.nanoseconds
        hasNanoseconds = header.longWord(at: 0, bigEndian: isBigEndian) == Self.nanoseconds
        let version = header.word(at: 4, bigEndian: isBigEndian)
        guard version == 2 else { throw CaptureFault(.version(version), at: 0) }
        // The upper half says whether frames end with a check sequence, which is behind what is looked at.
        linkLayer = LinkLayer(
            number: UInt16(truncatingIfNeeded: header.longWord(at: 20, bigEndian: isBigEndian)))
    }

    func read(_ bytes: ArraySlice<UInt8>, at offset: UInt64) throws(CaptureFault) -> ReadingStep {
        guard bytes.count >= Self.recordHeaderLength else { return .needsMore }
        let seconds = bytes.longWord(at: 0, bigEndian: isBigEndian)
        let fraction = bytes.longWord(at: 4, bigEndian: isBigEndian)
        let captured = bytes.longWord(at: 8, bigEndian: isBigEndian)
        let original = bytes.longWord(at: 12, bigEndian: isBigEndian)
        guard captured <= CaptureReader.lengthLimit else {
            throw CaptureFault(.impossibleLength(UInt64(captured)), at: offset)
        }
        let length = Self.recordHeaderLength + Int(captured)
        guard bytes.count >= length else { return .needsMore }
        let nanoseconds = hasNanoseconds ? fraction : min(fraction, 999_999) * 1000
        let frame = CapturedFrame(
            number: 0, time: WallTime(seconds: Int64(seconds), nanoseconds: nanoseconds), linkLayer: linkLayer,
            originalLength: Int(original), bytes: bytes.prefix(length).dropFirst(Self.recordHeaderLength))
        return .frame(frame, length)
    }
}
