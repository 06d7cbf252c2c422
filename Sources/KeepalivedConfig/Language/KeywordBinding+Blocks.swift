import Addresses

extension KeywordBinding {
    static func address(
        _ name: String, _ path: any WritableKeyPath<Block, Setting<IPAddress?>> & Sendable, standard: String? = nil,
        _ summary: String
    ) -> KeywordBinding {
        custom(name, .address, standard: standard, summary) { block, statement, interpreter in
            guard let value = interpreter.address(statement) else {
                block[keyPath: path].origin = .because(.notTaken, statement.keyword.span)
                return
            }
            block[keyPath: path] = Setting(value, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block[keyPath: path]
            list.add(
                ShownSetting(name, setting.value.map { .text($0.description) } ?? .absent(standard), setting.origin))
        }
    }

    static func script(
        _ name: String, _ path: any WritableKeyPath<Block, Setting<ScriptCommand?>> & Sendable, _ summary: String
    ) -> KeywordBinding {
        custom(name, .script, maximumWords: 3, summary) { block, statement, interpreter in
            guard let value = interpreter.script(statement) else {
                block[keyPath: path].origin = .because(.notTaken, statement.keyword.span)
                return
            }
            block[keyPath: path] = Setting(value, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block[keyPath: path]
            list.add(ShownSetting(name, setting.value.shown, setting.origin))
        }
    }

    /// - Parameter range: of the weight.
    static func weight(
        _ name: String, _ path: any WritableKeyPath<Block, Setting<TrackWeight>> & Sendable, _ range: ClosedRange<Int>,
        _ summary: String
    ) -> KeywordBinding {
        custom(name, .weight(range), maximumWords: 2, summary) { block, statement, interpreter in
            guard let value = interpreter.weight(statement.arguments[...], of: statement.keyword, range) else { return }
            block[keyPath: path] = Setting(value, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block[keyPath: path]
            list.add(ShownSetting(name, setting.value.shown, setting.origin))
        }
    }

    static func user(
        _ name: String, _ path: any WritableKeyPath<Block, Setting<ScriptUser?>> & Sendable, standard: String,
        _ summary: String
    ) -> KeywordBinding {
        custom(name, .words("USER [GROUP]"), standard: standard, maximumWords: 2, summary) {
            block, statement, interpreter in
            guard let user = interpreter.word(statement, .name()) else { return }
            let group = statement.arguments.count > 1 ? statement.arguments[1].text : nil
            block[keyPath: path] = Setting(ScriptUser(user: user, group: group), .file(statement.valueSpan))
        } show: { block, list in
            let setting = block[keyPath: path]
            list.add(ShownSetting(name, setting.value?.shown ?? .absent(standard), setting.origin))
        }
    }

    /// A keyword with a grammar of its own.
    static func custom(
        _ name: String, _ form: ArgumentForm, standard: String? = nil, unit: String? = nil, maximumWords: Int = 1,
        repetition: Repetition = .once, isSecret: Bool = false, _ summary: String, read: @escaping Read,
        show: @escaping Show
    ) -> KeywordBinding {
        KeywordBinding(
            Keyword(
                name, in: .root, form, standard: standard, unit: unit, repetition: repetition, isSecret: isSecret,
                summary),
            maximumWords: maximumWords, read: read, show: show)
    }

    /// A keyword that opens a block. How many words stand before the brace is the block's own business.
    static func block(
        _ name: String, argument: String = "", opens scope: Scope, repetition: Repetition = .repeatable,
        _ summary: String, read: @escaping Read, show: @escaping Show
    ) -> KeywordBinding {
        KeywordBinding(
            Keyword(name, in: .root, .block(argument: argument), repetition: repetition, opens: scope, summary),
            maximumWords: argument.isEmpty ? 0 : argument == "NAME" ? 1 : .max, read: read, show: show)
    }

    /// A keyword whose block is a list.
    ///
    /// - Parameters:
    ///   - item: what a line is, as a manual page writes it.
    ///   - line: reads one line.
    static func list<Value>(
        _ name: String, item: String, opens scope: Scope,
        _ path: any WritableKeyPath<Block, [Setting<Value>]> & Sendable, _ summary: String,
        line: @escaping @Sendable (Statement, inout Interpreter) -> Value?,
        words: @escaping @Sendable (Value) -> [String]
    ) -> KeywordBinding {
        KeywordBinding(
            Keyword(name, in: .root, .list(item: item), repetition: .repeatable, opens: scope, summary),
            maximumWords: 0
        ) { block, statement, interpreter in
            for item in interpreter.body(of: statement) {
                interpreter.refuseBlock(item)
                guard let value = line(item, &interpreter) else { continue }
                block[keyPath: path].append(Setting(value, .file(item.keyword.span)))
            }
        } show: { block, list in
            list.add(name, lines: block[keyPath: path], words)
        }
    }

    /// A list of bare words.
    static func names(
        _ name: String, item: String, opens scope: Scope,
        _ path: any WritableKeyPath<Block, [Setting<String>]> & Sendable, _ summary: String
    ) -> KeywordBinding {
        KeywordBinding(
            Keyword(name, in: .root, .list(item: item), repetition: .repeatable, opens: scope, summary),
            maximumWords: 0
        ) { block, statement, interpreter in
            for item in interpreter.body(of: statement) {
                interpreter.refuseBlock(item)
                // Several names on one line are several names.
                for word in [item.keyword] + item.arguments {
                    block[keyPath: path].append(Setting(word.text, .file(word.span)))
                }
            }
        } show: { block, list in
            list.add(name, lines: block[keyPath: path]) { [$0] }
        }
    }

    // MARK: Keywords that are not what they were

    /// A spelling of older releases for another keyword of the same table.
    func spelled(_ old: String) -> KeywordBinding {
        var binding = hidden
        binding.keyword.name = old
        binding.keyword.effect = .oldSpelling(of: keyword.name)
        binding.keyword.summary = "Old for \(keyword.name)."
        return binding
    }

    /// A keyword that older releases took and that is said otherwise today.
    func deprecated(inFavourOf modern: String) -> KeywordBinding {
        var binding = self
        binding.keyword.effect = .oldSpelling(of: modern)
        return binding
    }

    /// Not shown, because another keyword shows the same setting.
    var hidden: KeywordBinding { KeywordBinding(keyword, maximumWords: maximumWords, read: read) }

    /// A keyword that is checked and has no effect here.
    static func ignored(
        _ name: String, _ form: ArgumentForm, unit: String? = nil, maximumWords: Int = 1, because reason: String,
        _ summary: String
    ) -> KeywordBinding {
        KeywordBinding(
            Keyword(
                name, in: .root, form, unit: unit, repetition: .repeatable, effect: .noEffectHere(reason), summary),
            maximumWords: maximumWords
        ) { _, statement, interpreter in
            interpreter.validate(statement, form)
            interpreter.ignore(statement, reason)
        }
    }
}

extension KeywordBinding {
    /// Another spelling that is as good as the first.
    var asSynonym: KeywordBinding {
        var binding = self
        binding.keyword.effect = .takesEffect
        return binding
    }

    func synonym(_ name: String) -> KeywordBinding {
        var binding = spelled(name).asSynonym
        binding.keyword.summary = "The same as \(keyword.name)."
        return binding
    }
}
