private let here = SourceSpan(file: 0, line: 0, column: 0, length: 0)

extension Keywords {
    static let httpCheck = KeywordTable<Checker>(
        .httpCheck, sample: Checker(.http(HTTPCheck(), tls: false), at: here), KeywordBinding<Checker>.common + pages)

    static let sslCheck = KeywordTable<Checker>(
        .sslCheck, sample: Checker(.http(HTTPCheck(), tls: true), at: here),
        KeywordBinding<Checker>.common + pages + [
            .flag("enable_sni", \.http.sendsServerName, "Say in the handshake which host is asked for."),
            .word("sni_name", \.http.serverName, standard: "virtualhost", "Which host is said there."),
        ])

    private static let pages: [KeywordBinding<Checker>] = [
        .choice("http_protocol", \.http.version, "The version of HTTP; 1.0C: 1.0 that closes the connection."),
        .word("virtualhost", \.http.virtualHost, standard: "the real server's", "The host name that is asked for."),
        .flag("fast_recovery", \.http.recoversFast, "After a failure all pages are asked for at once."),
        .flag("tls_compliant", \.http.isTLSCompliant, "A connection closed without a TLS goodbye is a failure."),
        KeywordBinding.block("url", opens: .url, "A page that must be right. All of them must.") {
            block, statement, interpreter in
            var page = HTTPCheck.Page(at: statement.keyword.span)
            interpreter.read(interpreter.body(of: statement), into: &page, by: Keywords.page)
            block.http.pages.append(page)
        } show: { block, list in
            for page in block.http.pages {
                var shown = ShownBlock("url", [], page.place.origin)
                Keywords.page.show(page, in: &shown)
                list.add(shown, evenEmpty: true)
            }
        },
    ]
}

extension Keywords {
    static let page = KeywordTable<HTTPCheck.Page>(
        .url, sample: HTTPCheck.Page(at: here),
        [
            .word("path", \.path, "Which page."),
            .custom(
                "status_code", .words("CODE|CODE-CODE …"), standard: "200-299", maximumWords: .max,
                "The status codes that are right."
            ) { block, statement, interpreter in
                guard let codes = interpreter.statusCodes(statement) else { return }
                block.statusCodes = Setting(codes, .file(statement.valueSpan))
            } show: { block, list in
                let words = block.statusCodes.value.map { codes in
                    codes.count == 1 ? "\(codes.lowerBound)" : "\(codes.lowerBound)-\(codes.upperBound)"
                }
                list.add(ShownSetting("status_code", .words(words), block.statusCodes.origin))
            },
            .custom(
                "digest", .words("MD5"), standard: "not looked at", "The MD5 of the page, 32 hexadecimal digits."
            ) { block, statement, interpreter in
                guard let word = interpreter.first(statement, "MD5") else { return }
                guard word.text.utf8.count == 32, Interpreter.hexadecimalBytes(word.text[...]) != nil else {
                    interpreter.error(
                        "bad-digest", "\(word.text) is no MD5 digest", at: word, expected: "32 hexadecimal digits")
                    return
                }
                block.digest = Setting(word.text.lowercased(), .file(statement.valueSpan))
            } show: { block, list in
                let setting = block.digest
                list.add(
                    ShownSetting("digest", setting.value.map { .text($0) } ?? .absent("not looked at"), setting.origin))
            },
            .word("virtualhost", \.virtualHost, standard: "the check's", "The host name that is asked for."),
            .word("regex", \.regex.pattern, standard: "none", "A regular expression that the page must match."),
            .flag("regex_no_match", \.regex.isInverted, "It must not match."),
            .custom(
                "regex_options", .words("OPTION …"), standard: "none", maximumWords: .max,
                "Options of PCRE2 for it: \(Interpreter.regexOptions.joined(separator: ", "))."
            ) { block, statement, interpreter in
                guard interpreter.first(statement, "OPTION …") != nil else { return }
                var options: [String] = []
                for word in statement.arguments {
                    if let option = interpreter.choice(word, of: statement.keyword, Interpreter.regexOptions) {
                        options.append(option)
                    }
                }
                block.regex.options = Setting(options, .file(statement.valueSpan))
            } show: { block, list in
                let setting = block.regex.options
                list.add(
                    ShownSetting(
                        "regex_options", setting.value.isEmpty ? .absent("none") : .words(setting.value),
                        setting.origin))
            },
            .number(
                "regex_min_offset", \.regex.minimumOffset, 0...KeywordLimits.count, unit: "bytes",
                "Where in the page to begin."),
            .number(
                "regex_max_offset", \.regex.maximumOffset, 0...KeywordLimits.count, unit: "bytes", standard: "none",
                "Behind which place a match may not begin."),
            .ignored(
                "regex_stack", .words("BYTES BYTES"), maximumWords: 2,
                because: "expressions need no stack of their own",
                "The first and the largest size of PCRE2's stack."),
            .flag("tls_compliant", \.isTLSCompliant, "A connection closed without a TLS goodbye is a failure."),
        ])
}

