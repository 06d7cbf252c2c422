/// The number in a tracked file, by the rules that keepalived reads it with.
enum TrackedNumber {
    /// Blanks and line feeds may stand before it, anything behind it; `0x` and `0` before digits mean base 16 and 8.
    ///
    /// - Returns: Nil if there is no number, or none of 32 bits.
    static func parse(_ bytes: some Collection<UInt8>) -> Int? {
        var rest = bytes.drop { $0 == 0x20 || (0x09...0x0d).contains($0) }[...]
        var isNegative = false
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            rest = rest.dropFirst()
        }
        var base = 10
        if rest.first == UInt8(ascii: "0") {
            let next = rest.dropFirst()
            if let mark = next.first, mark | 0x20 == UInt8(ascii: "x"), let digit = next.dropFirst().first,
                Self.value(digit) < 16
            {
                base = 16
                rest = next.dropFirst()
            } else {
                base = 8
            }
        }
        var number = 0
        var digits = 0
        for byte in rest {
            let digit = value(byte)
            guard digit < base else { break }
            digits += 1
            number = min(number * base + digit, 1 << 40)
        }
        if isNegative { number = 0 - number }
        guard digits > 0, number >= Int(Int32.min), number <= Int(Int32.max) else { return nil }
        return number
    }

    private static func value(_ digit: UInt8) -> Int {
        switch digit {
        case 0x30...0x39: Int(digit) - 0x30
        case 0x41...0x5a: Int(digit) - 0x41 + 10
        case 0x61...0x7a: Int(digit) - 0x61 + 10
        default: .max
        }
    }
}
