import Addresses

/// Reads a line of words in the manner of iproute2: options with their values, in any order.
struct WordReader {
    /// The line's words, the first included.
    let words: [Word]
    var index = 0

    init(_ statement: Statement) { words = [statement.keyword] + statement.arguments }

    var peek: Word? { index < words.count ? words[index] : nil }

    mutating func next() -> Word? {
        guard index < words.count else { return nil }
        defer { index += 1 }
        return words[index]
    }

    /// The value of an option, which must be there.
    mutating func value(of option: Word, _ expected: String, _ interpreter: inout Interpreter) -> Word? {
        if let word = next() { return word }
        interpreter.error(
            "missing-argument", "\(option.text) needs a value", at: option, expected: "\(option.text) \(expected)")
        return nil
    }

    mutating func integer(
        of option: Word, _ range: ClosedRange<Int>, _ interpreter: inout Interpreter
    ) -> Int? {
        guard let word = value(of: option, "NUMBER", &interpreter) else { return nil }
        return interpreter.integerOrHexadecimal(word, of: option, range)
    }

    mutating func name(of option: Word, _ interpreter: inout Interpreter) -> String? {
        value(of: option, "NAME", &interpreter)?.text
    }

    mutating func interface(of option: Word, _ interpreter: inout Interpreter) -> String? {
        value(of: option, "INTERFACE", &interpreter).flatMap { interpreter.interface($0) }
    }

    mutating func address(of option: Word, _ interpreter: inout Interpreter) -> IPAddress? {
        value(of: option, "ADDRESS", &interpreter).flatMap { interpreter.address($0) }
    }

    mutating func numberOrName(
        of option: Word, _ range: ClosedRange<Int>, _ interpreter: inout Interpreter
    ) -> NumberOrName? {
        guard let word = value(of: option, "NUMBER|NAME", &interpreter) else { return nil }
        guard let first = word.text.utf8.first, first &- 0x30 < 10 else { return .name(word.text) }
        return interpreter.integerOrHexadecimal(word, of: option, range).map { .number($0) }
    }

    /// Leaves out the word behind an unknown option, which was meant for its value.
    mutating func skipValue(unlessIn options: [String]) {
        if let word = peek, !options.contains(word.text) { index += 1 }
    }

    /// The line as text, one blank between words.
    var text: String { words.map(\.text).joined(separator: " ") }
}
