/// Splits the text of a script into the program and its arguments: blanks separate, `"…"` and `'…'` hold together, and
/// `\` escapes as in a shell's `$'…'`. No shell is involved.
package struct ScriptText {
    private let bytes: [UInt8]
    private let end: Int
    private var position: Int
    /// Whether the text ended within quotes.
    private(set) var isUnterminated = false
    /// Where the last quotation began.
    private(set) var lastQuote = 0

    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    /// The words of a script as it is written in a configuration, such as `/bin/check 'a b' c`.
    ///
    /// - Returns: The program and its arguments; nil if a quotation does not end.
    package static func words(of script: String) -> [String]? {
        let bytes = Array(script.utf8)
        var text = ScriptText(bytes, 0..<bytes.count)
        var words: [String] = []
        while let word = text.next() { words.append(String(decoding: word.text, as: UTF8.self)) }
        return text.isUnterminated ? nil : words
    }

    mutating func next() -> (text: [UInt8], range: Range<Int>, isQuoted: Bool)? {
        position = bytes.skippingBlanks(from: position, to: end)
        guard position < end else { return nil }
        let start = position
        var text: [UInt8] = []
        var quote: UInt8?
        var isQuoted = false
        while position < end {
            let byte = bytes[position]
            if quote == nil, byte.isBlank { break }
            position += 1
            switch byte {
            case quote: quote = nil
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                if quote == nil {
                    quote = byte
                    isQuoted = true
                    lastQuote = position - 1
                } else {
                    text.append(byte)
                }
            case UInt8(ascii: "\\"):
                if position < end { appendEscape(to: &text) } else { text.append(byte) }
            default: text.append(byte)
            }
        }
        isUnterminated = quote != nil
        return (text, start..<position, isQuoted)
    }

    /// Reads what follows a `\`.
    private mutating func appendEscape(to text: inout [UInt8]) {
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "a"): text.append(0x07)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "E"): text.append(0x1b)
        case UInt8(ascii: "f"): text.append(0x0c)
        case UInt8(ascii: "n"): text.append(0x0a)
        case UInt8(ascii: "r"): text.append(0x0d)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "v"): text.append(0x0b)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            var value = Int(byte - 0x30)
            for _ in 0..<2 {
                guard position < end, (0x30...0x37).contains(bytes[position]) else { break }
                value = value * 8 + Int(bytes[position] - 0x30)
                position += 1
            }
            append(value, to: &text)
        case UInt8(ascii: "x"):
            var value = 0
            while position < end, let digit = bytes[position].hexadecimalDigit {
                value = (value & 0xf) << 4 | Int(digit)
                position += 1
            }
            append(value, to: &text)
        case UInt8(ascii: "c"):
            guard position < end else { return text.append(byte) }
            append(Int(bytes[position] & 0x1f), to: &text)
            position += 1
        default: text.append(byte)
        }
    }

    /// A NUL would end the argument for the kernel and is left out.
    private func append(_ value: Int, to text: inout [UInt8]) {
        let byte = UInt8(truncatingIfNeeded: value)
        if byte != 0 { text.append(byte) }
    }
}

extension UInt8 {
    var hexadecimalDigit: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x41 + 10
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }
}
