@testable import KeepalivedConfig

/// A tree as text: words with `|` around those that are quoted or hold a space, `{ … }` for blocks, `;` between
/// statements.
func outline(_ statements: [Statement]) -> String {
    statements.map { statement in
        let words = [statement.keyword] + statement.arguments
        let line = words.map { $0.isQuoted || $0.text.contains(" ") ? "|\($0.text)|" : $0.text }.joined(separator: " ")
        guard let body = statement.body else { return line }
        return body.isEmpty ? line + " { }" : line + " { " + outline(body) + " }"
    }.joined(separator: "; ")
}

/// The codes of a reading's faults, each with the line it is in.
func faults(_ tree: ConfigurationTree) -> [String] {
    tree.diagnostics.map { "\($0.span?.line ?? 0) \($0.code)" }
}
