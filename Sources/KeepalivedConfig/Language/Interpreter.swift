/// Makes a model of a tree: keyword by keyword, with a diagnostic for everything that is wrong.
struct Interpreter: Sendable {
    var ignored: [Setting<IgnoredStatement>] = []
    private(set) var found = FoundFaults()
    private var errorCount = 0
    /// Lines whose keyword has no place where they are.
    var strangerCount = 0
    /// The names of blocks so far, by the keyword that opens them.
    private var names: [String: [String: Setting<String>]] = [:]

    init() {}

    /// Takes a name for a block.
    ///
    /// - Returns: The block's name that was there before, if it is taken.
    mutating func claim(_ name: Setting<String>, of keyword: String) -> Setting<String>? {
        if let first = names[keyword]?[name.value] { return first }
        names[keyword, default: [:]][name.value] = name
        return nil
    }

    // MARK: Diagnostics

    mutating func report(
        _ severity: Diagnostic.Severity, _ code: String, _ message: String, at span: SourceSpan?,
        expected: String? = nil, suggestion: String? = nil, related: [Diagnostic.Related] = []
    ) {
        if severity == .error, hasTooManyErrors { return }
        let isNew = found.add(
            Diagnostic(
                severity, code, message, at: span, expected: expected, suggestion: suggestion, related: related))
        guard isNew, severity == .error else { return }
        errorCount += 1
        if hasTooManyErrors {
            found.add(
                Diagnostic(
                    .error, "too-many-faults", "there are more than \(errorCount) errors; the others are not told",
                    at: nil))
        }
    }

    /// Whether no more errors are told: what has so many is no configuration, and a suggestion for each takes its time.
    var hasTooManyErrors: Bool { errorCount >= ReadingLimits.faultsTold }

    mutating func error(_ code: String, _ message: String, at word: Word, expected: String? = nil) {
        report(.error, code, message, at: word.span, expected: expected)
    }

    mutating func warn(_ code: String, _ message: String, at word: Word, expected: String? = nil) {
        report(.warning, code, message, at: word.span, expected: expected)
    }

    // MARK: Blocks

    /// Reads a block's lines by a table. `block` has all that is understood of them; the rest is reported.
    mutating func read<Block>(_ statements: [Statement], into block: inout Block, by table: KeywordTable<Block>) {
        var seen = SeenKeywords()
        for statement in statements {
            read(statement, into: &block, by: table, after: &seen) { name in
                statements.first { $0.keyword.text == name }?.keyword.span
            }
        }
    }

    /// Reads one of a block's lines.
    ///
    /// - Parameter first: Where a keyword of this block stands for the first time.
    @inline(__always)
    mutating func read<Block>(
        _ statement: Statement, into block: inout Block, by table: KeywordTable<Block>, after seen: inout SeenKeywords,
        first: (String) -> SourceSpan?
    ) {
        guard let index = table.index(of: statement.keyword.text) else {
            unknown(statement, in: table.scope)
            return
        }
        let rule = table.rules[index]
        if seen.insert(index), rule.isOnce { repeated(statement, first(statement.keyword.text)) }
        if rule.isOldSpelling || statement.arguments.count > rule.maximumWords
            || rule.opensBlock == (statement.body == nil)
        {
            check(statement, against: table.bindings[index].keyword, rule.maximumWords, in: table.scope)
        }
        rule.read(&block, statement, &self)
    }

    /// Which keywords of a table a block has had.
    struct SeenKeywords {
        private var bits = SIMD4<UInt64>()

        /// - Returns: Whether it was there already.
        mutating func insert(_ index: Int) -> Bool {
            let (word, bit) = (index >> 6 & 3, UInt64(1) << UInt64(index & 63))
            defer { bits[word] |= bit }
            return bits[word] & bit != 0
        }
    }

    /// What is wrong with a line whatever its keyword's value is.
    private mutating func check(
        _ statement: Statement, against keyword: Keyword, _ maximumWords: Int, in scope: Scope
    ) {
        if case .oldSpelling(let modern) = keyword.effect {
            report(
                .warning, "old-spelling", "\(keyword.name) is an old spelling", at: statement.keyword.span,
                suggestion: modern)
        }
        if statement.arguments.count > maximumWords { extraWords(statement, after: maximumWords, in: scope) }
        if statement.body == nil {
            guard keyword.opens != nil else { return }
            error(
                "block-expected", "\(keyword.name) opens a block", at: statement.keyword,
                expected: "{ after \(keyword.name)")
        } else if keyword.opens == nil {
            error(
                "unexpected-block", "\(keyword.name) opens no block: what is between its braces is ignored",
                at: statement.keyword, expected: "\(keyword.name) \(keyword.form.text)")
        }
    }

    /// The lines of a block; none where it was not opened.
    func body(of statement: Statement) -> [Statement] { statement.body ?? [] }

    /// Says that an item of a list opens no block.
    mutating func refuseBlock(_ item: Statement) {
        guard item.body != nil else { return }
        error("unexpected-block", "\(item.keyword.text) opens no block here", at: item.keyword)
    }

    /// The name of a block, which is its first word.
    mutating func name(of statement: Statement) -> Setting<String>? {
        guard let word = statement.arguments.first else {
            error(
                "missing-argument", "\(statement.keyword.text) needs a name", at: statement.keyword,
                expected: "\(statement.keyword.text) NAME {")
            return nil
        }
        return Setting(word.text, .file(word.span))
    }

    private mutating func extraWords(_ statement: Statement, after count: Int, in scope: Scope) {
        let extra = statement.arguments[count]
        if Keyword.isKnown(extra.text, in: scope), !extra.isQuoted {
            report(
                .warning, "extra-words",
                "\(extra.text) stands on the line of \(statement.keyword.text), so it is ignored",
                at: extra.span, expected: "\(extra.text) on a line of its own")
        } else {
            let words = statement.arguments[count...].map(\.text).joined(separator: " ")
            report(
                .warning, "extra-words", "\(statement.keyword.text) takes no more words: \(words) is ignored",
                at: extra.span)
        }
    }

    private mutating func repeated(_ statement: Statement, _ first: SourceSpan?) {
        guard let first else { return }
        report(
            .warning, "duplicate-keyword",
            "\(statement.keyword.text) is written more than once in this block: the last one counts",
            at: statement.keyword.span, related: [.init("written before here", at: first)])
    }

    /// Notes a line that has no effect here.
    mutating func ignore(_ statement: Statement, _ reason: String, in scope: Scope = .root) {
        report(
            .warning, "no-effect", "\(statement.keyword.text) has no effect here: \(reason)",
            at: statement.keyword.span)
        ignored.append(
            Setting(
                IgnoredStatement(
                    scope: scope, keyword: statement.keyword.text, words: statement.arguments.map(\.text),
                    reason: reason),
                .file(statement.keyword.span)))
    }
}
