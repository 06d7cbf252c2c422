/// What knows whether a regular expression is one. The engine that the checks run on is a C library, which what is pure
/// does not see.
package protocol ExpressionGrammar {
    /// What is wrong with the pattern, as a phrase; nil if it can be used.
    ///
    /// - Parameter options: The words of `regex_options`.
    func fault(in pattern: String, options: [String]) -> String?
}
