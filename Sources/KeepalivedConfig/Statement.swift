/// One word of a line, after comments, quotes, definitions and conditions have been dealt with.
package struct Word: Hashable, Sendable {
    package var text: String
    package var span: SourceSpan
    /// Whether any part of it stood in quotes: then it is never a keyword or a number by accident.
    package var isQuoted: Bool

    package init(_ text: String, at span: SourceSpan, isQuoted: Bool = false) {
        self.text = text
        self.span = span
        self.isQuoted = isQuoted
    }
}

/// A line of the configuration with the block that it opens, if it opens one.
///
/// An item of a list block, such as an address in `virtual_ipaddress`, is a statement too: its first word is what it
/// begins with.
package struct Statement: Sendable {
    package var keyword: Word
    package var arguments: [Word]
    /// The lines between `{` and `}`; nil where no block was opened.
    package var body: [Statement]?
    /// The arguments as keywords that take a script read them, if the line has quotes or escapes that only those know.
    private var escapedArguments: [Word]?

    /// The arguments of a keyword that takes a script: `'…'` quotes and `\` escapes there, as `"…"` does anywhere.
    ///
    /// The first of them is the script with its arguments; `ScriptText.words(of:)` splits it.
    package var scriptArguments: [Word] { escapedArguments ?? arguments }

    /// Where the value stands; where there is none, the keyword.
    package var valueSpan: SourceSpan { (arguments.first ?? keyword).span }

    package init(
        keyword: Word, arguments: [Word] = [], body: [Statement]? = nil, scriptArguments: [Word]? = nil
    ) {
        self.keyword = keyword
        self.arguments = arguments
        self.body = body
        escapedArguments = scriptArguments
    }
}

/// A configuration with all its included files: what was written, in order, and where each word stood.
package struct ConfigurationTree: Sendable {
    /// The first is the file that was asked for; includes follow in the order of their reading.
    package var files: [SourceFile]
    package var statements: [Statement]
    /// What is wrong with the text as text: braces, quotes, includes, definitions.
    package var diagnostics: [Diagnostic]

    package init(files: [SourceFile], statements: [Statement], diagnostics: [Diagnostic]) {
        self.files = files
        self.statements = statements
        self.diagnostics = diagnostics
    }
}
