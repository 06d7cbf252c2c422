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
        var interpreter = Interpreter()
        var configuration = Configuration()
        interpreter.read(tree.statements, into: &configuration, by: Keywords.root)
        configuration.ignored = interpreter.ignored
        configuration.fillInDefaults()
        var examination = Examination(configuration, host: host, expressions: expressions)
        examination.examine()
        // A placeholder of a template has its diagnostic, and there is no more to say about its line.
        let placeholders = Set(
            tree.diagnostics.lazy.filter { $0.code == "template-placeholder" }.compactMap { $0.span?.wholeLine })
        let found = (interpreter.found.diagnostics + examination.found.diagnostics).filter { diagnostic in
            placeholders.isEmpty || diagnostic.span.map { !placeholders.contains($0.wholeLine) } ?? true
        }
        // One } too many at the end takes nothing away; before lines that stand outside now it does.
        let isHarmless = !found.contains { $0.code == "misplaced-keyword" || $0.code == "unknown-keyword" }
        let ofText = tree.diagnostics.map { diagnostic in
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
