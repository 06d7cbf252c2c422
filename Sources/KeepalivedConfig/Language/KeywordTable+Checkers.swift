import Addresses

private let here = SourceSpan(file: 0, line: 0, column: 0, length: 0)

extension KeywordBinding where Block == Checker {
    /// Where a check connects to and from.
    static let connection: [KeywordBinding] = connection(\.connection)

    /// When it is made, and how its results count.
    static let results: [KeywordBinding] =
        timing(\.timing, retryFrom: 0, standard: "the real server's") + [
            .number("nb_get_retry", \.timing.retries, 0...0xffff_ffff, "Old for retry.").hidden.deprecated(
                inFavourOf: "retry"),
            .flag("alpha", \.isAlpha, "It has failed until it has succeeded."),
            .flag("log_all_failures", \.logsAllFailures, "Note each failure of a living server."),
        ]

    static let common: [KeywordBinding] = connection + results
}

extension KeywordBinding {
    static func connection(_ path: any WritableKeyPath<Block, CheckConnection> & Sendable) -> [KeywordBinding] {
        func address(
            _ name: String, _ part: any WritableKeyPath<CheckConnection, Setting<IPAddress?>> & Sendable,
            standard: String, _ summary: String
        ) -> KeywordBinding {
            custom(name, .address, standard: standard, summary) { block, statement, interpreter in
                guard let value = interpreter.address(statement) else { return }
                block[keyPath: path][keyPath: part] = Setting(value, .file(statement.valueSpan))
            } show: { block, list in
                let setting = block[keyPath: path][keyPath: part]
                list.add(ShownSetting(name, setting.value?.shown ?? .absent(standard), setting.origin))
            }
        }
        func number(
            _ name: String, _ part: any WritableKeyPath<CheckConnection, Setting<Int?>> & Sendable,
            _ range: ClosedRange<Int>, standard: String, _ summary: String
        ) -> KeywordBinding {
            custom(name, .integer(range), standard: standard, summary) { block, statement, interpreter in
                guard let value = interpreter.integer(statement, range) else { return }
                block[keyPath: path][keyPath: part] = Setting(value, .file(statement.valueSpan))
            } show: { block, list in
                let setting = block[keyPath: path][keyPath: part]
                list.add(ShownSetting(name, setting.value?.shown ?? .absent(standard), setting.origin))
            }
        }
        return [
            address("connect_ip", \.address, standard: "the real server's", "Where to connect to."),
            number("connect_port", \.port, 1...65535, standard: "the real server's", "Which port to connect to."),
            address("bindto", \.sourceAddress, standard: "the kernel's choice", "Where to connect from."),
            custom(
                "bind_if", .interface, standard: "the kernel's choice", "Which interface to connect from."
            ) { block, statement, interpreter in
                guard let value = interpreter.word(statement, .interface) else { return }
                block[keyPath: path].sourceInterface = Setting(value, .file(statement.valueSpan))
            } show: { block, list in
                let setting = block[keyPath: path].sourceInterface
                list.add(
                    ShownSetting("bind_if", setting.value?.shown ?? .absent("the kernel's choice"), setting.origin))
            },
            number(
                "bind_port", \.sourcePort, 1...65535, standard: "the kernel's choice", "Which port to connect from."),
            number("fwmark", \.mark, 1...0xffff_ffff, standard: "none", "The mark of packets that it sends."),
        ]
    }
}

extension Keywords {
    static let tcpCheck = KeywordTable<Checker>(
        .tcpCheck, sample: Checker(.tcp, at: here), KeywordBinding<Checker>.common)

    static let pingCheck = KeywordTable<Checker>(
        .pingCheck, sample: Checker(.ping, at: here), KeywordBinding<Checker>.common)

    static let smtpCheck = KeywordTable<Checker>(
        .smtpCheck, sample: Checker(.smtp(SMTPCheck()), at: here),
        KeywordBinding<Checker>.common + [
            .word("helo_name", \.smtp.helloName, standard: "smtpchecker.keepalived.org", "What we say who we are."),
            KeywordBinding.block("host", opens: .smtpHost, "Another address to check.") {
                block, statement, interpreter in
                // Only the connection is the host's own; what else stands there is said of the whole check.
                let connection = block.connection
                block.connection = CheckConnection()
                interpreter.read(interpreter.body(of: statement), into: &block, by: Keywords.smtpHost)
                block.smtp.hosts.append(block.connection)
                block.connection = connection
            } show: { block, list in
                for host in block.smtp.hosts {
                    var shown = ShownBlock("host")
                    var check = block
                    check.connection = host
                    for binding in KeywordBinding<Checker>.connection { binding.show(check, &shown) }
                    list.add(shown)
                }
            }.deprecated(inFavourOf: "one SMTP_CHECK for each address"),
        ])

