/// Reads a number as `strtol` with base 10 does, to the end of the text: leading blanks and a sign are taken.
///
/// - Returns: `nil` where it is no number, or outside `range`.
func parseNumber<T: FixedWidthInteger>(_ text: ArraySlice<UInt8>, in range: ClosedRange<T>) -> T? {
    let (value, rest) = leadingInteger(text)
    guard rest.isEmpty, let value, let result = T(exactly: value), range.contains(result) else { return nil }
    return result
}

func parseNumber<T: FixedWidthInteger>(_ text: [UInt8], in range: ClosedRange<T>) -> T? {
    parseNumber(text[...], in: range)
}

/// Reads a number as `atoi` does: what follows it is ignored.
func leadingNumber<T: FixedWidthInteger>(_ text: [UInt8], in range: ClosedRange<T>) -> T? {
    guard let value = leadingInteger(text[...]).value, let result = T(exactly: value), range.contains(result) else {
        return nil
    }
    return result
}

/// The number that the text begins with, `nil` for none or too large a one, and what follows it.
private func leadingInteger(_ text: ArraySlice<UInt8>) -> (value: Int64?, rest: ArraySlice<UInt8>) {
    var rest = text.drop { $0 == 0x20 || (0x09...0x0d).contains($0) }
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    guard let first = rest.first, (0x30...0x39).contains(first) else { return (nil, rest) }
    var value: Int64 = 0
    while let byte = rest.first, (0x30...0x39).contains(byte) {
        let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, carry) = scaled.addingReportingOverflow(Int64(byte - 0x30))
        if overflow || carry { return (nil, rest) }
        value = sum
        rest = rest.dropFirst()
    }
    return (isNegative ? -value : value, rest)
}

extension [UInt8] {
    var text: String { String(decoding: self, as: UTF8.self) }

    /// Whether the text is the word to the letter.
    func `is`(_ word: StaticString) -> Bool {
        count == word.utf8CodeUnitCount && word.withUTF8Buffer { elementsEqual($0) }
    }
}
