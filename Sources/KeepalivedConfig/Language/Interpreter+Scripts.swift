extension Interpreter {
    /// A command with the user and group that may follow it.
    ///
    /// A quoted word holds the command with its arguments. Where the command is not quoted, `script /bin/x -a` has a
    /// user `-a` by the letter; who writes that means an argument.
    mutating func script(_ statement: Statement) -> ScriptCommand? {
        guard first(statement, "\"COMMAND [ARGUMENT …]\" [USER [GROUP]]") != nil,
            let word = statement.scriptArguments.first
        else { return nil }
        guard let words = ScriptText.words(of: word.text) else {
            error("bad-command", "a quote in the command of \(statement.keyword.text) does not end", at: word)
            return nil
        }
        guard !words.isEmpty else {
            error("missing-argument", "\(statement.keyword.text) has an empty command", at: word)
            return nil
        }
        var command = ScriptCommand(words: words, text: word.text)
        let rest = statement.scriptArguments.dropFirst()
        if let user = rest.first {
            if !user.isQuoted, let first = user.text.utf8.first,
                first == UInt8(ascii: "-") || first == UInt8(ascii: "/")
            {
                let all = ([word] + rest).map(\.text).joined(separator: " ")
                warn(
                    "bad-command", "without quotes \(user.text) would be a user: it is taken as an argument",
                    at: user, expected: "\"\(all)\", in quotes")
                command.text = all
                command.words += rest.map(\.text)
                return command
            }
            command.user = user.text
            command.group = rest.dropFirst().first?.text
        }
        return command
    }

    // MARK: Weights

    /// `NUMBER [reverse|noreverse]`.
    mutating func weight(
        _ words: ArraySlice<Word>, of keyword: Word, _ range: ClosedRange<Int>, inherited: Bool = false
    ) -> TrackWeight? {
        guard let number = words.first else {
            error(
                "missing-argument", "\(keyword.text) needs a weight", at: keyword, expected: Self.text(range))
            return nil
        }
        guard let value = integer(number, of: keyword, range) else { return nil }
        var weight = TrackWeight(value, isReversed: inherited)
        for word in words.dropFirst() {
            switch word.text {
            case "reverse": weight.isReversed = true
            case "noreverse", "no_reverse": weight.isReversed = false
            default:
                error("bad-word", "a weight takes no \(word.text)", at: word, expected: "reverse or noreverse")
            }
        }
        return weight
    }

    /// A line of a `track_…` block: `NAME [weight NUMBER [reverse|noreverse]]`.
    mutating func tracked(_ item: Statement, _ range: ClosedRange<Int>) -> TrackedObject? {
        var object = TrackedObject(name: item.keyword.text)
        let words = item.arguments
        guard let first = words.first else { return object }
        if first.text == "weight" {
            guard let weight = weight(words[1...].prefix(2), of: first, range) else { return object }
            object.weight = weight
            object.hasOwnWeight = true
            if words.count > 3 {
                warn("extra-words", "a tracked object takes no more words after its weight", at: words[3])
            }
        } else {
            error(
                "bad-word", "\(item.keyword.text) is followed by \(first.text)", at: first,
                expected: "weight NUMBER, or the next name on a line of its own")
        }
        return object
    }

    static func words(_ object: TrackedObject) -> [String] {
        guard object.hasOwnWeight else { return [object.name] }
        return [object.name, "weight", String(object.weight.value)]
            + (object.weight.isReversed ? ["reverse"] : [])
    }

    // MARK: Lines without effect

    /// Checks a line's words by its form alone.
    mutating func validate(_ statement: Statement, _ form: ArgumentForm) {
        switch form {
        case .flag: _ = flag(statement)
        case .integer(let range, whenAbsent: nil): _ = integer(statement, range)
        case .integer(let range, _): if !statement.arguments.isEmpty { _ = integer(statement, range) }
        case .seconds(let range, let step): _ = seconds(statement, range, step: step)
        case .milliseconds(let range): _ = milliseconds(statement, range)
        case .choice(let words): _ = choice(statement, words)
        case .address: _ = address(statement)
        case .name(whenAbsent: nil), .interface, .path: _ = word(statement, form)
        case .script: _ = script(statement)
        case .weight(let range): _ = weight(statement.arguments[...], of: statement.keyword, range)
        case .name, .words, .block, .list: break
        }
    }
}
