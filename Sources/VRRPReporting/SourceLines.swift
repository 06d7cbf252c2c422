import KeepalivedConfig

/// The lines of source files by their numbers. Where they begin is looked for once for each file.
struct SourceLines {
    private let files: [SourceFile]
    private var starts: [[Int]]

    init(_ files: [SourceFile]) {
        self.files = files
        starts = Array(repeating: [], count: files.count)
    }

    /// The bytes of the line that a span is in, without its end; nil if there is none.
    mutating func line(_ span: SourceSpan) -> ArraySlice<UInt8>? {
        let file = Int(span.file)
        guard files.indices.contains(file) else { return nil }
        if starts[file].isEmpty { starts[file] = Self.starts(files[file].bytes) }
        let number = Int(span.line) - 1
        guard starts[file].indices.contains(number) else { return nil }
        let bytes = files[file].bytes
        let start = starts[file][number]
        var end = number + 1 < starts[file].count ? starts[file][number + 1] - 1 : bytes.count
        if end > start, end == bytes.count, bytes[end - 1] == 0x0a { end -= 1 }
        while end > start, bytes[end - 1] == 0x0d { end -= 1 }
        return bytes[start..<end]
    }

    private static func starts(_ bytes: [UInt8]) -> [Int] {
        var starts = [0]
        for (position, byte) in bytes.enumerated() where byte == 0x0a { starts.append(position + 1) }
        return starts
    }
}
