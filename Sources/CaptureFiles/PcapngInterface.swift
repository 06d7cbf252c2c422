import PacketFormats

/// An interface that a pcapng file describes.
struct PcapngInterface: Sendable {
    private static let nameOption: UInt16 = 2
    private static let resolutionOption: UInt16 = 9
    private static let offsetOption: UInt16 = 14

    let linkLayer: LinkLayer
    /// How much of each packet was kept, in octets; 0 for all.
    let captureLimit: Int
    private(set) var name: String?
    /// Ticks in a second; nil for a resolution that no clock has.
    private var ticksPerSecond: UInt64? = 1_000_000
    /// Seconds to be added to all times.
    private var offset: Int64 = 0

    /// - Parameter body: At least 8 octets.
    init(_ body: ArraySlice<UInt8>, bigEndian: Bool) {
        linkLayer = LinkLayer(number: body.word(at: 0, bigEndian: bigEndian))
        captureLimit = Int(body.longWord(at: 4, bigEndian: bigEndian))
        var options = body.dropFirst(8)
        while options.count >= 4 {
            let code = options.word(at: 0, bigEndian: bigEndian)
            let length = Int(options.word(at: 2, bigEndian: bigEndian))
            options = options.dropFirst(4)
            guard code != 0, options.count >= length else { return }
            let value = options.prefix(length)
            switch code {
            case Self.nameOption where !value.isEmpty:
                name = String(decoding: value.prefix { $0 != 0 }, as: UTF8.self)
            case Self.resolutionOption where length >= 1:
                ticksPerSecond = Self.ticks(value[value.startIndex])
            case Self.offsetOption where length >= 8:
                let first = UInt64(value.longWord(at: 0, bigEndian: bigEndian))
                let second = UInt64(value.longWord(at: 4, bigEndian: bigEndian))
                offset = Int64(bitPattern: bigEndian ? first << 32 | second : second << 32 | first)
            default: break
            }
            options = options.dropFirst((length + 3) / 4 * 4)
        }
    }

    /// The resolution is a negative power of ten, or of two where the first bit is set.
    private static func ticks(_ resolution: UInt8) -> UInt64? {
        let exponent = resolution & 0x7f
        if resolution & 0x80 != 0 { return exponent < 64 ? 1 << UInt64(exponent) : nil }
        guard exponent <= 19 else { return nil }
        return (0..<exponent).reduce(1 as UInt64) { product, _ in product &* 10 }
    }

    func time(_ ticks: UInt64) -> WallTime? {
        guard let ticksPerSecond else { return nil }
        let (seconds, rest) = ticks.quotientAndRemainder(dividingBy: ticksPerSecond)
        let nanoseconds = ticksPerSecond.dividingFullWidth(rest.multipliedFullWidth(by: 1_000_000_000)).quotient
        return WallTime(
            seconds: Int64(truncatingIfNeeded: seconds) &+ offset, nanoseconds: UInt32(truncatingIfNeeded: nanoseconds))
    }
}