    static let dnsCheck = KeywordTable<Checker>(
        .dnsCheck, sample: Checker(.dns(DNSCheck()), at: here),
        KeywordBinding<Checker>.common + [
            .choice("type", \.dns.type, "What is asked for."),
            .domainName("name", \.dns.name, "Which name is asked for."),
        ])

    static let udpCheck = KeywordTable<Checker>(
        .udpCheck, sample: Checker(.udp(UDPCheck()), at: here),
        KeywordBinding<Checker>.common + [
            .custom(
                "payload", .words("HEX …"), standard: "32 octets of text", maximumWords: .max,
                "The datagram that is sent."
            ) { block, statement, interpreter in
                guard interpreter.first(statement, "HEX …") != nil,
                    let pattern = interpreter.pattern(statement, takesBlanks: false)
                else { return }
                block.udp.payload = Setting(pattern, .file(statement.valueSpan))
            } show: { block, list in
                let setting = block.udp.payload
                list.add(
                    ShownSetting(
                        "payload", setting.value.map { .text(Interpreter.text($0)) } ?? .absent("32 octets of text"),
                        setting.origin))
            },
            .custom(
                "require_reply", .words("[HEX …]"), standard: "no", maximumWords: .max,
                "A datagram must come back, and begin so; x for any digit."
            ) { block, statement, interpreter in
                guard let pattern = interpreter.pattern(statement, takesBlanks: true) else { return }
                block.udp.reply = Setting(pattern, .file(statement.valueSpan))
            } show: { block, list in
                let setting = block.udp.reply
                let value = setting.value.map { reply -> ShownValue in
                    reply.bytes.isEmpty ? .flag(true) : .text(Interpreter.text(reply))
                }
                list.add(ShownSetting("require_reply", value ?? .absent("no"), setting.origin))
            },
            .number("min_reply_length", \.udp.minimumReplyLength, 0...65535, unit: "bytes", "How short it may be."),
            .number("max_reply_length", \.udp.maximumReplyLength, 0...65535, unit: "bytes", "How long it may be."),
        ])

    static let scriptCheck = KeywordTable<Checker>(
        .scriptCheck, sample: Checker(.script(ScriptCheck()), at: here),
        [
            .script("misc_path", \.script.command, "The command; its exit status says whether all is well."),
            .seconds(
                "misc_timeout", \.script.timeout, 1000...KeywordLimits.long,
                standard: "delay_loop", "A run that takes longer has failed and is ended."),
            .flag(
                "misc_dynamic", \.script.isDynamic,
                "Exit status 2 to 255 is success, with the weight two less than it."),
            .user("user", \.script.user, standard: "script_user", "Whom the command runs as."),
        ] + KeywordBinding<Checker>.results)

    static let fileCheck = KeywordTable<Checker>(
        .fileCheck, sample: Checker(.file(FileCheck()), at: here),
        [
            .word("track_file", \.file.file, "The name of a track_file."),
            .custom(
                "weight", .weight(-2_147_483_647...2_147_483_647), standard: "the track_file's", maximumWords: 2,
                "What the number is multiplied by."
            ) { block, statement, interpreter in
                guard
                    let weight = interpreter.weight(
                        statement.arguments[...], of: statement.keyword, -2_147_483_647...2_147_483_647)
                else { return }
                block.file.weight = Setting(weight, .file(statement.valueSpan))
            } show: { block, list in
                let setting = block.file.weight
                list.add(
                    ShownSetting("weight", setting.value?.shown ?? .absent("the track_file's"), setting.origin))
            },
            .flag("dynamic", \.file.isDynamic, "The number moves the real server's weight."),
        ])

    static let bfdCheck = KeywordTable<Checker>(
        .bfdCheck, sample: Checker(.bfd(BFDCheck()), at: here),
        [
            .word("name", \.bfd.session, "The name of a bfd_instance."),
            .flag("alpha", \.isAlpha, "It has failed until the session was up."),
        ])
}

extension Keywords {
    static let smtpHost = KeywordTable<Checker>(
        .smtpHost, sample: Checker(.smtp(SMTPCheck()), at: here), KeywordBinding<Checker>.common)
}
