extension Diagnostic {
    /// By place; nil where both have the same, or none. What has no place comes first.
    static func isBefore(_ left: Diagnostic, _ right: Diagnostic) -> Bool? {
        guard let a = left.span else { return right.span == nil ? nil : true }
        guard let b = right.span else { return false }
        if a.file != b.file { return a.file < b.file }
        if a.line != b.line { return a.line < b.line }
        return a.column == b.column ? nil : a.column < b.column
    }

    /// All of them by place; those of one place stay in their order.
    package static func inOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        diagnostics.enumerated().sorted { left, right in
            isBefore(left.element, right.element) ?? (left.offset < right.offset)
        }.map(\.element)
    }
}
