/// `~SEQ` and `~LST`: the rest of the line, once for each value.
extension ConfigurationReader {
    /// What a line is repeated for.
    struct Repetition {
        var variables: [String]
        var values: Values
        /// Where the rest of the line begins.
        var rest: Int

        enum Values {
            case numbers(start: Int, step: Int, count: Int, isHexadecimal: Bool)
            case list([[[UInt8]]])
            /// A fault that has been told: the line is left out.
            case none
        }
    }

    mutating func repeatRest(of line: Line, _ repetition: Repetition) {
        switch repetition.values {
        case .none: break
        case .numbers(let start, let step, let count, let isHexadecimal):
            var value = start
            for _ in 0..<count where !hasGivenUp {
                for variable in repetition.variables {
                    parameters[variable] = Parameter(Array(String(value, radix: isHexadecimal ? 16 : 10).utf8))
                }
                process(line, from: repetition.rest)
                value &+= step
            }
        case .list(let elements):
            for element in elements where !hasGivenUp {
                for (index, variable) in repetition.variables.enumerated() {
                    parameters[variable] = Parameter(index < element.count ? element[index] : [])
                }
                process(line, from: repetition.rest)
            }
        }
    }

    /// Reads `~SEQ(…)` or `~LST(…)`; nil if it is neither.
    mutating func repetition(_ line: Line, at position: Int) -> Repetition? {
        let bytes = line.bytes
        let isList = bytes.has("~LST", at: position, before: bytes.count)
        let isHexadecimal = bytes.has("~SEQx", at: position, before: bytes.count)
        guard isList || bytes.has("~SEQ", at: position, before: bytes.count) else { return nil }
        let open = bytes.skippingBlanks(from: position + (isHexadecimal ? 5 : 4), to: bytes.count)
        guard open < bytes.count, bytes[open] == UInt8(ascii: "(") else {
            // Another word that begins so is a word.
            if open < bytes.count, open == position + 4, bytes[open].continuesName { return nil }
            return fault(isList, "a ( must follow", line, position..<min(open + 1, bytes.count))
        }
        guard let close = bytes[open...].firstIndex(of: UInt8(ascii: ")")) else {
            return fault(isList, "its ) is missing", line, position..<bytes.count)
        }
        let whole = position..<close + 1
        let rest = close + 1
        if isList { return list(line, open + 1..<close, whole, rest) }
        guard let expansion = expand(line, open + 1..<close), expansion.multiline == nil else {
            return fault(false, "a number of it has several lines", line, whole)
        }
        let words = expansion.line.text.split(separator: ",", omittingEmptySubsequences: false).map(Self.trimmed)
        return sequence(words, isHexadecimal, line, whole, rest)
    }

    private mutating func sequence(
        _ words: [Substring], _ isHexadecimal: Bool, _ line: Line, _ whole: Range<Int>, _ rest: Int
    ) -> Repetition? {
        guard (2...4).contains(words.count), Self.isName(words[0]) else {
            return fault(false, "it takes a name and one to three numbers", line, whole)
        }
        let numbers = words.dropFirst().compactMap(Self.number)
        guard numbers.count == words.count - 1 else {
            return fault(false, "its values must be whole numbers", line, whole)
        }
        let end = numbers[numbers.count - 1]
        let start = numbers.count > 1 ? numbers[0] : (end > 0 ? 1 : -1)
        let step = numbers.count > 2 ? numbers[1] : (end >= start ? 1 : -1)
        guard step != 0, (end >= start) == (step > 0) || end == start else {
            return fault(false, "its step leads away from its end", line, whole)
        }
        guard !isHexadecimal || min(start, end) >= 0 else {
            return fault(false, "hexadecimal numbers cannot be negative", line, whole)
        }
        // The numbers are of 32 bits, so that this cannot overflow.
        let count = abs(end - start) / abs(step) + 1
        guard count <= context.limits.statements else {
            giveUp("too-many-statements", "this sequence has \(count) numbers", line.span(whole))
            return Repetition(variables: [], values: .none, rest: rest)
        }
        return Repetition(
            variables: [String(words[0])],
            values: .numbers(start: start, step: step, count: count, isHexadecimal: isHexadecimal), rest: rest)
    }

