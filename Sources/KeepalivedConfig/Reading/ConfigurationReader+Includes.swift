/// `include` and its variants.
extension ConfigurationReader {
    struct IncludeKeyword {
        var checks: IncludeChecks
        /// Of the word.
        var length: Int
    }

    static func includeKeyword(_ bytes: [UInt8], at position: Int, before end: Int) -> IncludeKeyword? {
        guard bytes.has("include", at: position, before: end) else { return nil }
        var wordEnd = position + 7
        while wordEnd < end, !bytes[wordEnd].isBlank, !bytes[wordEnd].beginsComment { wordEnd += 1 }
        for keyword in IncludeChecks.keywords
        where keyword.name.utf8CodeUnitCount == wordEnd - position
            && bytes.has(keyword.name, at: position, before: end)
        {
            return IncludeKeyword(checks: keyword.checks, length: wordEnd - position)
        }
        return nil
    }

    mutating func include(_ keyword: IncludeKeyword, _ line: Line, from start: Int, isExpanded: Bool) {
        let argumentStart = start + keyword.length
        var name = Line()
        if !isExpanded, line.bytes[argumentStart...].contains(UInt8(ascii: "$")) {
            guard let expansion = expand(line, argumentStart..<line.count) else { return }
            name = expansion.line
        } else {
            name.append(line, argumentStart..<line.count)
        }
        name.trim()
        let closing = Self.removeClosingBraces(&name)
        let span = name.bytes.isEmpty ? line.span(start..<argumentStart) : name.span(0..<name.count)
        unquote(&name)
        if name.bytes.isEmpty {
            report(
                Diagnostic(
                    .error, "include-without-file", "this include names no file", at: span,
                    expected: "a path or a pattern"))
        } else {
            includeFiles(name.bytes, IncludeChecks([includeChecks, keyword.checks]), at: span)
        }
        for origin in closing { brace(UInt8(ascii: "}"), at: origin.span) }
    }

    /// Takes `}` that are no part of the pattern from its end: `{ include x }`.
    private static func removeClosingBraces(_ name: inout Line) -> [Line.Origin] {
        var closing: [Line.Origin] = []
        while name.bytes.last == UInt8(ascii: "}") {
            let depth = name.bytes.reduce(0) { depth, byte in
                byte == UInt8(ascii: "{") ? depth + 1 : byte == UInt8(ascii: "}") ? depth - 1 : depth
            }
            guard depth < 0, let origin = name.origins.last else { break }
            closing.append(origin)
            name.removeLast()
            name.trimEnd()
        }
        return closing
    }

    private mutating func unquote(_ name: inout Line) {
        guard name.count >= 2, let first = name.bytes.first, first == name.bytes.last,
            first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
        else { return }
        report(
            Diagnostic(
                .warning, "quoted-include", "keepalived takes quotes for a part of the name of an included file",
                at: name.span(0..<name.count), expected: "the name without quotes"))
        name.bytes = Array(name.bytes.dropFirst().dropLast())
    }

    // MARK: Files

    private mutating func includeFiles(_ name: [UInt8], _ checks: IncludeChecks, at span: SourceSpan) {
        let current = readingNow.last.map { sources[Int($0)].path } ?? ""
        guard var patterns = BraceExpansion.alternatives(of: name, limit: context.limits.alternatives) else {
            report(
                Diagnostic(
                    .error, "too-many-files",
                    "the braces of this name stand for more than "
                        + "\(context.limits.alternatives) names", at: span))
            return
        }
        patterns = patterns.map { FilePath.resolve($0, from: current) }
        var found = 0
        for pattern in patterns where !hasGivenUp {
            let paths = Self.hasWildcards(pattern) ? files.matches(pattern) : [pattern]
            let before = found
            for path in paths where !hasGivenUp {
                if includeFile(path, checks, isSearched: patterns.count > 1 || paths != [pattern], at: span) {
                    found += 1
                }
            }
            if patterns.count > 1, found == before, checks.contains(.braceMatch) || !Self.hasWildcards(pattern) {
                report(
                    Diagnostic(
                        checks.contains(.braceMatch) ? .error : .warning, "include-missing",
                        "there is no file \(pattern) to include", at: span))
            }
        }
        if found == 0, patterns.count > 1 || Self.hasWildcards(patterns[0]) {
            reportNoMatch(patterns, checks, at: span)
        }
    }

