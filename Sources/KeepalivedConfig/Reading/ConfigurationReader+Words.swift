/// From lines to statements and blocks.
extension ConfigurationReader {
    /// Reads a line that has no `$`, `\` or `'` in it and does not begin with `@`, `~` or an include: nearly every line.
    mutating func readPlainLine(_ bytes: [UInt8], _ range: Range<Int>, _ cursor: LineCursor) {
        var position = range.lowerBound
        var keyword: Word?
        var arguments: [Word] = []
        while position < range.upperBound {
            let byte = bytes[position]
            if byte.isBlank {
                position &+= 1
                continue
            }
            if byte.beginsComment { break }
            if byte == UInt8(ascii: "{"), let end = Self.placeholderEnd(bytes, position, range.upperBound) {
                let span = cursor.span(position..<end)
                reportPlaceholder(at: span)
                let word = Word(bytes.text(position..<end), at: span)
                let isText = bytes[position &+ 1] == UInt8(ascii: "{")
                if isText, keyword == nil { keyword = word } else if isText { arguments.append(word) }
                position = end
                continue
            }
            if byte.isBrace {
                emit(&keyword, &arguments)
                brace(byte, at: cursor.span(position..<position + 1), isFirst: position == range.lowerBound)
                position = bytes.skippingBlanks(from: position &+ 1, to: range.upperBound)
                let rest = position..<range.upperBound
                if !rest.isEmpty, Self.needsProcessing(bytes, rest) {
                    process(Self.withoutComment(bytes, rest, cursor), from: 0)
                    return
                }
                continue
            }
            let word: Word
            if byte == UInt8(ascii: "\"") {
                let end = bytes.closingQuote(from: position &+ 1, to: range.upperBound)
                let stop = end ?? range.upperBound
                let span = cursor.span(position..<min(stop &+ 1, range.upperBound))
                if end == nil { reportUnterminatedQuote(at: span) }
                word = Word(bytes.text(position &+ 1..<stop), at: span, isQuoted: true)
                position = stop &+ 1
            } else {
                let start = position
                var highBits = byte
                repeat {
                    highBits |= bytes[position]
                    position &+= 1
                } while position < range.upperBound && !bytes[position].endsWord
                word = Word(bytes.text(start..<position), at: cursor.span(start..<position))
                if highBits >= 0x80 { reportOddCharacters(word) }
            }
            if keyword == nil { keyword = word } else { arguments.append(word) }
        }
        emit(&keyword, &arguments)
    }

    /// Ends a statement.
    @inline(__always)
    private mutating func emit(_ keyword: inout Word?, _ arguments: inout [Word], scriptArguments: [Word]? = nil) {
        guard let first = keyword else { return }
        add(Statement(keyword: first, arguments: arguments, scriptArguments: scriptArguments))
        keyword = nil
        arguments = []
    }

    /// Adds a statement to the tree, and heeds it if it is one that reading depends on.
    mutating func add(_ statement: Statement) {
        tree.add(statement)
        if tree.statementCount >= context.limits.statements {
            giveUp(
                "too-many-statements", "the configuration has more than \(context.limits.statements) statements",
                statement.keyword.span)
        }
        switch statement.keyword.text {
        case "include_check": readIncludeCheck(statement)
        case "random_seed":
            if let seed = statement.arguments.first.flatMap({ UInt64($0.text) }) {
                randomNumbers = RandomNumbers(seed: seed)
            }
        default: break
        }
    }

    /// - Parameter isFirst: Whether it is the first in its line.
    mutating func brace(_ byte: UInt8, at span: SourceSpan, isFirst: Bool = false) {
        if byte == UInt8(ascii: "}") {
            guard !tree.closeBlock(at: span, isFirst: isFirst) else { return }
            var related: [Diagnostic.Related] = []
            if let statement = tree.candidate(for: span) {
                related.append(.init("its { may be missing behind this", at: statement.keyword.span))
            } else if let misplaced = Self.misplaced(tree) {
                related.append(misplaced)
            }
            report(
                Diagnostic(
                    .error, "unexpected-closing-brace", "this } closes nothing: no block is open here", at: span,
                    related: related))
        } else if tree.depth >= context.limits.blockDepth {
            giveUp("too-deep", "there are more than \(context.limits.blockDepth) blocks within each other", span)
        } else if !tree.openBlock(at: span) {
            report(
                Diagnostic(
                    .error, "unexpected-opening-brace", "this { has no keyword before it", at: span,
                    expected: "the keyword of a block"))
        }
    }

