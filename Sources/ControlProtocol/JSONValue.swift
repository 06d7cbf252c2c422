/// A JSON value (RFC 8259) that somebody sent: read strictly, with an end to its depth.
package indirect enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// As it was written; a program that needs a number takes it from here without loss.
    case number(String)
    case string(String)
    case array([JSONValue])
    /// In order; of two members with one name the last counts.
    case object([Member])

    package struct Member: Hashable, Sendable {
        package var name: String
        package var value: JSONValue

        package init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// Values within values, at most.
    private static let deepest = 32

    /// - Returns: Nil if it is not one JSON value in UTF-8 and nothing else.
    package init?(parsing bytes: ArraySlice<UInt8>) {
        var reader = Reader(rest: bytes)
        guard let value = reader.value(depth: 0) else { return nil }
        reader.skipSpace()
        guard reader.rest.isEmpty else { return nil }
        self = value
    }

    // MARK: Looking into it

    package subscript(_ name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    package var string: String? {
        guard case .string(let string) = self else { return nil }
        return string
    }

    package var bool: Bool? {
        guard case .bool(let bool) = self else { return nil }
        return bool
    }

    package var integer: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text)
    }

    package var array: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    // MARK: Reading

    private struct Reader {
        var rest: ArraySlice<UInt8>

        mutating func skipSpace() {
            rest = rest.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0a || $0 == 0x0d }
        }

        mutating func value(depth: Int) -> JSONValue? {
            skipSpace()
            guard depth < JSONValue.deepest, let first = rest.first else { return nil }
            switch first {
            case UInt8(ascii: "{"): return object(depth: depth)
            case UInt8(ascii: "["): return array(depth: depth)
            case UInt8(ascii: "\""): return text().map { .string($0) }
            case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
            case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
            case UInt8(ascii: "n"): return take("null") ? .null : nil
            default: return number()
            }
        }

        private mutating func take(_ word: StaticString) -> Bool {
            let matches = word.withUTF8Buffer { rest.starts(with: $0) }
            if matches { rest.removeFirst(word.utf8CodeUnitCount) }
            return matches
        }

        private mutating func object(depth: Int) -> JSONValue? {
            rest.removeFirst()
            var members: [Member] = []
            skipSpace()
            if take("}") { return .object([]) }
            while true {
                skipSpace()
                guard rest.first == UInt8(ascii: "\""), let name = text() else { return nil }
                skipSpace()
                guard take(":"), let value = value(depth: depth + 1) else { return nil }
                members.append(Member(name: name, value: value))
                skipSpace()
                if take("}") { return .object(members) }
                guard take(",") else { return nil }
            }
        }

        private mutating func array(depth: Int) -> JSONValue? {
            rest.removeFirst()
            var elements: [JSONValue] = []
            skipSpace()
            if take("]") { return .array([]) }
            while true {
                guard let value = value(depth: depth + 1) else { return nil }
                elements.append(value)
                skipSpace()
                if take("]") { return .array(elements) }
                guard take(",") else { return nil }
            }
        }

        private mutating func number() -> JSONValue? {
            let text = rest.prefix { byte in
                (0x30...0x39).contains(byte) || [0x2b, 0x2d, 0x2e, 0x45, 0x65].contains(byte)
            }
            var digits = text
            if digits.first == UInt8(ascii: "-") { digits.removeFirst() }
            let whole = digits.prefix { (0x30...0x39).contains($0) }
            guard !whole.isEmpty, whole.count == 1 || whole.first != 0x30 else { return nil }
            digits.removeFirst(whole.count)
            if digits.first == UInt8(ascii: ".") {
                digits.removeFirst()
                guard Self.removeDigits(&digits) else { return nil }
            }
            if digits.first == UInt8(ascii: "e") || digits.first == UInt8(ascii: "E") {
                digits.removeFirst()
                if digits.first == UInt8(ascii: "+") || digits.first == UInt8(ascii: "-") { digits.removeFirst() }
                guard Self.removeDigits(&digits) else { return nil }
            }
            guard digits.isEmpty else { return nil }
            rest.removeFirst(text.count)
            return .number(String(decoding: text, as: UTF8.self))
        }

        private static func removeDigits(_ bytes: inout ArraySlice<UInt8>) -> Bool {
            let digits = bytes.prefix { (0x30...0x39).contains($0) }
            bytes.removeFirst(digits.count)
            return !digits.isEmpty
        }

        /// A string, from its first quotation mark to its last.
        private mutating func text() -> String? {
            rest.removeFirst()
            var bytes: [UInt8] = []
            while let byte = rest.popFirst() {
                switch byte {
                case UInt8(ascii: "\""): return String(validating: bytes, as: UTF8.self)
                case UInt8(ascii: "\\"):
                    guard let scalar = escaped() else { return nil }
                    bytes += String(Character(scalar)).utf8
                case ..<0x20: return nil
                default: bytes.append(byte)
                }
            }
            return nil
        }

        private mutating func escaped() -> Unicode.Scalar? {
            guard let kind = rest.popFirst() else { return nil }
            switch kind {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(kind)
            case UInt8(ascii: "b"): return "\u{8}"
            case UInt8(ascii: "f"): return "\u{c}"
            case UInt8(ascii: "n"): return "\n"
            case UInt8(ascii: "r"): return "\r"
            case UInt8(ascii: "t"): return "\t"
            case UInt8(ascii: "u"): break
            default: return nil
            }
            guard let unit = codeUnit() else { return nil }
            guard (0xd800...0xdbff).contains(unit) else { return Unicode.Scalar(unit) }
            guard take("\\u"), let low = codeUnit(), (0xdc00...0xdfff).contains(low) else { return nil }
            return Unicode.Scalar(0x10000 + (unit - 0xd800) << 10 + (low - 0xdc00))
        }

        private mutating func codeUnit() -> UInt32? {
            let digits = rest.prefix(4)
            guard digits.count == 4, digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else {
                return nil
            }
            rest.removeFirst(4)
            return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        }
    }
}
