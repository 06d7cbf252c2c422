/// Calls `body` with the type and payload of each attribute in `bytes`, nested and byte-order bits taken off the type.
/// A malformed rest is left unread, as the kernel's own parser leaves it.
///
/// Inlinable, as are the readers below: a dump calls them a dozen times for each entry.
@inlinable @inline(__always)
package func forEachAttribute(in bytes: RawSpan, _ body: (Int, RawSpan) -> Void) {
    var offset = 0
    let headerLength = 4
    while bytes.byteCount - offset >= headerLength {
        let length = Int(bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self))
        let type = Int(bytes.unsafeLoadUnaligned(fromByteOffset: offset + 2, as: UInt16.self) & 0x3fff)
        guard length >= headerLength, length <= bytes.byteCount - offset else { return }
        body(type, bytes.extracting(offset + headerLength..<offset + length))
        offset += aligned(length)
    }
}

/// Netlink aligns everything to four bytes (`NLMSG_ALIGN`, `NLA_ALIGN`).
@inlinable @inline(__always)
package func aligned(_ length: Int) -> Int { (length + 3) & ~3 }

extension RawSpan {
    /// The payload as a number in the machine's byte order; `nil` where it is too short.
    @inlinable @inline(__always)
    package func number<T: FixedWidthInteger & BitwiseCopyable>(_: T.Type = T.self) -> T? {
        byteCount >= MemoryLayout<T>.size ? unsafeLoadUnaligned(as: T.self) : nil
    }

    /// The payload as text up to its terminating zero byte.
    package var text: String {
        var end = 0
        while end < byteCount, unsafeLoadUnaligned(fromByteOffset: end, as: UInt8.self) != 0 { end += 1 }
        return extracting(0..<end).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }
}
