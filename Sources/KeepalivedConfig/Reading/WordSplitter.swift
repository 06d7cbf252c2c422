/// Splits a stretch of a line into words, by either of the two ways that the language has.
///
/// Most keywords know `"…"` and nothing else. Those that take a script also know `'…'`, and escapes as in a shell,
/// and join what is written together: `a"b c"` is one word there and two elsewhere.
struct WordSplitter {
    let line: Line
    let range: Range<Int>
    /// The quotation that does not end.
    var unterminated: SourceSpan?

    /// Whether the two ways may differ.
    var mayHaveEscapes: Bool {
        line.bytes[range].contains { $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\\") }
    }

    init(line: Line, range: Range<Int>) {
        self.line = line
        self.range = range
    }

    mutating func plainWords() -> [Word] {
        let bytes = line.bytes
        var words: [Word] = []
        var position = range.lowerBound
        while true {
            position = bytes.skippingBlanks(from: position, to: range.upperBound)
            guard position < range.upperBound else { return words }
            let start = position
            if bytes[position] == UInt8(ascii: "\"") {
                let end = bytes.closingQuote(from: position + 1, to: range.upperBound)
                position = min((end ?? range.upperBound) + 1, range.upperBound)
                if end == nil { unterminated = line.span(start..<position) }
                let text = bytes.text(start + 1..<(end ?? range.upperBound))
                words.append(Word(text, at: line.span(start..<position), isQuoted: true))
            } else {
                while position < range.upperBound, !bytes[position].isBlank, bytes[position] != UInt8(ascii: "\"") {
                    position += 1
                }
                words.append(Word(bytes.text(start..<position), at: line.span(start..<position)))
            }
        }
    }

    mutating func escapedWords() -> [Word] {
        var text = ScriptText(line.bytes, range)
        var words: [Word] = []
        while let word = text.next() {
            words.append(
                Word(
                    word.text.text(0..<word.text.count), at: line.span(word.range), isQuoted: word.isQuoted))
        }
        if text.isUnterminated { unterminated = line.span(text.lastQuote..<range.upperBound) }
        return words
    }
}
