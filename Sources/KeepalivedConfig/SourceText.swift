/// A file of the configuration, as it was read.
package struct SourceFile: Sendable {
    /// The path as the operator or an include line named it, resolved against the including file.
    package var path: String
    package var bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}

/// A stretch of one line of a source file. Where text came out of a definition or a generated sequence, it is the
/// place of the line that used it.
package struct SourceSpan: Hashable, Sendable {
    /// Index into the tree's `files`.
    package var file: Int32
    /// From 1.
    package var line: Int32
    /// From 1, in bytes.
    package var column: Int32
    /// In bytes; 0 points between two characters.
    package var length: Int32

    package init(file: Int32, line: Int32, column: Int32, length: Int32) {
        self.file = file
        self.line = line
        self.column = column
        self.length = length
    }
}
