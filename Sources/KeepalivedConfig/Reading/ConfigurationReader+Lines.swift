/// From the bytes of a file to lines: their ends, comments, and lines that go on behind a `\`.
extension ConfigurationReader {
    mutating func readLines(_ bytes: [UInt8], file: Int32) {
        var cursor = LineCursor(bytes: bytes, file: file)
        readByteOrderMark(&cursor)
        while !hasGivenUp, let range = cursor.next() {
            guard !range.isEmpty, !bytes[range.lowerBound].beginsComment else { continue }
            if cursor.hasNul {
                report(
                    Diagnostic(
                        .error, "nul-byte", "this line has a NUL byte in it and is not read", at: cursor.span(range)))
                // Whatever else such a file is, it is no text with one slip in every line.
                if cursor.nulLines >= 10 { return }
                continue
            }
            guard range.count <= context.limits.lineLength else {
                report(
                    Diagnostic(
                        .error, "long-line",
                        "this line has \(cursor.lineLength) bytes and is not read", at: cursor.span(range),
                        expected: "at most \(ReadingLimits.keepalivedLine) bytes"))
                continue
            }
            if cursor.lineLength > ReadingLimits.keepalivedLine {
                report(
                    Diagnostic(
                        .warning, "long-line",
                        "keepalived ignores lines of more than \(ReadingLimits.keepalivedLine) bytes; "
                            + "this one has \(cursor.lineLength) and is read", at: cursor.span(range)))
            }
            if cursor.isPlain, !Self.needsProcessing(bytes, range) {
                readPlainLine(bytes, range, cursor)
            } else {
                readLogicalLine(bytes, range, &cursor)
            }
        }
    }

    private mutating func readByteOrderMark(_ cursor: inout LineCursor) {
        let bytes = cursor.bytes
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) {
            cursor.skipBytes(3)
            report(
                Diagnostic(
                    .warning, "byte-order-mark",
                    "the file begins with a byte order mark, which keepalived takes for a part of the first word",
                    at: SourceSpan(file: cursor.file, line: 1, column: 1, length: 3)))
        } else if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
            cursor.skipBytes(bytes.count)
            report(
                Diagnostic(
                    .error, "not-utf-8", "the file is UTF-16 and cannot be read",
                    at: SourceSpan(file: cursor.file, line: 1, column: 1, length: 2), expected: "UTF-8 or ASCII"))
        }
    }

    /// Whether a line is more than words and braces, by its first word. It has no `$` in it.
    static func needsProcessing(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        switch bytes[range.lowerBound] {
        case UInt8(ascii: "@"), UInt8(ascii: "~"), UInt8(ascii: "$"): true
        case UInt8(ascii: "i"): includeKeyword(bytes, at: range.lowerBound, before: range.upperBound) != nil
        default: false
        }
    }

    // MARK: Lines with more to them

    private mutating func readLogicalLine(_ bytes: [UInt8], _ range: Range<Int>, _ cursor: inout LineCursor) {
        var line = Self.withoutComment(bytes, range, cursor)
        line.trimEnd()
        guard line.endsWithBackslash else {
            process(line, from: 0)
            return
        }
        let start = Self.skippingConditions(line)
        if let definition = Self.definition(in: line, at: start) {
            readDefinition(definition, line, &cursor)
            return
        }
        joinLines(&line, &cursor)
        process(line, from: 0)
    }

    /// Collects the lines of a definition, whose first line ends with `\`.
    private mutating func readDefinition(
        _ definition: Definition, _ line: Line, _ cursor: inout LineCursor
    ) {
        var first = Line()
        first.append(line, definition.value..<line.count - 1)
        first.trim()
        var lines = first.bytes.isEmpty ? [] : [first.bytes]
        var goesOn = true
        while goesOn {
            guard let range = cursor.next() else {
                report(
                    Diagnostic(
                        .error, "unterminated-definition",
                        "the file ends within the definition of $\(definition.name)",
                        at: line.span(definition.range), expected: "a last line that does not end with \\"))
                break
            }
            if range.isEmpty { break }
            if cursor.bytes[range.lowerBound].beginsComment { continue }
            goesOn = cursor.bytes[range.upperBound - 1] == UInt8(ascii: "\\")
            var next = Self.withoutComment(cursor.bytes, range, cursor)
            next.trimEnd()
            if next.bytes.last == UInt8(ascii: "\\") {
                next.removeLast()
                next.trimEnd()
            }
            if !next.bytes.isEmpty { lines.append(next.bytes) }
        }
        // One line is an ordinary value, but as any definition of several it may only end a line.
        if lines.count == 1 { lines.append([]) }
        guard conditionsHold(line) else { return }
        define(definition.name, Parameter(lines: lines), at: line.span(definition.range))
    }

    /// Appends the following lines as long as there is a `\` at the end.
    private mutating func joinLines(_ line: inout Line, _ cursor: inout LineCursor) {
        let backslash = line.span(line.count - 1..<line.count)
        while line.endsWithBackslash {
            let joint = line.origins[line.count - 1]
            line.removeLast()
            line.trimEnd()
            guard let range = cursor.next(), !range.isEmpty else { break }
            guard line.count + range.count <= context.limits.lineLength else {
                report(Diagnostic(.error, "long-line", "this line goes on for too long and is not read", at: backslash))
                line = Line()
                return
            }
            var next = Self.withoutComment(cursor.bytes, range, cursor)
            next.trimEnd()
            if cursor.hasNul { next = Line() }
            line.append(0x20, from: joint)
            line.append(next, 0..<next.count)
        }
        report(
            Diagnostic(
                .warning, "continued-line",
                "this line goes on in the next; keepalived joins lines only in definitions ($NAME= \\)", at: backslash))
    }

    /// The text of a line up to its comment. `\#` and `\!` outside quotes become `#` and `!`.
    static func withoutComment(_ bytes: [UInt8], _ range: Range<Int>, _ cursor: LineCursor) -> Line {
        var line = Line()
        line.bytes.reserveCapacity(range.count)
        line.origins.reserveCapacity(range.count)
        var isQuoted = false
        var position = range.lowerBound
        while position < range.upperBound {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte.beginsComment, !isQuoted {
                break
            } else if byte == UInt8(ascii: "\\"), position + 1 < range.upperBound {
                let next = bytes[position + 1]
                if isQuoted || !next.beginsComment { line.append(byte, from: cursor.origin(position)) }
                line.append(next, from: cursor.origin(position + 1))
                position += 2
                continue
            }
            line.append(byte, from: cursor.origin(position))
            position += 1
        }
        return line
    }
}

extension Line {
    mutating func trimEnd() {
        while let last = bytes.last, last.isBlank { removeLast() }
    }

    mutating func trim() {
        trimEnd()
        let start = bytes.skippingBlanks(from: 0, to: bytes.count)
        bytes.removeFirst(start)
        origins.removeFirst(start)
    }

    mutating func removeLast() {
        bytes.removeLast()
        origins.removeLast()
    }

    /// Whether it ends with a `\` that is not itself escaped.
    var endsWithBackslash: Bool {
        bytes.reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1
    }
}
