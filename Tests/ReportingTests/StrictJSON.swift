/// A value of JSON (RFC 8259), read without mercy: no white space that is none, no comma too many, no name twice, no raw
/// control character, nothing but UTF-8. Numbers stay as they are written, so that no digit is lost.
indirect enum JSONValue: Equatable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    subscript(name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }

    var names: [String] {
        if case .object(let members) = self { members.keys.sorted() } else { [] }
    }

    struct Fault: Error {
        var position: Int
    }

    /// Reads a document that ends with one line feed.
    init(document: [UInt8]) throws {
        guard document.last == 0x0a else { throw Fault(position: document.count) }
        var reader = Reader(bytes: Array(document.dropLast()))
        self = try reader.value()
        guard reader.position == reader.bytes.count else { throw Fault(position: reader.position) }
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        var fault: Fault { Fault(position: position) }

        mutating func value() throws -> JSONValue {
            skipSpace()
            let value: JSONValue
            switch peek {
            case UInt8(ascii: "{"): value = try object()
            case UInt8(ascii: "["): value = try array()
            case UInt8(ascii: "\""): value = .string(try string())
            case UInt8(ascii: "t"): value = try word("true", .bool(true))
            case UInt8(ascii: "f"): value = try word("false", .bool(false))
            case UInt8(ascii: "n"): value = try word("null", .null)
            default: value = .number(try number())
            }
            skipSpace()
            return value
        }

        private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

        private mutating func take() throws -> UInt8 {
            guard let byte = peek else { throw fault }
            position += 1
            return byte
        }

        private mutating func take(_ byte: UInt8) -> Bool {
            guard peek == byte else { return false }
            position += 1
            return true
        }

        private mutating func skipSpace() {
            while let byte = peek, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { position += 1 }
        }

        private mutating func word(_ word: String, _ value: JSONValue) throws -> JSONValue {
            for byte in word.utf8 { guard take(byte) else { throw fault } }
            return value
        }

        private mutating func object() throws -> JSONValue {
            var members: [String: JSONValue] = [:]
            position += 1
            skipSpace()
            if take(UInt8(ascii: "}")) { return .object(members) }
            repeat {
                skipSpace()
                guard peek == UInt8(ascii: "\"") else { throw fault }
                let name = try string()
                skipSpace()
                guard take(UInt8(ascii: ":")), members[name] == nil else { throw fault }
                members[name] = try value()
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "}")) else { throw fault }
            return .object(members)
        }

        private mutating func array() throws -> JSONValue {
            var elements: [JSONValue] = []
            position += 1
            skipSpace()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            repeat { elements.append(try value()) } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "]")) else { throw fault }
            return .array(elements)
        }

        private mutating func number() throws -> String {
            let start = position
            _ = take(UInt8(ascii: "-"))
            let digits = position
            while let byte = peek, (0x30...0x39).contains(byte) { position += 1 }
            let count = position - digits
            // Ours are whole numbers; a leading zero is forbidden.
            guard count > 0, count == 1 || bytes[digits] != 0x30 else { throw fault }
            return String(decoding: bytes[start..<position], as: UTF8.self)
        }

        private mutating func string() throws -> String {
            var text: [UInt8] = []
            position += 1
            while true {
                let byte = try take()
                switch byte {
                case UInt8(ascii: "\""):
                    guard let string = String(validating: text, as: UTF8.self) else { throw fault }
                    return string
                case ..<0x20: throw fault
                case UInt8(ascii: "\\"): try escape(into: &text)
                default: text.append(byte)
                }
            }
        }

        private mutating func escape(into text: inout [UInt8]) throws {
            let kind = try take()
            switch kind {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(kind)
            case UInt8(ascii: "u"):
                var code: UInt32 = 0
                for _ in 0..<4 {
                    guard let digit = Character(UnicodeScalar(try take())).hexDigitValue else { throw fault }
                    code = code << 4 | UInt32(digit)
                }
                guard let scalar = UnicodeScalar(code) else { throw fault }
                text.append(contentsOf: String(Character(scalar)).utf8)
            default: throw fault
            }
        }
    }
}
