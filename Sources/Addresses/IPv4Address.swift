/// An IPv4 address.
public struct IPv4Address: Hashable, Sendable {
    /// The address as a number, most significant byte first: 10.0.0.1 is 0x0a000001.
    public var value: UInt32

    public init(_ value: UInt32) {
        self.value = value
    }

    public init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
        value = UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
    }

    public var octets: (UInt8, UInt8, UInt8, UInt8) {
        (
            UInt8(truncatingIfNeeded: value >> 24), UInt8(truncatingIfNeeded: value >> 16),
            UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)
        )
    }

    /// Whether the address is a multicast group, 224.0.0.0/4 (RFC 5771).
    public var isMulticast: Bool { value >> 28 == 0xe }

    /// Appends the dotted quad.
    public func write(into text: inout [UInt8]) {
        let (a, b, c, d) = octets
        writeDecimal(a, into: &text)
        text.append(UInt8(ascii: "."))
        writeDecimal(b, into: &text)
        text.append(UInt8(ascii: "."))
        writeDecimal(c, into: &text)
        text.append(UInt8(ascii: "."))
        writeDecimal(d, into: &text)
    }
}

extension IPv4Address: Comparable {
    public static func < (left: IPv4Address, right: IPv4Address) -> Bool {
        left.value < right.value
    }
}

extension IPv4Address: CustomStringConvertible {
    public var description: String {
        var text: [UInt8] = []
        write(into: &text)
        return String(decoding: text, as: UTF8.self)
    }
}

@inline(__always)
private func writeDecimal(_ byte: UInt8, into text: inout [UInt8]) {
    if byte >= 100 { text.append(0x30 + byte / 100) }
    if byte >= 10 { text.append(0x30 + byte / 10 % 10) }
    text.append(0x30 + byte % 10)
}
