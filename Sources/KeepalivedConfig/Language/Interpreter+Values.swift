import Addresses

/// Reading the words after a keyword. Each of these reports what is wrong and gives nil then.
extension Interpreter {
    /// The first word, which must be there.
    mutating func first(_ statement: Statement, _ expected: @autoclosure () -> String) -> Word? {
        if let word = statement.arguments.first { return word }
        error(
            "missing-argument", "\(statement.keyword.text) needs a value", at: statement.keyword,
            expected: "\(statement.keyword.text) \(expected())")
        return nil
    }

    // MARK: Flags

    mutating func flag(_ statement: Statement) -> Bool? {
        guard let word = statement.arguments.first else { return true }
        return boolean(word, of: statement.keyword)
    }

    mutating func boolean(_ word: Word, of keyword: Word) -> Bool? {
        switch word.text {
        case "on", "true", "yes": return true
        case "off", "false", "no": return false
        default:
            let meant: String? =
                switch word.text.lowercased() {
                case "1", "on", "true", "yes": "on"
                case "0", "off", "false", "no": "off"
                default: nil
                }
            report(
                meant == nil ? .error : .warning, "bad-boolean",
                "\(keyword.text) takes no \(word.text)" + (meant.map { ": it is taken as \($0)" } ?? ""),
                at: word.span, expected: "on, off, true, false, yes or no, in lower case", suggestion: meant)
            return meant.map { $0 == "on" }
        }
    }

    // MARK: Numbers

    mutating func integer(_ statement: Statement, _ range: ClosedRange<Int>, zero: Int? = nil) -> Int? {
        guard let word = first(statement, Self.text(range)) else { return nil }
        return integer(word, of: statement.keyword, range, zero: zero)
    }

    mutating func integer(_ word: Word, of keyword: Word, _ range: ClosedRange<Int>, zero: Int? = nil) -> Int? {
        guard let value = Self.decimal(word.text) else {
            error(
                "bad-number", "\(keyword.text) takes a whole number, not \(word.text)", at: word,
                expected: Self.text(range))
            return nil
        }
        if range.contains(value) { return value }
        if value == 0, let zero {
            warn(
                "out-of-range", "\(keyword.text) 0 is taken as \(zero)", at: word, expected: Self.text(range))
            return zero
        }
        error("out-of-range", "\(keyword.text) \(word.text) is out of range", at: word, expected: Self.text(range))
        return nil
    }