    private mutating func reportNoMatch(_ patterns: [String], _ checks: IncludeChecks, at span: SourceSpan) {
        let folders = patterns.map(Self.folderBeforeWildcards)
        let missing = folders.first { !files.isFolder($0) }
        let isWild = patterns.contains(where: Self.hasWildcards)
        let isError = checks.contains(isWild && missing == nil ? .wildcardMatch : .match)
        // An empty conf.d is as good as a full one.
        guard isError || (isWild && missing != nil) else { return }
        let message = missing.map { "no file matches: there is no folder \($0)" } ?? "no file matches \(patterns[0])"
        report(Diagnostic(isError ? .error : .warning, "include-missing", message, at: span))
    }

    /// - Parameter isSearched: Whether the name is one of several that were looked for; then the pattern's own
    ///   message tells that it is missing.
    /// - Returns: Whether there is such a file.
    private mutating func includeFile(
        _ path: String, _ checks: IncludeChecks, isSearched: Bool, at span: SourceSpan
    ) -> Bool {
        guard !readingNow.contains(where: { sources[Int($0)].path == path }) else {
            report(Diagnostic(.error, "include-cycle", "\(path) includes itself in the end", at: span))
            return true
        }
        guard readingNow.count < context.limits.includeDepth else {
            giveUp("include-too-deep", "more than \(context.limits.includeDepth) files include each other", span)
            return true
        }
        guard filesRead < context.limits.files else {
            giveUp("too-many-files", "more than \(context.limits.files) files are included", span)
            return true
        }
        if let known = sourceIndices[path] {
            readFile(path, sources[known].bytes)
            return true
        }
        let limit = context.limits.fileSize
        switch files.read(path, limit: limit) {
        case .bytes(let bytes):
            readFile(path, bytes)
            return true
        case .missing:
            if !isSearched {
                report(
                    Diagnostic(
                        checks.contains(.match) ? .error : .warning, "include-missing",
                        "there is no file \(path) to include", at: span))
            }
            return false
        case let other:
            report(
                Diagnostic(
                    checks.contains(.readable) ? .error : .warning, "include-unreadable",
                    "\(path) is not included: \(Self.reason(other, limit: limit))", at: span))
            return true
        }
    }

    private static func hasWildcards(_ pattern: String) -> Bool {
        pattern.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[") }
    }

    private static func folderBeforeWildcards(_ pattern: String) -> String {
        let fixed = pattern.prefix { $0 != "*" && $0 != "?" && $0 != "[" }
        return FilePath.folder(of: String(fixed))
    }

    // MARK: include_check

    mutating func readIncludeCheck(_ statement: Statement) {
        guard !statement.arguments.isEmpty else {
            includeChecks = .all
            return
        }
        var checks = includeChecks
        var adds = true
        var isFirst = true
        for word in statement.arguments {
            var name = Substring(word.text)
            let sign = name.first
            if sign == "+" || sign == "-" {
                adds = sign == "+"
                name = name.dropFirst()
            } else if isFirst {
                checks = []
            }
            isFirst = false
            if name.isEmpty { continue }
            guard let named = IncludeChecks.named(name) else {
                report(
                    Diagnostic(
                        .warning, "unknown-include-check", "there is no check `\(name)` of includes", at: word.span,
                        expected: "readable, match, wildcard_match or brace_match"))
                continue
            }
            if adds { checks.formUnion(named) } else { checks.subtract(named.subtracting(.readable)) }
        }
        includeChecks = checks
    }
}
