import Reporting

/// Writes one value into a sink. It keeps no path: what is encoded here comes from this program.
struct ReportEncoder: Encoder {
    private let sink: JSONSink
    /// What is open around the value.
    private let depth: Int
    /// Whether an object is still to be opened for the members of the value.
    private let opens: Bool

    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    init(into sink: JSONSink, opens: Bool = true) {
        self.sink = sink
        depth = sink.depth
        self.opens = opens
    }

    func container<Key>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if opens { sink.openObject() }
        return KeyedEncodingContainer(KeyedReportWriter<Key>(sink))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        sink.openArray()
        return UnkeyedReportWriter(sink)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { SingleReportWriter(sink: sink) }
}