    private mutating func list(
        _ line: Line, _ range: Range<Int>, _ whole: Range<Int>, _ rest: Int
    ) -> Repetition? {
        guard let elements = Self.elements(line.bytes, range), elements.count > 1 else {
            return fault(true, "it takes a name and at least one value", line, whole)
        }
        let variables = elements[0].map { Self.trimmed(Substring(String(decoding: $0, as: UTF8.self))) }
        guard variables.allSatisfy(Self.isName) else {
            return fault(true, "its first part must be a name, or names in braces", line, whole)
        }
        let values = Array(elements.dropFirst())
        guard values.allSatisfy({ $0.count <= variables.count }) else {
            return fault(true, "a part of it has more values than there are names", line, whole)
        }
        return Repetition(variables: variables.map { String($0) }, values: .list(values), rest: rest)
    }

    private mutating func fault(_ isList: Bool, _ what: String, _ line: Line, _ range: Range<Int>) -> Repetition {
        let name = isList ? "~LST" : "~SEQ"
        report(
            Diagnostic(
                .error, isList ? "bad-list" : "bad-sequence", "this \(name) cannot be read: \(what)",
                at: line.span(range),
                expected: isList
                    ? "~LST(NAME, VALUE, …) or ~LST({NAME, …}, {VALUE, …}, …)" : "~SEQ(NAME, [START, [STEP,]] END)"))
        return Repetition(variables: [], values: .none, rest: line.count)
    }

    // MARK: Words

    /// Splits at commas; what stands in braces is one element of several parts.
    ///
    /// - Returns: Nil if the braces do not match.
    private static func elements(_ bytes: [UInt8], _ range: Range<Int>) -> [[[UInt8]]]? {
        var elements: [[[UInt8]]] = []
        for element in split(bytes, range) {
            let start = bytes.skippingBlanks(from: element.lowerBound, to: element.upperBound)
            var end = element.upperBound
            while end > start, bytes[end - 1].isBlank { end -= 1 }
            guard start < end, bytes[start] == UInt8(ascii: "{") else {
                guard
                    !bytes[start..<end].contains(where: { $0.isBrace })
                        || bytes[start..<end].contains(UInt8(ascii: "$"))
                else { return nil }
                elements.append([Array(bytes[start..<end])])
                continue
            }
            guard bytes[end - 1] == UInt8(ascii: "}") else { return nil }
            elements.append(
                split(bytes, start + 1..<end - 1).map { part in
                    var line = Line()
                    line.append(Array(bytes[part]), for: Line.Origin(file: 0, line: 0, column: 0, length: 0))
                    line.trim()
                    return line.bytes
                })
        }
        return elements
    }

    /// The stretches between commas that are not in braces.
    private static func split(_ bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var depth = 0
        var start = range.lowerBound
        for position in range {
            switch bytes[position] {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: ","):
                if depth == 0 {
                    parts.append(start..<position)
                    start = position + 1
                }
            default: break
            }
        }
        parts.append(start..<range.upperBound)
        return parts
    }

    private static func trimmed(_ text: Substring) -> Substring {
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return text[first...last]
    }

    private static func isName(_ text: Substring) -> Bool {
        text.utf8.first?.beginsName == true && text.utf8.allSatisfy { $0.continuesName }
    }

    /// A number as C writes it: decimal, `0x…` or `0…` for octal.
    private static func number(_ text: Substring) -> Int? {
        let isNegative = text.first == "-"
        let digits = isNegative || text.first == "+" ? text.dropFirst() : text
        guard digits.utf8.first?.isDigit == true else { return nil }
        let magnitude: Int32?
        if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
            magnitude = Int32(digits.dropFirst(2), radix: 16)
        } else if digits.count > 1, digits.first == "0" {
            magnitude = Int32(digits.dropFirst(), radix: 8)
        } else {
            magnitude = Int32(digits)
        }
        guard let magnitude, magnitude >= 0 else { return nil }
        return isNegative ? -Int(magnitude) : Int(magnitude)
    }
}

extension Line {
    fileprivate var text: String { bytes.text(0..<bytes.count) }
}
