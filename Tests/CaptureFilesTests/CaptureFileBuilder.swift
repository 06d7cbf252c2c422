/// Builds capture files octet by octet, in either byte order.
struct CaptureFileBuilder {
    var bytes: [UInt8] = []
    let isBigEndian: Bool

    init(bigEndian: Bool = false) {
        isBigEndian = bigEndian
    }

    mutating func word(_ value: UInt16) {
        let pair = [UInt8(value >> 8), UInt8(value & 0xff)]
        bytes += isBigEndian ? pair : pair.reversed()
    }

    mutating func longWord(_ value: UInt32) {
        let (high, low) = (UInt16(value >> 16), UInt16(value & 0xffff))
        word(isBigEndian ? high : low)
        word(isBigEndian ? low : high)
    }

    // MARK: pcap

    mutating func pcapHeader(magic: UInt32 = 0xa1b2_c3d4, linkType: UInt32 = 1) {
        longWord(magic)
        word(2)
        word(4)
        longWord(0)
        longWord(0)
        longWord(65_535)
        longWord(linkType)
    }

    mutating func pcapRecord(seconds: UInt32, fraction: UInt32, original: Int? = nil, _ frame: [UInt8]) {
        longWord(seconds)
        longWord(fraction)
        longWord(UInt32(frame.count))
        longWord(UInt32(original ?? frame.count))
        bytes += frame
    }

    // MARK: pcapng

    mutating func block(_ type: UInt32, _ body: (inout CaptureFileBuilder) -> Void) {
        var inner = CaptureFileBuilder(bigEndian: isBigEndian)
        body(&inner)
        while inner.bytes.count % 4 != 0 { inner.bytes.append(0) }
        let length = UInt32(inner.bytes.count + 12)
        longWord(type)
        longWord(length)
        bytes += inner.bytes
        longWord(length)
    }

    mutating func section() {
        block(0x0a0d_0d0a) { body in
            body.longWord(0x1a2b_3c4d)
            body.word(1)
            body.word(0)
            body.longWord(0xffff_ffff)
            body.longWord(0xffff_ffff)
        }
    }

    mutating func option(_ code: UInt16, _ value: [UInt8]) {
        word(code)
        word(UInt16(value.count))
        bytes += value
        while bytes.count % 4 != 0 { bytes.append(0) }
    }

    mutating func interface(
        linkType: UInt16 = 1, limit: UInt32 = 0, options: (inout CaptureFileBuilder) -> Void = { _ in }
    ) {
        block(1) { body in
            body.word(linkType)
            body.word(0)
            body.longWord(limit)
            options(&body)
        }
    }

    mutating func enhancedPacket(interface: UInt32 = 0, ticks: UInt64 = 0, original: Int? = nil, _ frame: [UInt8]) {
        block(6) { body in
            body.longWord(interface)
            body.longWord(UInt32(ticks >> 32))
            body.longWord(UInt32(ticks & 0xffff_ffff))
            body.longWord(UInt32(frame.count))
            body.longWord(UInt32(original ?? frame.count))
            body.bytes += frame
        }
    }

    mutating func simplePacket(original: Int, _ frame: [UInt8]) {
        block(3) { body in
            body.longWord(UInt32(original))
            body.bytes += frame
        }
    }
}
