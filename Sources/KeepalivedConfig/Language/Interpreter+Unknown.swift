extension Interpreter {
    /// Says what an unknown keyword might have been: one of this block that is spelled alike, or one of another block.
    mutating func unknown(_ statement: Statement, in scope: Scope) {
        strangerCount += 1
        guard strangerCount <= ReadingLimits.faultsTold else {
            // One error more is told, so that what is not looked at any more does not pass.
            if strangerCount == ReadingLimits.faultsTold + 1 {
                report(
                    .error, "too-many-faults", "there are more than \(ReadingLimits.faultsTold) lines like this one",
                    at: statement.keyword.span)
            }
            return
        }
        let name = statement.keyword.text
        let span = statement.keyword.span
        if found.contains("unknown-keyword", at: span) { return }
        let here = Keyword.names(in: scope)
        // A placeholder of a template, or a line from another file altogether, is nothing that is misspelled.
        if let nearest = Spelling.nearest(to: name, among: here) {
            report(
                .error, "unknown-keyword", "\(scope.name) has no keyword \(name)", at: span,
                expected: scope == .root ? "a keyword of the top level" : "a keyword of \(scope.name)",
                suggestion: nearest)
            return
        }
        let elsewhere = Keyword.all.filter { $0.name == name && $0.scope != scope }
        if let keyword = elsewhere.first {
            let places = elsewhere.map(\.scope.name)
            let list = places.prefix(3).joined(separator: ", ") + (places.count > 3 ? " …" : "")
            // A whole block in the wrong place is a brace in the wrong place; a single line can be lived without.
            let isBlock = statement.body != nil || keyword.opens != nil
            report(
                isBlock ? .error : .warning, "misplaced-keyword",
                "\(name) does not belong \(scope == .root ? "at the top level" : "in \(scope.name)"), so it is ignored",
                at: span,
                expected: isBlock && keyword.scope == .root && scope != .root
                    ? "a } that closes \(scope.name) before it" : "it belongs in \(list)")
            return
        }
        let nearest = Spelling.nearest(to: name, among: Keyword.all.map(\.name))
        report(
            .error, "unknown-keyword",
            scope == .root ? "there is no keyword \(name)" : "\(scope.name) has no keyword \(name)", at: span,
            suggestion: nearest)
    }
}
