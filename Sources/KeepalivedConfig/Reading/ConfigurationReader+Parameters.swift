/// `$NAME=value`, and what `$NAME` and `${NAME}` stand for.
extension ConfigurationReader {
    /// A definition within a line.
    struct Definition {
        var name: String
        /// `$NAME`.
        var range: Range<Int>
        /// Where its value begins, behind the `=`.
        var value: Int
    }

    /// The definition that begins at a position.
    static func definition(in line: Line, at position: Int) -> Definition? {
        let bytes = line.bytes
        guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "$"), bytes[position + 1].beginsName else {
            return nil
        }
        let end = bytes[(position + 1)...].firstIndex { !$0.continuesName } ?? bytes.count
        guard end < bytes.count, bytes[end] == UInt8(ascii: "=") else { return nil }
        return Definition(name: bytes.text(position + 1..<end), range: position..<end, value: end + 1)
    }

    mutating func define(_ definition: Definition, in line: Line) {
        var value = Line()
        value.append(line, definition.value..<line.count)
        value.trim()
        define(definition.name, Parameter(value.bytes), at: line.span(definition.range))
    }

    mutating func define(_ name: String, _ parameter: Parameter, at span: SourceSpan) {
        if Self.predefined.contains(name) {
            report(
                Diagnostic(
                    .warning, "redefined-parameter", "this replaces the predefined parameter ${\(name)}", at: span,
                    expected: "a name that does not begin with _"))
        }
        parameters[name] = parameter
    }

    // MARK: Expansion

    /// A stretch of a line whose references have been replaced.
    struct Expansion {
        var line: Line
        /// The reference to several lines that ends it.
        var multiline: (name: String, origin: Line.Origin)?
    }

    /// Replaces the references in a stretch of a line, and those in what they stand for.
    ///
    /// - Returns: Nil where a limit or a circle makes it impossible.
    mutating func expand(_ line: Line, _ range: Range<Int>) -> Expansion? {
        // The text that is still to be looked at, as a stack with its next byte on top: what a reference stands for is
        // pushed and looked at again.
        var rest = Line()
        rest.append(line, range)
        rest.reverse()
        var result = Line()
        /// References that are being replaced, each with how much of the rest lies below what it stands for.
        var open: [(name: String, floor: Int)] = []
        var substitutions = 0
        var isQuoted = false

        while let byte = rest.bytes.last, let origin = rest.origins.last {
            while let last = open.last, rest.count <= last.floor { open.removeLast() }
            guard byte == UInt8(ascii: "$"), let reference = Self.topReference(of: rest) else {
                if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
                result.append(byte, from: origin)
                rest.removeLast()
                continue
            }
            let span = open.isEmpty ? rest.topSpan(reference.range.count) : origin
            guard let value = value(of: reference, at: span, isQuoted: isQuoted) else {
                rest.move(reference.range.count, to: &result)
                continue
            }
            if value.isMultiline {
                if rest.isBlank(below: reference.range.count) {
                    return Expansion(line: result, multiline: (reference.name, span))
                }
                report(
                    Diagnostic(
                        .error, "multiline-parameter",
                        "$\(reference.name) has several lines, so nothing may follow it here",
                        at: span.span))
                rest.move(reference.range.count, to: &result)
                continue
            }
            guard !open.contains(where: { $0.name == reference.name }) else {
                report(
                    Diagnostic(
                        .error, "circular-parameter", "$\(reference.name) stands for itself in the end", at: span.span))
                return nil
            }
            let text = value.lines.first ?? []
            substitutions += 1
            guard substitutions <= context.limits.substitutions,
                rest.count + result.count + text.count <= context.limits.lineLength
            else {
                report(
                    Diagnostic(
                        .error, "expansion-too-long", "what this line stands for is too long", at: span.span,
                        expected: "at most \(context.limits.lineLength) bytes"))
                return nil
            }
            expandedBytes += text.count + 1
            rest.drop(reference.range.count)
            open.append((reference.name, rest.count))
            rest.push(text, from: span)
            // `$${A}` is a reference to what A names.
            if result.bytes.last == UInt8(ascii: "$") { result.moveLast(to: &rest) }
        }
        return Expansion(line: result)
    }

    /// The reference on top of a reversed line.
    private static func topReference(of rest: Line) -> Reference? {
        // No name is longer than this; what is longer is text.
        let top = Array(rest.bytes.suffix(300).reversed())
        return Reference(top, at: 0)
    }

    // MARK: Values

    static let predefined: Set<String> = ["_PWD", "_INSTANCE", "_RANDOM", "_ENV", "_HASH", "_BANG"]

    /// What a reference stands for; nil if it stays as it is.
    private mutating func value(of reference: Reference, at origin: Line.Origin, isQuoted: Bool) -> Parameter? {
        let span = origin.span
        if reference.arguments.isEmpty, let parameter = parameters[reference.name] {
            if reference.isDelimited { return parameter }
            report(
                Diagnostic(
                    .warning, "undelimited-parameter", "$\(reference.name) is not replaced, for text follows it",
                    at: span,
                    expected: "${\(reference.name)}"))
            return nil
        }
        if reference.isDelimited, let text = predefinedValue(reference, at: span) { return Parameter(text) }
        // In quotes it may be meant for a script's shell, unless this configuration has parameters of its own.
        if reference.isDelimited, !isQuoted || !parameters.isEmpty, !Self.predefined.contains(reference.name) {
            report(
                Diagnostic(
                    .warning, "undefined-parameter",
                    "there is no parameter $\(reference.name); the text stays as it is",
                    at: span, expected: "a definition $\(reference.name)=… before this line",
                    suggestion: nearestParameter(to: reference.name)))
        }
        return nil
    }

    private mutating func predefinedValue(_ reference: Reference, at span: SourceSpan) -> [UInt8]? {
        switch (reference.name, reference.arguments.count) {
        case ("_PWD", 0):
            return readingNow.last.map { Array(files.folder(of: sources[Int($0)].path).utf8) }
        case ("_INSTANCE", 0): return Array(context.configurationID.utf8)
        case ("_HASH", 0): return [UInt8(ascii: "#")]
        case ("_BANG", 0): return [UInt8(ascii: "!")]
        case ("_RANDOM", _): return randomNumber(reference, at: span)
        case ("_ENV", 1):
            let name = String(reference.arguments[0])
            if let value = files.environmentVariable(name) { return Array(value.utf8.prefix { $0 != 0x0a && $0 != 0 }) }
            report(
                Diagnostic(
                    .warning, "undefined-environment-variable",
                    "the environment has no variable \(name), so this is empty",
                    at: span))
            return []
        case ("_ENV", _):
            report(
                Diagnostic(
                    .error, "bad-parameter", "${_ENV} needs the name of one environment variable", at: span,
                    expected: "${_ENV NAME}"))
            return nil
        default: return nil
        }
    }

    private mutating func randomNumber(_ reference: Reference, at span: SourceSpan) -> [UInt8]? {
        let bounds = reference.arguments.map { UInt32($0) ?? .max }
        let low = bounds.first ?? 0
        let high = bounds.count > 1 ? bounds[1] : 32_767
        guard bounds.count <= 2, !bounds.contains(.max), low <= high else {
            report(
                Diagnostic(
                    .error, "bad-parameter", "${_RANDOM} takes the smallest and the largest number that it may give",
                    at: span, expected: "${_RANDOM [MIN [MAX]]}, MIN no larger than MAX"))
            return nil
        }
        return Array(String(UInt32.random(in: low...high, using: &randomNumbers)).utf8)
    }

    private func nearestParameter(to name: String) -> String? {
        let wanted = name.uppercased()
        return parameters.keys.sorted().first { candidate in
            candidate.uppercased() == wanted
                || (candidate.utf8.count == name.utf8.count && zip(candidate.utf8, name.utf8).count { $0 != $1 } == 1)
        }.map { "$" + $0 }
    }
}

