import Reporting

/// A value that is neither an object nor an array.
struct SingleReportWriter: SingleValueEncodingContainer {
    let sink: JSONSink

    let codingPath: [any CodingKey] = []

    func encodeNil() { sink.writer.null() }

    func encode(_ value: Bool) { sink.writer.bool(value) }

    func encode(_ value: String) { sink.writer.string(value) }

    func encode(_ value: Double) throws { try sink.write(value) }

    func encode(_ value: Float) throws { try sink.write(Double(value)) }

    func encode(_ value: some Encodable) throws { try value.encode(to: ReportEncoder(into: sink)) }

    func encode(_ value: Int) { sink.writer.number(value) }
    func encode(_ value: Int8) { sink.writer.number(value) }
    func encode(_ value: Int16) { sink.writer.number(value) }
    func encode(_ value: Int32) { sink.writer.number(value) }
    func encode(_ value: Int64) { sink.writer.number(value) }
    func encode(_ value: UInt) { sink.writer.number(value) }
    func encode(_ value: UInt8) { sink.writer.number(value) }
    func encode(_ value: UInt16) { sink.writer.number(value) }
    func encode(_ value: UInt32) { sink.writer.number(value) }
    func encode(_ value: UInt64) { sink.writer.number(value) }
}

extension JSONSink {
    /// - Throws: For infinity and what is no number; JSON has neither.
    func write(_ number: Double) throws {
        guard number.isFinite else {
            throw EncodingError.invalidValue(
                number, EncodingError.Context(codingPath: [], debugDescription: "JSON has no \(number)"))
        }
        writer.decimal("\(number)")
    }
}
