/// A keyword with the part of the model that it sets.
struct KeywordBinding<Block: Sendable>: Sendable {
    typealias Read = @Sendable (inout Block, Statement, inout Interpreter) -> Void
    typealias Show = @Sendable (Block, inout ShownBlock) -> Void

    var keyword: Keyword
    /// How many words may follow the keyword.
    var maximumWords: Int
    let read: Read
    let show: Show

    init(
        _ keyword: Keyword, maximumWords: Int, read: @escaping Read,
        show: @escaping Show = { _, _ in }
    ) {
        self.keyword = keyword
        self.maximumWords = maximumWords
        self.read = read
        self.show = show
    }

    /// The default, from a block in which nothing is written.
    func standardText(in sample: Block) -> String? {
        if case .oldSpelling = keyword.effect { return nil }
        var shown = ShownBlock("")
        show(sample, &shown)
        guard case .setting(let setting)? = shown.items.first else { return nil }
        return setting.value.text
    }

    // The scope is filled in by the table.

    private static func make<Value: Showable>(
        _ name: String, _ form: ArgumentForm, _ path: any WritableKeyPath<Block, Setting<Value>> & Sendable,
        standard: String?, unit: String? = nil, maximumWords: Int = 1, isSecret: Bool = false, summary: String,
        shown: @escaping @Sendable (Value) -> ShownValue = { $0.shown },
        value: @escaping @Sendable (Statement, inout Interpreter) -> Value?
    ) -> KeywordBinding {
        KeywordBinding(
            Keyword(name, in: .root, form, standard: standard, unit: unit, isSecret: isSecret, summary),
            maximumWords: maximumWords
        ) { block, statement, interpreter in
            guard let value = value(statement, &interpreter) else {
                block[keyPath: path].origin = .because(.notTaken, statement.keyword.span)
                return
            }
            block[keyPath: path] = Setting(value, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block[keyPath: path]
            var value = shown(setting.value)
            if case .absent(nil) = value { value = .absent(standard) }
            list.add(ShownSetting(name, value, setting.origin, isSecret: isSecret))
        }
    }

    // MARK: Flags

    /// - Parameter sets: what the bare keyword stands for.
    static func flag(
        _ name: String, _ path: any WritableKeyPath<Block, Setting<Bool>> & Sendable, sets: Bool = true,
        _ summary: String
    ) -> KeywordBinding {
        KeywordBinding(Keyword(name, in: .root, .flag, summary), maximumWords: 1) { block, statement, interpreter in
            guard let value = interpreter.flag(statement) else { return }
            block[keyPath: path] = Setting(value == sets, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block[keyPath: path]
            list.add(ShownSetting(name, .flag(setting.value == sets), setting.origin))
        }
    }

    static func flag(
        _ name: String, _ path: any WritableKeyPath<Block, Setting<Bool?>> & Sendable, standard: String? = nil,
        _ summary: String
    ) -> KeywordBinding {
        make(name, .flag, path, standard: standard, summary: summary) { $1.flag($0) }
    }

    // MARK: Numbers

    /// - Parameter zero: what 0 is taken for, with a warning, where the range begins above it.
    static func number(
        _ name: String, _ path: any WritableKeyPath<Block, Setting<Int>> & Sendable, _ range: ClosedRange<Int>,
        unit: String? = nil, zero: Int? = nil, standard: String? = nil, _ summary: String
    ) -> KeywordBinding {
        make(name, .integer(range), path, standard: standard, unit: unit, summary: summary) {
            $1.integer($0, range, zero: zero)
        }
    }

    static func number(
        _ name: String, _ path: any WritableKeyPath<Block, Setting<Int?>> & Sendable, _ range: ClosedRange<Int>,
        unit: String? = nil, whenAbsent: Int? = nil, standard: String? = nil, _ summary: String
    ) -> KeywordBinding {
        make(
            name, .integer(range, whenAbsent: whenAbsent), path, standard: standard, unit: unit, summary: summary
        ) { statement, interpreter in
            if statement.arguments.isEmpty, let whenAbsent { return .some(.some(whenAbsent)) }
            return interpreter.integer(statement, range).map(Optional.some)
        }
    }

    /// - Parameter range: microseconds.
    static func seconds(
        _ name: String, _ path: any WritableKeyPath<Block, Setting<Duration>> & Sendable, _ range: ClosedRange<Int>,
        step: Int = 1, zero: Int? = nil, standard: String? = nil, _ summary: String
    ) -> KeywordBinding {
        make(name, .seconds(range, step: step), path, standard: standard, unit: "seconds", summary: summary) {
            $1.seconds($0, range, step: step, zero: zero)
        }
    }

    static func seconds(
        _ name: String, _ path: any WritableKeyPath<Block, Setting<Duration?>> & Sendable, _ range: ClosedRange<Int>,
        step: Int = 1, standard: String? = nil, _ summary: String
    ) -> KeywordBinding {
        make(name, .seconds(range, step: step), path, standard: standard, unit: "seconds", summary: summary) {
            $1.seconds($0, range, step: step).map(Optional.some)
        }
    }

    static func milliseconds(
        _ name: String, _ path: any WritableKeyPath<Block, Setting<Duration>> & Sendable, _ range: ClosedRange<Int>,
        _ summary: String
    ) -> KeywordBinding {
        make(
            name, .milliseconds(range), path, standard: nil, unit: "milliseconds", summary: summary,
            shown: { .milliseconds($0) }, value: { $1.milliseconds($0, range) })
    }

    // MARK: Words

    /// - Parameter meant: what people write instead, in capitals, and what it is taken for.
    static func choice<Value: RawRepresentable & CaseIterable & Sendable & Hashable>(
        _ name: String, _ path: any WritableKeyPath<Block, Setting<Value>> & Sendable, standard: String? = nil,
        meant: [String: Value] = [:], _ summary: String
    ) -> KeywordBinding where Value.RawValue == String {
        let words = Value.allCases.map(\.rawValue)
        return KeywordBinding(
            Keyword(name, in: .root, .choice(words), standard: standard, summary), maximumWords: 1
        ) { block, statement, interpreter in
            if !meant.isEmpty, let word = statement.arguments.first, let value = meant[word.text.uppercased()] {
                interpreter.report(
                    .warning, "bad-word", "\(name) \(word.text) is taken as \(value.rawValue)", at: word.span,
                    suggestion: value.rawValue)
                block[keyPath: path] = Setting(value, .file(word.span))
                return
            }
            guard let word = interpreter.choice(statement, words), let value = Value(rawValue: word) else {
                block[keyPath: path].origin = .because(.notTaken, statement.keyword.span)
                return
            }
            block[keyPath: path] = Setting(value, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block[keyPath: path]
            list.add(ShownSetting(name, .text(setting.value.rawValue), setting.origin))
        }
    }

    static func choice<Value: RawRepresentable & CaseIterable & Sendable & Hashable>(
        _ name: String, _ path: any WritableKeyPath<Block, Setting<Value?>> & Sendable, standard: String? = nil,
        _ summary: String
    ) -> KeywordBinding where Value.RawValue == String {
        let words = Value.allCases.map(\.rawValue)
        return KeywordBinding(
            Keyword(name, in: .root, .choice(words), standard: standard, summary), maximumWords: 1
        ) { block, statement, interpreter in
            guard let word = interpreter.choice(statement, words), let value = Value(rawValue: word) else {
                block[keyPath: path].origin = .because(.notTaken, statement.keyword.span)
                return
            }
            block[keyPath: path] = Setting(value, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block[keyPath: path]
            list.add(
                ShownSetting(
                    name, setting.value.map { .text($0.rawValue) } ?? .absent(standard), setting.origin))
        }
    }

    static func word(
        _ name: String, _ path: any WritableKeyPath<Block, Setting<String?>> & Sendable, form: ArgumentForm = .name(),
        standard: String? = nil, isSecret: Bool = false, _ summary: String
    ) -> KeywordBinding {
        make(name, form, path, standard: standard, isSecret: isSecret, summary: summary) {
            $1.word($0, form).map(Optional.some)
        }
    }

    static func word(
        _ name: String, _ path: any WritableKeyPath<Block, Setting<String>> & Sendable, form: ArgumentForm = .name(),
        _ summary: String
    ) -> KeywordBinding {
        make(name, form, path, standard: nil, summary: summary) { $1.word($0, form) }
    }

    static func domainName(
        _ name: String, _ path: any WritableKeyPath<Block, Setting<String>> & Sendable, _ summary: String
    ) -> KeywordBinding {
        make(name, .name(), path, standard: nil, summary: summary) { $1.domainName($0) }
    }
}