    /// Where braces ceased to match, by the indentation.
    static func misplaced(_ tree: TreeBuilder) -> Diagnostic.Related? {
        tree.misplacedClose.map {
            Diagnostic.Related(
                "braces may have ceased to match before this }: it closes `\($0.keyword.text)` of line "
                    + "\($0.keyword.span.line)", at: $0.brace)
        }
    }

    mutating func reportUnterminatedQuote(at span: SourceSpan) {
        report(
            Diagnostic(
                .error, "unterminated-quote", "the quotation that begins here does not end on its line", at: span,
                expected: "a closing \""))
    }

    /// Where `{{ … }}` or `{% … %}` ends, which templates of other programs have.
    private static func placeholderEnd(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int? {
        guard start + 3 < end else { return nil }
        let closing: UInt8
        switch bytes[start + 1] {
        case UInt8(ascii: "{"): closing = UInt8(ascii: "}")
        case UInt8(ascii: "%"): closing = UInt8(ascii: "%")
        default: return nil
        }
        var position = start + 2
        while position + 1 < end {
            if bytes[position] == closing, bytes[position + 1] == UInt8(ascii: "}") { return position + 2 }
            position += 1
        }
        return nil
    }

    private mutating func reportPlaceholder(at span: SourceSpan) {
        report(
            Diagnostic(
                .error, "template-placeholder", "this is a template's placeholder that nothing has filled in", at: span)
        )
    }

    /// Warns of characters that come from web pages and word processors and only look like blanks and quotes.
    mutating func reportOddCharacters(_ word: Word) {
        let odd: (name: String, instead: String)? = word.text.unicodeScalars.lazy.compactMap { scalar in
            switch scalar.value {
            case 0xa0, 0x2007, 0x202f: ("a no-break space", "an ordinary space")
            case 0x200b, 0x2060, 0xfeff: ("an invisible character", "nothing")
            case 0x201c, 0x201d, 0x201e: ("a typographic quotation mark", "\"")
            case 0x2013, 0x2014, 0x2212: ("a dash", "-")
            default: nil
            }
        }.first
        guard let odd else { return }
        report(
            Diagnostic(
                .warning, "odd-character", "there is \(odd.name) in this word, which is read as a letter",
                at: word.span,
                expected: odd.instead))
    }

    // MARK: Lines that went through expansion

    /// Reads a segment of a line: words without braces outside quotes.
    mutating func readSegment(_ line: Line, _ range: Range<Int>) {
        var plain = WordSplitter(line: line, range: range)
        let words = plain.plainWords()
        guard let keyword = words.first else { return }
        var arguments = Array(words.dropFirst())
        var scriptArguments: [Word]?
        if plain.mayHaveEscapes {
            var escaped = WordSplitter(line: line, range: range)
            let script = escaped.escapedWords()
            if escaped.unterminated == nil {
                scriptArguments = Array(script.dropFirst())
                if let quote = plain.unterminated {
                    report(
                        Diagnostic(
                            .warning, "escaped-quote",
                            "keepalived knows \\\" only in the arguments of scripts and takes this for an open quotation",
                            at: quote))
                    arguments = scriptArguments ?? arguments
                }
                plain.unterminated = nil
            }
        }
        if let quote = plain.unterminated { reportUnterminatedQuote(at: quote) }
        for word in words where !word.isQuoted && word.text.utf8.contains(where: { $0 >= 0x80 }) {
            reportOddCharacters(word)
        }
        add(Statement(keyword: keyword, arguments: arguments, scriptArguments: scriptArguments))
    }
}

extension UInt8 {
    /// Ends a word that is not quoted.
    @inline(__always)
    fileprivate var endsWord: Bool { isBlank || isBrace || beginsComment || self == UInt8(ascii: "\"") }
}

extension [UInt8] {
    /// The next `"`; nil if there is none before `end`.
    func closingQuote(from start: Int, to end: Int) -> Int? {
        var position = start
        while position < end {
            if self[position] == UInt8(ascii: "\"") { return position }
            position &+= 1
        }
        return nil
    }
}
