/// A 48-bit Ethernet address.
public struct MACAddress: Hashable, Sendable {
    /// The address in the low 48 bits, first octet most significant.
    public let value: UInt64

    /// - Parameter value: The address in the low 48 bits; higher bits are dropped.
    public init(_ value: UInt64) {
        self.value = value & 0xffff_ffff_ffff
    }

    /// ff:ff:ff:ff:ff:ff.
    public static let broadcast = MACAddress(0xffff_ffff_ffff)

    /// Whether the address is that of a group: the lowest bit of the first octet.
    public var isMulticast: Bool { value >> 40 & 1 == 1 }

    /// The six octets, first to last.
    public var octets: [UInt8] {
        (0..<6).map { UInt8(truncatingIfNeeded: value >> UInt64(40 - 8 * $0)) }
    }
}

extension MACAddress: CustomStringConvertible {
    /// Six pairs of lower-case hexadecimal digits with colons between them.
    public var description: String {
        var text: [UInt8] = []
        for (index, octet) in octets.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ":")) }
            for digit in [octet >> 4, octet & 0xf] { text.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
