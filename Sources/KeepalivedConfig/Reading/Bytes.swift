/// Bytes as the configuration language sees them.
extension UInt8 {
    /// Separates words: what C calls white space.
    @inline(__always)
    var isBlank: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0d) }

    /// Begins a comment.
    @inline(__always)
    var beginsComment: Bool { self == UInt8(ascii: "#") || self == UInt8(ascii: "!") }

    /// Opens or closes a block, and ends a line.
    @inline(__always)
    var isBrace: Bool { self == UInt8(ascii: "{") || self == UInt8(ascii: "}") }

    @inline(__always)
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }

    /// May begin the name of a parameter.
    var beginsName: Bool {
        self == UInt8(ascii: "_") || (self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "z"))
    }

    /// May stand in the name of a parameter.
    var continuesName: Bool { beginsName || isDigit }
}

extension [UInt8] {
    /// The first byte from `start` on that does not separate words, or `end`.
    @inline(__always)
    func skippingBlanks(from start: Int, to end: Int) -> Int {
        var position = start
        while position < end, self[position].isBlank { position &+= 1 }
        return position
    }

    /// Text of any origin: what is no UTF-8 becomes U+FFFD.
    @inline(__always)
    func text(_ range: Range<Int>) -> String {
        withUnsafeBufferPointer { String(decoding: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self) }
    }

    /// Whether `word` stands at `position`.
    func has(_ word: StaticString, at position: Int, before end: Int) -> Bool {
        guard end - position >= word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { letters in
            for offset in 0..<letters.count where self[position + offset] != letters[offset] { return false }
            return true
        }
    }
}
