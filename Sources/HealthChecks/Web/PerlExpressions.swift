import KeepalivedConfig

/// The expressions that `regex` takes: PCRE2's, as with keepalived.
package struct PerlExpressions: ExpressionGrammar {
    package init() {}

    package func fault(in pattern: String, options: [String]) -> String? {
        do throws(RegularExpression.CompileError) {
            _ = try RegularExpression(pattern, options: options)
            return nil
        } catch {
            return "\(error.message), at byte \(error.offset)"
        }
    }
}
