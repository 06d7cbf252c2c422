import PacketFormats

/// What a pcap file is written of: its header, and a record for each frame, with nanoseconds and in the network's byte
/// order, which every reader of pcap knows.
package enum PcapFile {
    /// Longer than any frame that is captured here.
    private static let snapLength: UInt32 = 1 << 18
    private static let nanosecondMagic: UInt32 = 0xa1b2_3c4d

    /// The file's first 24 octets.
    ///
    /// - Parameter linkLayer: Of all frames. One that is not known here is written as what it is called.
    package static func header(_ linkLayer: LinkLayer) -> [UInt8] {
        var bytes: [UInt8] = []
        append(nanosecondMagic, to: &bytes)
        bytes += [0, 2, 0, 4]
        append(0, to: &bytes)
        append(0, to: &bytes)
        append(snapLength, to: &bytes)
        append(UInt32(linkLayer.number), to: &bytes)
        return bytes
    }

    /// A frame with its header. A time before 1970 or after 2106, or none, is written as 0.
    package static func record(_ frame: CapturedFrame) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16 + frame.bytes.count)
        append(frame.time.flatMap { UInt32(exactly: $0.seconds) } ?? 0, to: &bytes)
        append(frame.time?.nanoseconds ?? 0, to: &bytes)
        append(UInt32(clamping: frame.bytes.count), to: &bytes)
        append(UInt32(clamping: max(frame.originalLength, frame.bytes.count)), to: &bytes)
        bytes += frame.bytes
        return bytes
    }

    private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
        for shift in [24, 16, 8, 0] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
}

extension LinkLayer {
    /// The number that files have for it.
    var number: UInt16 {
        switch self {
        case .ethernet: 1
        case .bsdLoopback: 0
        case .rawIP: 101
        case .linuxCooked: 113
        case .linuxCooked2: 276
        case .other(let number): number
        }
    }
}