    /// Decimal digits with at most a sign: no hexadecimal, no unit. What is too large saturates.
    static func decimal(_ text: String) -> Int? {
        var digits = text.utf8[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
        guard !digits.isEmpty else { return nil }
        var value = 0
        for digit in digits {
            guard digit &- 0x30 < 10 else { return nil }
            if value < 1_000_000_000_000_000 { value = value * 10 + Int(digit &- 0x30) }
        }
        return isNegative ? -value : value
    }

    /// Decimal seconds in microseconds.
    mutating func seconds(
        _ statement: Statement, _ range: ClosedRange<Int>, step: Int = 1, zero: Int? = nil
    ) -> Duration? {
        guard let word = first(statement, "SECONDS") else { return nil }
        return seconds(word, of: statement.keyword, range, step: step, zero: zero)
    }

    mutating func seconds(
        _ word: Word, of keyword: Word, _ range: ClosedRange<Int>, step: Int = 1, zero: Int? = nil
    ) -> Duration? {
        guard let micros = decimal(word, of: keyword, scale: 6, unit: "seconds", range, step: step, zero: zero) else {
            return nil
        }
        return .microseconds(micros)
    }

    mutating func milliseconds(_ statement: Statement, _ range: ClosedRange<Int>) -> Duration? {
        guard let word = first(statement, "MILLISECONDS"),
            let micros = decimal(word, of: statement.keyword, scale: 3, unit: "milliseconds", range)
        else { return nil }
        return .microseconds(micros)
    }

    /// A decimal number as microseconds.
    private mutating func decimal(
        _ word: Word, of keyword: Word, scale: Int, unit: String, _ range: ClosedRange<Int>, step: Int = 1,
        zero: Int? = nil
    ) -> Int? {
        // Only a fault needs it, and making it takes longer than reading the number.
        var expected: String {
            (scale == 6 ? ArgumentForm.seconds(range, step: step) : .milliseconds(range)).range ?? ""
        }
        guard let (value, isExact) = Self.fixedPoint(word.text, scale: scale) else {
            let isUnit = word.text.utf8.first.map { $0 &- 0x30 < 10 } ?? false
            error(
                "bad-number", "\(keyword.text) takes decimal \(unit), not \(word.text)", at: word,
                expected: isUnit ? "\(expected), without a unit" : expected)
            return nil
        }
        if value == 0, let zero, !range.contains(0) {
            warn(
                "out-of-range", "\(keyword.text) 0 is taken as \(Duration.microseconds(zero).secondsText)", at: word,
                expected: expected)
            return zero
        }
        guard range.contains(value) else {
            error("out-of-range", "\(keyword.text) \(word.text) is out of range", at: word, expected: expected)
            return nil
        }
        if !isExact || value % step != 0 {
            let rounded = max(range.lowerBound, (value + step / 2) / step * step)
            warn(
                "precision", "\(keyword.text) \(word.text) is finer than can be kept", at: word,
                expected: "steps of \(Duration.microseconds(step).secondsText) seconds")
            return min(rounded, range.upperBound)
        }
        return value
    }

    /// A decimal number times a power of ten; whether nothing was left behind the last digit. Saturates.
    static func fixedPoint(_ text: String, scale: Int) -> (value: Int, isExact: Bool)? {
        var value = 0
        var digits = 0
        var left: Int?
        var isExact = true
        var isNegative = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "."):
                guard left == nil else { return nil }
                left = scale
            case UInt8(ascii: "-") where digits == 0 && left == nil && !isNegative: isNegative = true
            case 0x30...0x39:
                digits += 1
                if left == 0 {
                    if byte != 0x30 { isExact = false }
                    continue
                }
                if value < 1_000_000_000_000_000 { value = value * 10 + Int(byte - 0x30) }
                if let places = left { left = places - 1 }
            default: return nil
            }
        }
        guard digits > 0 else { return nil }
        for _ in 0..<(left ?? scale) where value < 100_000_000_000_000_000 { value *= 10 }
        return (isNegative ? -value : value, isExact)
    }

    static func text(_ range: ClosedRange<Int>) -> String {
        "a number "
            + (range.upperBound == .max
                ? "from \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)")
    }

    // MARK: Words

    mutating func choice(_ statement: Statement, _ words: [String]) -> String? {
        guard let word = first(statement, words.joined(separator: "|")) else { return nil }
        return choice(word, of: statement.keyword, words)
    }

    mutating func choice(_ word: Word, of keyword: Word, _ words: [String]) -> String? {
        if words.contains(word.text) { return word.text }
        let expected =
            words.count == 1 ? words[0] : words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
        let lower = word.text.lowercased()
        if let meant = words.first(where: { $0.lowercased() == lower }) {
            report(
                .warning, "bad-word", "\(keyword.text) \(word.text) is taken as \(meant)", at: word.span,
                expected: expected, suggestion: meant)
            return meant
        }
        report(
            .error, "bad-word", "\(keyword.text) takes no \(word.text)", at: word.span, expected: expected,
            suggestion: Spelling.nearest(to: word.text, among: words))
        return nil
    }

    mutating func word(_ statement: Statement, _ form: ArgumentForm) -> String? {
        guard let word = first(statement, form.text) else { return nil }
        switch form {
        case .path where !word.text.utf8.starts(with: [UInt8(ascii: "/")]):
            error("bad-path", "\(statement.keyword.text) takes an absolute path, not \(word.text)", at: word)
            return nil
        case .interface: return interface(word)
        default: return word.text
        }
    }

    /// A name that a DNS query can carry (RFC 1035, 3.1), with or without a dot at its end; `.` is the root.
    mutating func domainName(_ statement: Statement) -> String? {
        guard let word = first(statement, ArgumentForm.name().text) else { return nil }
        guard word.text != "." else { return word.text }
        let name = word.text.utf8.last == UInt8(ascii: ".") ? word.text.utf8.dropLast() : word.text.utf8[...]
        let labels = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let fault =
            if labels.contains(where: \.isEmpty) {
                "has an empty label"
            } else if labels.contains(where: { $0.count > 63 }) {
                "has a label of more than 63 bytes"
            } else if name.count > 253 {
                "is longer than 253 bytes"
            } else {
                String?.none
            }
        guard let fault else { return word.text }
        error("bad-word", "\(word.text) \(fault)", at: word, expected: "a domain name, or . for the root")
        return nil
    }

    /// The name of an interface: 1…15 bytes, no slash (the kernel's rule).
    mutating func interface(_ word: Word) -> String? {
        let name = word.text
        guard (1...15).contains(name.utf8.count), !name.utf8.contains(UInt8(ascii: "/")), name != ".", name != ".."
        else {
            error(
                "bad-interface", "\(name.isEmpty ? "nothing" : name) cannot be the name of an interface", at: word,
                expected: "at most 15 characters without a slash")
            return nil
        }
        return name
    }

    // MARK: Addresses

    mutating func address(_ statement: Statement) -> IPAddress? {
        guard let word = first(statement, "ADDRESS") else { return nil }
        return address(word)
    }

    mutating func address(_ word: Word) -> IPAddress? {
        if let address = Self.address(word.text) { return address }
        error(
            "bad-address", "\(word.text) is no IP address", at: word,
            expected: word.text.contains("/") ? "an IPv4 or IPv6 address without a mask" : "an IPv4 or IPv6 address")
        return nil
    }

    static func address(_ text: String) -> IPAddress? {
        var text = text
        return text.withUTF8 { bytes in
            let slice = Array(bytes)[...]
            if let address = IPv4Address(dottedQuad: slice) { return .v4(address) }
            if let address = IPv6Address(slice) { return .v6(address) }
            return nil
        }
    }

    /// An address with an optional mask.
    mutating func prefix(_ word: Word) -> (prefix: AddressPrefix, hasMask: Bool)? {
        guard let slash = word.text.firstIndex(of: "/") else {
            return address(word).map { (AddressPrefix($0, AddressPrefix.hostLength($0.family)), false) }
        }
        guard let address = Self.address(String(word.text[..<slash])) else {
            error(
                "bad-address", "\(word.text) is no IP address with a mask", at: word,
                expected: "an address such as 192.0.2.10/24 or 2001:db8::10/64")
            return nil
        }
        let limit = AddressPrefix.hostLength(address.family)
        let mask = String(word.text[word.text.index(after: slash)...])
        if let length = Self.decimal(mask), (0...limit).contains(length) {
            return (AddressPrefix(address, length), true)
        }
        if case .v4 = address, case .v4(let quad)? = Self.address(mask), let length = Self.prefixLength(quad.value) {
            return (AddressPrefix(address, length), true)
        }
        error("bad-mask", "/\(mask) is no mask of \(address)", at: word, expected: "/0 to /\(limit)")
        return nil
    }

    static func prefixLength(_ mask: UInt32) -> Int? {
        let length = (~mask).leadingZeroBitCount
        return length == 32 || mask << UInt32(length) == 0 ? length : nil
    }

    mutating func port(_ word: Word, of keyword: Word) -> Int? {
        integer(word, of: keyword, 1...65535)
    }
}
