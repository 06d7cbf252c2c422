import Reporting

/// The members of an object that is open.
struct KeyedReportWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
    private let sink: JSONSink
    private let depth: Int

    let codingPath: [any CodingKey] = []

    init(_ sink: JSONSink) {
        self.sink = sink
        depth = sink.depth
    }

    private func begin(_ key: any CodingKey) {
        sink.close(to: depth)
        sink.writer.key(named: key.stringValue)
    }

    private func write(_ number: some BinaryInteger, _ key: Key) {
        begin(key)
        sink.writer.number(number)
    }

    func encodeNil(forKey key: Key) {
        begin(key)
        sink.writer.null()
    }

    func encode(_ value: Bool, forKey key: Key) {
        begin(key)
        sink.writer.bool(value)
    }

    func encode(_ value: String, forKey key: Key) {
        begin(key)
        sink.writer.string(value)
    }

    func encode(_ value: Double, forKey key: Key) throws {
        begin(key)
        try sink.write(value)
    }

    func encode(_ value: Float, forKey key: Key) throws { try encode(Double(value), forKey: key) }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        begin(key)
        try value.encode(to: ReportEncoder(into: sink))
    }

    func encode(_ value: Int, forKey key: Key) { write(value, key) }
    func encode(_ value: Int8, forKey key: Key) { write(value, key) }
    func encode(_ value: Int16, forKey key: Key) { write(value, key) }
    func encode(_ value: Int32, forKey key: Key) { write(value, key) }
    func encode(_ value: Int64, forKey key: Key) { write(value, key) }
    func encode(_ value: UInt, forKey key: Key) { write(value, key) }
    func encode(_ value: UInt8, forKey key: Key) { write(value, key) }
    func encode(_ value: UInt16, forKey key: Key) { write(value, key) }
    func encode(_ value: UInt32, forKey key: Key) { write(value, key) }
    func encode(_ value: UInt64, forKey key: Key) { write(value, key) }

    func nestedContainer<Nested>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
        begin(key)
        return ReportEncoder(into: sink).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        begin(key)
        return ReportEncoder(into: sink).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        begin(ElementKey.parent)
        return ReportEncoder(into: sink)
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        begin(key)
        return ReportEncoder(into: sink)
    }
}
