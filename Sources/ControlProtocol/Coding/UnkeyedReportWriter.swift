import Reporting

/// The elements of an array that is open.
struct UnkeyedReportWriter: UnkeyedEncodingContainer {
    private let sink: JSONSink
    private let depth: Int

    let codingPath: [any CodingKey] = []
    private(set) var count = 0

    init(_ sink: JSONSink) {
        self.sink = sink
        depth = sink.depth
    }

    private mutating func begin() {
        sink.close(to: depth)
        count += 1
    }

    private mutating func write(_ number: some BinaryInteger) {
        begin()
        sink.writer.number(number)
    }

    mutating func encodeNil() {
        begin()
        sink.writer.null()
    }

    mutating func encode(_ value: Bool) {
        begin()
        sink.writer.bool(value)
    }

    mutating func encode(_ value: String) {
        begin()
        sink.writer.string(value)
    }

    mutating func encode(_ value: Double) throws {
        begin()
        try sink.write(value)
    }

    mutating func encode(_ value: Float) throws { try encode(Double(value)) }

    mutating func encode(_ value: some Encodable) throws {
        begin()
        try value.encode(to: ReportEncoder(into: sink))
    }

    mutating func encode(_ value: Int) { write(value) }
    mutating func encode(_ value: Int8) { write(value) }
    mutating func encode(_ value: Int16) { write(value) }
    mutating func encode(_ value: Int32) { write(value) }
    mutating func encode(_ value: Int64) { write(value) }
    mutating func encode(_ value: UInt) { write(value) }
    mutating func encode(_ value: UInt8) { write(value) }
    mutating func encode(_ value: UInt16) { write(value) }
    mutating func encode(_ value: UInt32) { write(value) }
    mutating func encode(_ value: UInt64) { write(value) }

    mutating func nestedContainer<Nested>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        begin()
        return ReportEncoder(into: sink).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        begin()
        return ReportEncoder(into: sink).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
        begin()
        return ReportEncoder(into: sink)
    }
}
