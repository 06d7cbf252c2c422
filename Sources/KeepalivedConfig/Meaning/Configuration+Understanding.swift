extension Configuration {
    /// Reads a tree into a configuration and finds all that is wrong with it, the tree's own diagnostics included.
    ///
    /// What is wrong is reported and replaced by its default, so that one run finds every fault. The diagnostics are in
    /// the order of the files.
    ///
    /// - Parameter host: this machine; nil leaves out what depends on it.
    package static func understand(
        _ tree: ConfigurationTree, host: (any HostFacts)? = nil
    ) -> (configuration: Configuration, diagnostics: [Diagnostic]) {
        var interpreter = Interpreter()
        var configuration = Configuration()
        interpreter.read(tree.statements, into: &configuration, by: Keywords.root)
        configuration.ignored = interpreter.ignored
        return (configuration, tree.diagnostics + interpreter.diagnostics)
    }
}
