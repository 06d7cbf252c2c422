/// What `$NAME` stands for.
struct Parameter {
    /// One line, or the lines of a definition that ends its lines with `\`.
    var lines: [[UInt8]]

    var isMultiline: Bool { lines.count > 1 }

    init(_ value: [UInt8]) { lines = [value] }

    init(lines: [[UInt8]]) { self.lines = lines }
}
