/// Reads one value, and knows where it is in the whole.
struct ReportDecoder: Decoder {
    let json: JSONValue
    let codingPath: [any CodingKey]
    let userInfo: [CodingUserInfoKey: Any] = [:]

    init(_ json: JSONValue, at path: [any CodingKey] = []) {
        self.json = json
        codingPath = path
    }

    func container<Key>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = json else { throw mismatch("an object", as: type) }
        return KeyedDecodingContainer(KeyedReportReader(members, at: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = json else { throw mismatch("an array", as: [JSONValue].self) }
        return UnkeyedReportReader(elements, at: codingPath)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { SingleReportReader(decoder: self) }

    // MARK: Plain values

    func bool() throws -> Bool {
        guard case .bool(let value) = json else { throw mismatch("true or false", as: Bool.self) }
        return value
    }

    func string() throws -> String {
        guard case .string(let value) = json else { throw mismatch("a string", as: String.self) }
        return value
    }

    func double() throws -> Double {
        guard case .number(let text) = json, let value = Double(text), value.isFinite else {
            throw mismatch("a number", as: Double.self)
        }
        return value
    }

    func integer<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) throws -> Number {
        guard case .number(let text) = json else { throw mismatch("a whole number", as: type) }
        guard let value = Number(text) else {
            throw corrupted("\(text) is no whole number from \(Number.min) to \(Number.max)")
        }
        return value
    }

    func value<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: self) }

    // MARK: What is wrong

    private func mismatch(_ expected: String, as type: Any.Type) -> DecodingError {
        .typeMismatch(
            type,
            DecodingError.Context(
                codingPath: codingPath, debugDescription: "\(expected) is expected, not \(json.kindInWords)"))
    }

    private func corrupted(_ problem: String) -> DecodingError {
        .dataCorrupted(DecodingError.Context(codingPath: codingPath, debugDescription: problem))
    }
}

extension JSONValue {
    fileprivate var kindInWords: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