extension Line {
    mutating func reverse() {
        bytes.reverse()
        origins.reverse()
    }

    // MARK: As a stack: what comes next is last

    /// Where the next `length` bytes were written.
    fileprivate func topSpan(_ length: Int) -> Origin {
        guard let first = origins.last else { return Origin(file: 0, line: 1, column: 1, length: 0) }
        let end = origins[origins.count - min(length, origins.count)]
        guard end.line == first.line, end.file == first.file else { return first }
        return Origin(
            file: first.file, line: first.line, column: first.column,
            length: max(first.length, end.column &+ end.length &- first.column))
    }

    fileprivate func isBlank(below length: Int) -> Bool {
        bytes.dropLast(length).allSatisfy { $0.isBlank }
    }

    fileprivate mutating func drop(_ length: Int) {
        bytes.removeLast(min(length, bytes.count))
        origins.removeLast(min(length, origins.count))
    }

    fileprivate mutating func push(_ text: [UInt8], from origin: Origin) {
        bytes += text.reversed()
        origins += repeatElement(origin, count: text.count)
    }

    fileprivate mutating func moveLast(to other: inout Line) {
        guard let byte = bytes.popLast(), let origin = origins.popLast() else { return }
        other.append(byte, from: origin)
    }

    fileprivate mutating func move(_ length: Int, to other: inout Line) {
        for _ in 0..<length { moveLast(to: &other) }
    }
}
