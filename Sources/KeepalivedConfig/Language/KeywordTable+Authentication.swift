extension Keywords {
    static let authentication = KeywordTable<Authentication>(
        .authentication, sample: Authentication(),
        [
            kind,
            .word(
                "auth_pass", \.password, isSecret: true,
                "The password, of which eight bytes count; the same on all nodes."),
        ])

    /// A word in lower case is taken as keepalived takes it: were it taken for what it means, the two would not
    /// understand each other.
    private static let kind = KeywordBinding<Authentication>.custom(
        "auth_type", .choice(Authentication.Kind.allCases.map(\.rawValue)),
        "PASS: eight bytes in clear. AH: an IPsec header; IPv4 only."
    ) { block, statement, interpreter in
        let words = Authentication.Kind.allCases.map(\.rawValue)
        block.kind.origin = .because(.notTaken, statement.valueSpan)
        if let word = statement.arguments.first, !words.contains(word.text),
            ["pass", "ah", "none"].contains(word.text.lowercased())
        {
            interpreter.report(
                .warning, "bad-word", "with auth_type \(word.text) nothing is authenticated, as with keepalived",
                at: word.span, expected: "PASS or AH",
                suggestion: words.first { $0.lowercased() == word.text.lowercased() })
            return
        }
        guard let word = interpreter.choice(statement, words), let value = Authentication.Kind(rawValue: word) else {
            return
        }
        block.kind = Setting(value, .file(statement.valueSpan))
    } show: { block, list in
        let setting = block.kind
        list.add(
            ShownSetting("auth_type", setting.value.map { .text($0.rawValue) } ?? .absent(nil), setting.origin))
    }
}

extension Keywords {
    static let messageAuthentication = KeywordTable<MessageAuthentication>(
        .messageAuthentication, sample: MessageAuthentication(),
        [
            .custom(
                "key", .words("1..255 TEXT|hex:DIGITS|file:PATH"), maximumWords: 2, repetition: .repeatable,
                isSecret: true, "A key of 32 to 64 bytes, by its number."
            ) { block, statement, interpreter in
                guard let key = interpreter.messageKey(statement) else { return }
                if let other = block.keys.first(where: { $0.value.identifier == key.identifier }) {
                    interpreter.report(
                        .error, "duplicate-key", "there are two keys \(key.identifier)", at: statement.keyword.span,
                        related: other.span.map { [.init("the first is here", at: $0)] } ?? [])
                    return
                }
                block.keys.append(Setting(key, .file(statement.valueSpan)))
            } show: { block, list in
                for key in block.keys {
                    list.add(
                        ShownSetting(
                            "key", .words([String(key.value.identifier), key.value.text]), key.origin, isSecret: true))
                }
            },
            .number("active_key", \.activeKey, 1...255, standard: "the only key", "The key that we send with."),
            .choice("anti_replay", \.replay, "What tells an old packet: the clock, or a counter."),
            .seconds(
                "time_window", \.timeWindow, 1_000_000...300_000_000, step: 1_000_000,
                "How far the clocks may be apart."),
            .choice(
                "mode", \.mode,
                "enforce: drop what has no good trailer. permissive: only note it. receive-only: send none."),
        ])
}

extension Interpreter {
    mutating func messageKey(_ statement: Statement) -> MessageAuthentication.Key? {
        guard let number = first(statement, "NUMBER KEY"),
            let identifier = integer(number, of: statement.keyword, 1...255)
        else { return nil }
        guard statement.arguments.count > 1 else {
            error("missing-argument", "key \(identifier) has no value", at: statement.keyword)
            return nil
        }
        let word = statement.arguments[1]
        var key = MessageAuthentication.Key(
            identifier: UInt8(truncatingIfNeeded: identifier), text: word.text, bytes: nil, file: nil)
        if word.text.hasPrefix("file:") {
            let path = String(word.text.dropFirst(5))
            guard path.hasPrefix("/") else {
                error("bad-path", "the key's file needs an absolute path", at: word, expected: "file:/PATH")
                return nil
            }
            key.file = path
            return key
        }
        if word.text.hasPrefix("hex:") {
            guard let bytes = Self.hexadecimalBytes(word.text.dropFirst(4)) else {
                error("bad-key", "hex: is followed by two hexadecimal digits for each byte", at: word)
                return nil
            }
            key.bytes = bytes
        } else {
            key.bytes = Array(word.text.utf8)
        }
        let count = key.bytes?.count ?? 0
        guard (32...64).contains(count) else {
            error("bad-key", "key \(identifier) has \(count) bytes", at: word, expected: "32 to 64 bytes")
            return nil
        }
        return key
    }

    static func hexadecimalBytes(_ digits: Substring) -> [UInt8]? {
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in digits.utf8 {
            guard let value = hexadecimalDigit(digit) else { return nil }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return high == nil ? bytes : nil
    }

    static func hexadecimalDigit(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x41 + 10
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }
}
