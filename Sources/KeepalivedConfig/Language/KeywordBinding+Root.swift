extension KeywordBinding where Block == Configuration {
    /// A block with a name, of which there may be several.
    static func named<Part: Sendable>(
        _ keyword: String, opens scope: Scope, _ path: any WritableKeyPath<Configuration, [Part]> & Sendable,
        _ make: @escaping @Sendable (Setting<String>) -> Part, _ name: any KeyPath<Part, Setting<String>> & Sendable,
        _ summary: String, _ table: @escaping @Sendable () -> KeywordTable<Part>
    ) -> KeywordBinding {
        .block(keyword, argument: "NAME", opens: scope, summary) { block, statement, interpreter in
            guard let title = interpreter.name(of: statement) else {
                // Its lines are still worth reading for what is wrong with them.
                var part = make(Setting("", .file(statement.keyword.span)))
                interpreter.read(interpreter.body(of: statement), into: &part, by: table())
                return
            }
            var part = make(title)
            interpreter.read(interpreter.body(of: statement), into: &part, by: table())
            if let first = interpreter.claim(title, of: keyword) {
                // Without the second script its checks are still made; another block is something that does not run.
                interpreter.report(
                    keyword == "vrrp_script" ? .warning : .error, "duplicate-name",
                    "there is already a \(keyword) \(title.value): this second one is left out", at: title.span,
                    related: first.span.map { [.init("the first is here", at: $0)] } ?? [])
                return
            }
            block[keyPath: path].append(part)
        } show: { block, list in
            for part in block[keyPath: path] {
                let title = part[keyPath: name]
                var shown = ShownBlock(keyword, [title.value], title.origin)
                table().show(part, in: &shown)
                list.add(shown, evenEmpty: true)
            }
        }
    }

    /// A block without a name, of which there may be several.
    static func placed<Part: Sendable>(
        _ keyword: String, opens scope: Scope, _ path: any WritableKeyPath<Configuration, [Part]> & Sendable,
        _ make: @escaping @Sendable (SourceSpan) -> Part, _ place: any KeyPath<Part, Setting<Bool>> & Sendable,
        _ summary: String, _ table: @escaping @Sendable () -> KeywordTable<Part>
    ) -> KeywordBinding {
        .block(keyword, opens: scope, summary) { block, statement, interpreter in
            var part = make(statement.keyword.span)
            interpreter.read(interpreter.body(of: statement), into: &part, by: table())
            block[keyPath: path].append(part)
        } show: { block, list in
            for part in block[keyPath: path] {
                var shown = ShownBlock(keyword, [], part[keyPath: place].origin)
                table().show(part, in: &shown)
                list.add(shown, evenEmpty: true)
            }
        }
    }
}
