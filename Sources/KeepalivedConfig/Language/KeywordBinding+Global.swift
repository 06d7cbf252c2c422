import Addresses

extension KeywordBinding {
    /// An interval between frames, of which 0 was once written for none.
    static func interval(
        _ name: String, _ path: any WritableKeyPath<Block, Setting<Duration>> & Sendable, _ summary: String
    ) -> KeywordBinding {
        custom(
            name, .seconds(0...KeywordLimits.short), standard: "0", unit: "seconds", summary
        ) { block, statement, interpreter in
            guard let value = interpreter.seconds(statement, 0...KeywordLimits.short) else { return }
            if value == .zero {
                interpreter.report(
                    .warning, "old-spelling", "\(name) 0 is an old way to ask for no interval",
                    at: statement.keyword.span, expected: "no \(name) at all")
            }
            block[keyPath: path] = Setting(value, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block[keyPath: path]
            // Zero is what holds without the keyword, which is how it is written today.
            list.add(
                ShownSetting(name, setting.value == .zero ? .absent("0") : .seconds(setting.value), setting.origin))
        }
    }

    static func fifo(
        _ name: String, _ path: any WritableKeyPath<Block, Setting<ScriptDefinitions.Fifo?>> & Sendable,
        _ summary: String
    ) -> KeywordBinding {
        custom(
            name, .words("PATH [USER [GROUP]]"), standard: "none", maximumWords: 3, summary
        ) { block, statement, interpreter in
            guard let file = interpreter.word(statement, .path) else { return }
            let words = statement.arguments.dropFirst().map(\.text)
            block[keyPath: path] = Setting(
                ScriptDefinitions.Fifo(path: file, user: words.first, group: words.dropFirst().first),
                .file(statement.valueSpan))
        } show: { block, list in
            let setting = block[keyPath: path]
            let value = setting.value.map { ShownValue.words([$0.path] + [$0.user, $0.group].compactMap { $0 }) }
            list.add(ShownSetting(name, value ?? .absent("none"), setting.origin))
        }
    }

    static func multicastGroup(
        _ name: String, _ path: any WritableKeyPath<Block, Setting<IPAddress>> & Sendable, _ summary: String
    ) -> KeywordBinding {
        custom(name, .address, summary) { block, statement, interpreter in
            guard let word = interpreter.first(statement, "ADDRESS"), let address = interpreter.address(word) else {
                return
            }
            let family = block[keyPath: path].value.family
            guard address.family == family, address.isMulticast else {
                interpreter.error(
                    "bad-address", "\(name) takes no \(word.text)", at: word,
                    expected: family == .ipv4 ? "an IPv4 multicast group" : "an IPv6 multicast group")
                return
            }
            block[keyPath: path] = Setting(address, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block[keyPath: path]
            list.add(ShownSetting(name, .text(setting.value.description), setting.origin))
        }
    }

    /// A firewall table whose name may be left out.
    static func table(
        _ name: String, _ path: any WritableKeyPath<Block, Setting<String?>> & Sendable, _ usual: String,
        _ summary: String
    ) -> KeywordBinding {
        custom(name, .name(whenAbsent: usual), standard: "no", summary) { block, statement, _ in
            block[keyPath: path] = Setting(statement.arguments.first?.text ?? usual, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block[keyPath: path]
            list.add(ShownSetting(name, setting.value.map { .text($0) } ?? .absent("no"), setting.origin))
        }
    }
}

extension IPAddress {
    var isMulticast: Bool {
        switch self {
        case .v4(let address): address.isMulticast
        case .v6(let address): address.isMulticast
        }
    }

    /// fe80::/10 (RFC 4291, 2.4).
    var isLinkLocal: Bool {
        if case .v6(let address) = self { address.high >> 54 == 0x3fa } else { false }
    }
}
