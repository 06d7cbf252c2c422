/// A line on its way to becoming statements: comments are gone, and each byte knows where it was written.
struct Line {
    var bytes: [UInt8] = []
    var origins: [Origin] = []

    /// Where a byte was written. What a parameter stands for has the place of the reference to it.
    struct Origin {
        /// Index of the file.
        var file: Int32
        /// From 1.
        var line: Int32
        /// From 1, in bytes.
        var column: Int32
        /// In bytes.
        var length: Int32

        var span: SourceSpan { SourceSpan(file: file, line: line, column: column, length: length) }
    }

    var count: Int { bytes.count }

    mutating func append(_ byte: UInt8, from origin: Origin) {
        bytes.append(byte)
        origins.append(origin)
    }

    mutating func append(_ line: Line, _ range: Range<Int>) {
        bytes += line.bytes[range]
        origins += line.origins[range]
    }

    /// Appends text that a reference stands for.
    mutating func append(_ text: [UInt8], for origin: Origin) {
        bytes += text
        origins += repeatElement(origin, count: text.count)
    }

    /// The stretch of the source that a range came from; of its first line, if it came from several.
    func span(_ range: Range<Int>) -> SourceSpan {
        guard let first = range.first, first < origins.count else {
            guard let last = origins.last else { return SourceSpan(file: 0, line: 1, column: 1, length: 0) }
            return SourceSpan(file: last.file, line: last.line, column: last.column + last.length, length: 0)
        }
        let start = origins[first]
        var end = start.column &+ start.length
        for origin in origins[range] where origin.line == start.line && origin.file == start.file {
            end = max(end, origin.column &+ origin.length)
        }
        return SourceSpan(file: start.file, line: start.line, column: start.column, length: end &- start.column)
    }
}
