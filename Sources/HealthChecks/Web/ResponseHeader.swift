/// What a check looks at in the header of an HTTP response. It is read as keepalived reads it, so that a server which
/// passes there passes here.
package struct ResponseHeader: Hashable {
    /// Three digits between the first and the second blank of the first line; nil where there are none. A reason, even
    /// an empty one, must follow.
    package let status: Int?
    /// The value of the first `Content-Length:`, written so; nil where it is not a number alone. Other spellings are
    /// not seen, and the name may be a part of another.
    package let contentLength: Int?

    /// - Parameter bytes: The header with the empty line at its end.
    init(_ bytes: ArraySlice<UInt8>) {
        let line = bytes.prefix { $0 != UInt8(ascii: "\r") }
        status = Self.status(line)
        contentLength = Self.contentLength(bytes)
    }

    private static func status(_ line: ArraySlice<UInt8>) -> Int? {
        guard let first = line.firstIndex(of: blank) else { return nil }
        let rest = line[(first + 1)...]
        guard let second = rest.firstIndex(of: blank), second - rest.startIndex == 3 else { return nil }
        var value = 0
        for byte in rest[..<second] {
            guard let digit = digit(byte) else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    private static func contentLength(_ bytes: ArraySlice<UInt8>) -> Int? {
        let text = bytes.prefix { $0 != 0 }
        guard let name = text.firstRange(of: lengthName) else { return nil }
        var rest = text[name.upperBound...]
        // No number at all is nought.
        if rest.first == UInt8(ascii: "\r"), !beginsWithNumber(rest.drop(while: isSpace)) { return 0 }
        rest = rest.drop(while: isSpace)
        if rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        let digits = rest.prefix { digit($0) != nil }
        guard !digits.isEmpty, rest.dropFirst(digits.count).first == UInt8(ascii: "\r") else { return nil }
        var value = 0
        for byte in digits {
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow, tens <= Int.max - 9 else { return nil }
            value = tens + (digit(byte) ?? 0)
        }
        return value
    }

    private static func beginsWithNumber(_ text: ArraySlice<UInt8>) -> Bool {
        text.first.map { $0 == UInt8(ascii: "+") || digit($0) != nil } ?? false
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == blank || (9...13).contains(byte) }

    private static func digit(_ byte: UInt8) -> Int? {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int(byte - UInt8(ascii: "0")) : nil
    }

    private static let blank = UInt8(ascii: " ")
    private static let lengthName = Array("Content-Length:".utf8)
}