extension Interpreter {
    static let regexOptions = [
        "allow_empty_class", "alt_bsux", "auto_callout", "caseless", "dollar_endonly", "dotall", "dupnames",
        "extended", "firstline", "match_unset_backref", "multiline", "never_ucp", "never_utf", "no_auto_capture",
        "no_auto_possess", "no_dotstar_anchor", "no_start_optimize", "ucp", "ungreedy", "utf", "never_backslash_c",
        "alt_circumflex", "alt_verbnames", "use_offset_limit",
    ]

    mutating func statusCodes(_ statement: Statement) -> [ClosedRange<Int>]? {
        guard first(statement, "CODE|CODE-CODE …") != nil else { return nil }
        var codes: [ClosedRange<Int>] = []
        for word in statement.arguments {
            let parts = word.text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            let low = Self.decimal(String(parts[0]))
            let high = parts.count > 1 ? Self.decimal(String(parts[1])) : low
            guard let low, let high, (100...999).contains(low), (100...999).contains(high), low <= high else {
                error(
                    "bad-number", "\(word.text) is no status code", at: word,
                    expected: "a code from 100 to 999, or two with a hyphen between them")
                return nil
            }
            codes.append(low...high)
        }
        return codes
    }

    /// Hexadecimal digits in words: two make a byte, a digit left over in a word makes one by itself.
    mutating func pattern(_ statement: Statement, takesBlanks: Bool) -> UDPCheck.Pattern? {
        var pattern = UDPCheck.Pattern()
        for word in statement.arguments {
            for piece in word.text.split(separator: " ") {
                let digits = Array(piece.utf8)
                var index = 0
                while index < digits.count {
                    let pair = digits[index..<min(index + 2, digits.count)]
                    var value: UInt8 = 0
                    var mask: UInt8 = 0
                    for digit in pair {
                        if takesBlanks, digit == UInt8(ascii: "x") || digit == UInt8(ascii: "X") {
                            (value, mask) = (value << 4, mask << 4)
                        } else if let bits = Self.hexadecimalDigit(digit) {
                            (value, mask) = (value << 4 | bits, mask << 4 | 0xf)
                        } else {
                            error(
                                "bad-number", "\(word.text) is not hexadecimal", at: word,
                                expected: takesBlanks ? "hexadecimal digits, x for any" : "hexadecimal digits")
                            return nil
                        }
                    }
                    if pair.count == 1 { mask |= 0xf0 }
                    pattern.bytes.append(value)
                    pattern.masks.append(mask)
                    index += 2
                }
            }
        }
        return pattern
    }

    static func text(_ pattern: UDPCheck.Pattern) -> String {
        var text = ""
        for (byte, mask) in zip(pattern.bytes, pattern.masks) {
            let digits = Array(hexadecimal(byte))
            text.append(mask & 0xf0 == 0 ? "x" : digits[0])
            text.append(mask & 0x0f == 0 ? "x" : digits[1])
        }
        return text
    }
}
