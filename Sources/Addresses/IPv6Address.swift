/// An IPv6 address.
public struct IPv6Address: Hashable, Sendable {
    /// The first eight bytes, most significant first.
    public var high: UInt64
    /// The last eight bytes, most significant first.
    public var low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The eight groups of 16 bits, first to last.
    public subscript(group index: Int) -> UInt16 {
        index < 4
            ? UInt16(truncatingIfNeeded: high >> UInt64(48 - 16 * index))
            : UInt16(truncatingIfNeeded: low >> UInt64(48 - 16 * (index - 4)))
    }

    public var isUnspecified: Bool { high == 0 && low == 0 }

    /// Whether the address is a multicast group, ff00::/8 (RFC 4291, 2.7).
    public var isMulticast: Bool { high >> 56 == 0xff }

    /// Appends the text form of RFC 5952, with the embedded dotted quad where `inet_ntop` of glibc writes one:
    /// for IPv4-mapped addresses and for `::a.b.c.d` whose first quad group is not zero.
    public func write(into text: inout [UInt8]) {
        if isUnspecified {
            text.append(contentsOf: "::".utf8)
            return
        }
        let (zeroStart, zeroCount) = longestZeroRun
        var index = 0
        while index < 8 {
            if zeroCount > 1, index == zeroStart {
                text.append(contentsOf: index == 0 ? "::".utf8 : ":".utf8)
                index += zeroCount
                continue
            }
            if index == 6, zeroStart == 0, zeroCount == 6 || (zeroCount == 5 && self[group: 5] == 0xffff) {
                IPv4Address(UInt32(truncatingIfNeeded: low)).write(into: &text)
                return
            }
            writeHexadecimal(self[group: index], into: &text)
            index += 1
            if index < 8 { text.append(UInt8(ascii: ":")) }
        }
    }

    /// The first of the longest runs of zero groups.
    private var longestZeroRun: (start: Int, count: Int) {
        var best = (start: 0, count: 0)
        var index = 0
        while index < 8 {
            let start = index
            while index < 8, self[group: index] == 0 { index += 1 }
            if index - start > best.count { best = (start, index - start) }
            index += 1
        }
        return best
    }
}

extension IPv6Address: Comparable {
    public static func < (left: IPv6Address, right: IPv6Address) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }
}

extension IPv6Address: CustomStringConvertible {
    public var description: String {
        var text: [UInt8] = []
        write(into: &text)
        return String(decoding: text, as: UTF8.self)
    }
}

@inline(__always)
private func writeHexadecimal(_ group: UInt16, into text: inout [UInt8]) {
    var shift = 12
    while shift > 0, group >> UInt16(shift) == 0 { shift -= 4 }
    while shift >= 0 {
        let digit = UInt8(truncatingIfNeeded: group >> UInt16(shift) & 0xf)
        text.append(digit < 10 ? 0x30 + digit : 0x61 + digit - 10)
        shift -= 4
    }
}
