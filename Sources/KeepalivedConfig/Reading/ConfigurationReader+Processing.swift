/// Lines that are more than words: conditions, definitions, sequences, includes, and references to parameters.
extension ConfigurationReader {
    /// Reads a line, or what is left of it.
    ///
    /// - Parameter isExpanded: Whether its references have been replaced already.
    mutating func process(_ line: Line, from start: Int, isExpanded: Bool = false) {
        expandedBytes += line.count - start
        guard expandedBytes <= context.limits.expandedBytes else {
            giveUp(
                "too-much-text",
                "lines that are expanded or repeated come to more than "
                    + "\(context.limits.expandedBytes >> 20) MiB", line.span(start..<line.count))
            return
        }
        guard expansionDepth < context.limits.expansionDepth else {
            giveUp(
                "expansion-too-deep", "this stands for lines that stand for lines, without end",
                line.span(start..<line.count))
            return
        }
        expansionDepth += 1
        defer { expansionDepth -= 1 }

        var position = start
        while !hasGivenUp {
            position = line.bytes.skippingBlanks(from: position, to: line.count)
            guard position < line.count else { return }
            switch line.bytes[position] {
            case UInt8(ascii: "@"):
                guard let next = passCondition(line, at: position) else { return }
                position = next
                continue
            case UInt8(ascii: "$"):
                if let definition = Self.definition(in: line, at: position) {
                    define(definition, in: line)
                    return
                }
            case UInt8(ascii: "~"):
                if let repetition = repetition(line, at: position) {
                    repeatRest(of: line, repetition)
                    return
                }
            case UInt8(ascii: "i"):
                if let keyword = Self.includeKeyword(line.bytes, at: position, before: line.count) {
                    include(keyword, line, from: position, isExpanded: isExpanded)
                    return
                }
            default: break
            }
            position = processSegment(line, from: position, isExpanded: isExpanded)
        }
    }

    /// Reads the words up to the next brace, and the brace.
    ///
    /// - Returns: Where the rest of the line begins.
    private mutating func processSegment(_ line: Line, from start: Int, isExpanded: Bool) -> Int {
        let end = Self.segmentEnd(line, from: start)
        if !isExpanded, line.bytes[start..<end].contains(UInt8(ascii: "$")) {
            processReferences(line, start..<end)
        } else if end > start {
            readSegment(line, start..<end)
        }
        guard end < line.count, !hasGivenUp else { return end }
        brace(line.bytes[end], at: line.span(end..<end + 1))
        return end + 1
    }

    private mutating func processReferences(_ line: Line, _ range: Range<Int>) {
        guard let expansion = expand(line, range) else { return }
        guard let multiline = expansion.multiline else {
            process(expansion.line, from: 0, isExpanded: true)
            return
        }
        // The first line of the definition goes on where the reference stands; it has references of its own.
        var first = expansion.line
        let lines = parameters[multiline.name]?.lines ?? []
        first.append(lines.first ?? [], for: multiline.origin)
        process(first, from: 0)
        for next in lines.dropFirst() where !hasGivenUp {
            var following = Line()
            following.append(next, for: multiline.origin)
            process(following, from: 0)
        }
    }

    /// The next brace that is neither in quotes nor part of a `${NAME}`, or the end of the line.
    static func segmentEnd(_ line: Line, from start: Int) -> Int {
        let bytes = line.bytes
        var isQuoted = false
        var position = start
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: "\\"):
                if isQuoted { position += 1 }
            case UInt8(ascii: "$"):
                if let reference = Reference(bytes, at: position), reference.isBraced {
                    position = reference.range.upperBound - 1
                }
            case UInt8(ascii: "{"), UInt8(ascii: "}"):
                if !isQuoted { return position }
            default: break
            }
            position += 1
        }
        return bytes.count
    }

    // MARK: Conditions

    /// Steps over `@ID` or `@^ID`.
    ///
    /// - Returns: Where the rest begins; nil if the line does not count.
    private func passCondition(_ line: Line, at position: Int) -> Int? {
        let end = Self.conditionEnd(line, at: position)
        var start = position + 1
        let isNegative = start < end && line.bytes[start] == UInt8(ascii: "^")
        if isNegative { start += 1 }
        let isSame = line.bytes[start..<end].elementsEqual(context.configurationID.utf8)
        return isSame == isNegative ? nil : end
    }

    private static func conditionEnd(_ line: Line, at position: Int) -> Int {
        line.bytes[position...].firstIndex { $0.isBlank } ?? line.count
    }

    /// Where a line begins behind its conditions.
    static func skippingConditions(_ line: Line) -> Int {
        var position = line.bytes.skippingBlanks(from: 0, to: line.count)
        while position < line.count, line.bytes[position] == UInt8(ascii: "@") {
            position = line.bytes.skippingBlanks(from: conditionEnd(line, at: position), to: line.count)
        }
        return position
    }

    func conditionsHold(_ line: Line) -> Bool {
        var position = line.bytes.skippingBlanks(from: 0, to: line.count)
        while position < line.count, line.bytes[position] == UInt8(ascii: "@") {
            guard let next = passCondition(line, at: position) else { return false }
            position = line.bytes.skippingBlanks(from: next, to: line.count)
        }
        return true
    }
}
