extension IPv4Address {
    /// Parses every form that BSD's `inet_aton` takes: one to four parts, each decimal, octal (leading `0`) or
    /// hexadecimal (`0x`), the last part filling the bytes that remain. What follows white space is ignored, as
    /// there.
    ///
    /// - Returns: `nil` where `inet_aton` refuses the text.
    public init?(classic text: ArraySlice<UInt8>) {
        var value: UInt64 = 0
        var rest = text
        var parts = 0
        while true {
            guard let part = Self.part(&rest) else { return nil }
            parts += 1
            if rest.first == UInt8(ascii: "."), parts < 4 {
                guard part <= 0xff else { return nil }
                value = value << 8 | part
                rest.removeFirst()
                continue
            }
            let room = UInt64(32 - 8 * (parts - 1))
            guard part < 1 << room else { return nil }
            value = value << room | part
            break
        }
        if let trailing = rest.first, !isSpace(trailing) { return nil }
        self.init(UInt32(value))
    }

    /// Takes one number in C notation off the text.
    private static func part(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        guard let first = rest.first, isDigit(first) else { return nil }
        var base: UInt64 = 10
        var value: UInt64 = 0
        if first == UInt8(ascii: "0") {
            base = 8
            rest.removeFirst()
            if rest.first == UInt8(ascii: "x") || rest.first == UInt8(ascii: "X") {
                base = 16
                rest.removeFirst()
                guard let digit = rest.first, hexadecimalValue(digit) != nil else { return nil }
            }
        }
        while let byte = rest.first, let digit = hexadecimalValue(byte), digit < base {
            value = value * base + digit
            if value > 0xffff_ffff { return nil }
            rest.removeFirst()
        }
        if base < 16, let byte = rest.first, isDigit(byte) { return nil }
        return value
    }

    /// Parses a strict dotted quad, four decimal parts without leading zeros, as `inet_pton` does.
    public init?(dottedQuad text: ArraySlice<UInt8>) {
        var value: UInt32 = 0
        var parts = 0
        var digits = 0
        var part: UInt32 = 0
        for byte in text {
            if isDigit(byte) {
                if digits > 0, part == 0 { return nil }
                part = part * 10 + UInt32(byte - 0x30)
                digits += 1
                if part > 255 { return nil }
            } else if byte == UInt8(ascii: "."), digits > 0, parts < 3 {
                value = value << 8 | part
                parts += 1
                digits = 0
                part = 0
            } else {
                return nil
            }
        }
        guard parts == 3, digits > 0 else { return nil }
        self.init(value << 8 | part)
    }
}

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

@inline(__always)
func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }

@inline(__always)
func hexadecimalValue(_ byte: UInt8) -> UInt64? {
    switch byte {
    case 0x30...0x39: UInt64(byte - 0x30)
    case 0x41...0x46: UInt64(byte - 0x41 + 10)
    case 0x61...0x66: UInt64(byte - 0x61 + 10)
    default: nil
    }
}
