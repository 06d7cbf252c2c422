/// Walks through the lines of a file.
struct LineCursor {
    let bytes: [UInt8]
    let file: Int32
    /// The number of the current line, from 1.
    private(set) var line: Int32 = 0
    /// Where the current line begins.
    private(set) var lineStart = 0
    /// Of the current line, without its end.
    private(set) var lineLength = 0
    /// Whether the current line is free of `$`, `\` and `'`.
    private(set) var isPlain = true
    private(set) var hasNul = false
    private(set) var nulLines = 0
    private var next0 = 0

    init(bytes: [UInt8], file: Int32) {
        self.bytes = bytes
        self.file = file
    }

    /// Steps over what comes before the first line.
    mutating func skipBytes(_ count: Int) { next0 = count }

    /// The next line without the blanks around it; empty if there is nothing else. Nil at the end.
    mutating func next() -> Range<Int>? {
        guard next0 < bytes.count else { return nil }
        var position = next0
        var special = false
        var nul = false
        let count = bytes.count
        bytes.withUnsafeBufferPointer { bytes in
            while position < count {
                let byte = bytes[position]
                if byte == 0x0a { break }
                special =
                    special || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "'")
                nul = nul || byte == 0
                position &+= 1
            }
        }
        lineStart = line == 0 ? 0 : next0
        line &+= 1
        lineLength = position &- next0
        isPlain = !special
        hasNul = nul
        if nul { nulLines &+= 1 }
        let start = bytes.skippingBlanks(from: next0, to: position)
        next0 = position &+ 1
        while position > start, bytes[position &- 1].isBlank { position &-= 1 }
        return start..<position
    }

    @inline(__always)
    func origin(_ position: Int) -> Line.Origin {
        Line.Origin(file: file, line: line, column: Int32(truncatingIfNeeded: position &- lineStart &+ 1), length: 1)
    }

    @inline(__always)
    func span(_ range: Range<Int>) -> SourceSpan {
        SourceSpan(
            file: file, line: line, column: Int32(truncatingIfNeeded: range.lowerBound &- lineStart &+ 1),
            length: Int32(truncatingIfNeeded: range.count))
    }
}
