extension Configuration {
    /// Reads a tree into a configuration and finds all that is wrong with it, the tree's own diagnostics included.
    ///
    /// What is wrong is reported and replaced by its default, so that one run finds every fault. The diagnostics are in
    /// the order of the files.
    ///
    /// - Parameters:
    ///   - host: this machine; nil leaves out what depends on it.
    ///   - expressions: what knows regular expressions; with nil they are not looked at.
    package static func understand(
        _ tree: ConfigurationTree, host: (any HostFacts)? = nil, expressions: (any ExpressionGrammar)? = nil
    ) -> (configuration: Configuration, diagnostics: [Diagnostic]) {
        let understanding = Understanding()
        for statement in tree.statements { understanding.add(statement) }
        return understanding.finish(tree.diagnostics, host, expressions)
    }

    /// Reads a file and what it includes, and does as `understand` with each block as soon as it is read: without the
    /// tree, which takes ten times the room of the text.
    package static func read(
        _ path: String, in context: ReadingContext, from files: any ConfigurationFiles, host: (any HostFacts)? = nil,
        expressions: (any ExpressionGrammar)? = nil
    ) -> (configuration: Configuration, diagnostics: [Diagnostic], files: [SourceFile]) {
        let understanding = Understanding()
        let rest = ConfigurationReader.read(path, in: context, from: files) { understanding.add($0) }
        let (configuration, diagnostics) = understanding.finish(rest.diagnostics, host, expressions)
        return (configuration, diagnostics, rest.files)
    }
}

/// A configuration that comes to be understood, statement by statement.
private final class Understanding {
    private var interpreter = Interpreter()
    private var configuration = Configuration()
    private var seen = Interpreter.SeenKeywords()
    /// Where each keyword of the top level stands for the first time.
    private var firsts: [String: SourceSpan] = [:]

    func add(_ statement: Statement) {
        let name = statement.keyword.text
        interpreter.read(statement, into: &configuration, by: Keywords.root, after: &seen) { firsts[$0] }
        if firsts.count < ReadingLimits.faultsTold, firsts[name] == nil { firsts[name] = statement.keyword.span }
    }

    func finish(
        _ diagnosticsOfText: [Diagnostic], _ host: (any HostFacts)?, _ expressions: (any ExpressionGrammar)?
    ) -> (configuration: Configuration, diagnostics: [Diagnostic]) {
        configuration.ignored = interpreter.ignored
        configuration.fillInDefaults()
        var examination = Examination(configuration, host: host, expressions: expressions)
        configuration = Configuration()
        examination.examine()
        // A placeholder of a template has its diagnostic, and there is no more to say about its line.
        let placeholders = Set(
            diagnosticsOfText.lazy.filter { $0.code == "template-placeholder" }.compactMap { $0.span?.wholeLine })
        let found = (interpreter.found.diagnostics + examination.found.diagnostics).filter { diagnostic in
            placeholders.isEmpty || diagnostic.span.map { !placeholders.contains($0.wholeLine) } ?? true
        }
        // One } too many at the end takes nothing away; before lines that stand outside now it does.
        let isHarmless = !found.contains { $0.code == "misplaced-keyword" || $0.code == "unknown-keyword" }
        let ofText = diagnosticsOfText.map { diagnostic in
            var diagnostic = diagnostic
            if isHarmless, diagnostic.code == "unexpected-closing-brace" { diagnostic.severity = .warning }
            return diagnostic
        }
        return (examination.configuration, Diagnostic.inOrder(ofText + found))
    }
}

extension SourceSpan {
    /// The line that it is on, whatever part of it.
    fileprivate var wholeLine: SourceSpan { SourceSpan(file: file, line: line, column: 0, length: 0) }
}
