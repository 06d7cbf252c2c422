package import Reporting

/// Brings the types of this target into JSON and back.
///
/// Encoding builds no tree: members are written as `Codable` hands them over. What is nil is left out. Decoding is
/// strict about what is there and required, and does not mind members that it does not know, so that a newer daemon can
/// say more.
package enum ControlCoder {
    /// - Throws: For a number that JSON cannot write, and what the value's own `encode(to:)` throws.
    package static func encode(_ value: some Encodable) throws -> [UInt8] {
        let sink = JSONSink()
        try value.encode(to: ReportEncoder(into: sink))
        sink.close(to: 0)
        return sink.writer.text.bytes
    }

    /// Writes a value where the writer is.
    package static func write(_ value: some Encodable, into writer: inout JSONWriter) throws {
        try write(value, into: &writer, opens: true)
    }

    /// Writes the members of a value, which is one with members, into an object that is open already.
    package static func writeMembers(of value: some Encodable, into writer: inout JSONWriter) throws {
        try write(value, into: &writer, opens: false)
    }

    private static func write(_ value: some Encodable, into writer: inout JSONWriter, opens: Bool) throws {
        let sink = JSONSink()
        swap(&sink.writer, &writer)
        defer { swap(&sink.writer, &writer) }
        defer { sink.close(to: 0) }
        try value.encode(to: ReportEncoder(into: sink, opens: opens))
    }

    /// - Throws: Where in the value what is wrong.
    package static func decode<Value: Decodable>(
        _ type: Value.Type = Value.self, from json: JSONValue
    ) throws(ControlCodingError) -> Value {
        do {
            return try Value(from: ReportDecoder(json))
        } catch {
            throw ControlCodingError(error)
        }
    }

    /// - Throws: That the bytes are not JSON, or where in it what is wrong.
    package static func decode<Value: Decodable>(
        _ type: Value.Type = Value.self, from bytes: ArraySlice<UInt8>
    ) throws(ControlCodingError) -> Value {
        guard let json = JSONValue(parsing: bytes) else { throw ControlCodingError("", "is not JSON") }
        return try decode(type, from: json)
    }
}
