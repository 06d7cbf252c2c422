package import ControlProtocol

/// The last events, up to a number. Each is kept as the line that tells it, with what is asked for.
package struct EventRing {
    /// An event, and who asks for it.
    package struct Entry: Hashable, Sendable {
        package var sequence: UInt64
        package var time: Timestamp
        package var kind: DirectorEvent.Kind
        var subjects: [String]
        /// JSON, with its end.
        package var line: [UInt8]

        init(_ event: DirectorEvent) {
            sequence = event.sequence
            time = event.time
            kind = event.kind
            subjects = event.subjects
            line = event.line
        }

        /// The whole of it.
        package var event: DirectorEvent? { JSONValue(parsing: line.dropLast()).flatMap { DirectorEvent($0) } }
    }

    private var entries: [Entry] = []
    /// Where the oldest is, once there is no more room.
    private var oldest = 0
    private let capacity: Int

    /// - Parameter capacity: At least 1.
    init(capacity: Int) {
        self.capacity = max(capacity, 1)
    }

    var count: Int { entries.count }

    mutating func append(_ entry: Entry) {
        if entries.count < capacity {
            entries.append(entry)
        } else {
            entries[oldest] = entry
            oldest = (oldest + 1) % capacity
        }
    }

    private func place(_ index: Int) -> Int { (oldest + index) % entries.count }

    /// The number of the oldest that is kept; nil if there is none.
    var first: UInt64? { entries.isEmpty ? nil : entries[oldest].sequence }

    /// The number of the newest.
    var last: UInt64? { entries.isEmpty ? nil : entries[place(entries.count - 1)].sequence }

    /// The first that a query asks for behind a number. Numbers rise.
    func next(after sequence: UInt64, matching query: EventQuery) -> Entry? {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[place(middle)].sequence <= sequence { low = middle + 1 } else { high = middle }
        }
        for index in low..<entries.count {
            let entry = entries[place(index)]
            if query.matches(entry.time, entry.kind, entry.subjects) { return entry }
        }
        return nil
    }

    /// Those that a query asks for, the oldest first.
    func entries(matching query: EventQuery) -> [Entry] {
        (entries[oldest...] + entries[..<oldest]).filter { query.matches($0.time, $0.kind, $0.subjects) }
    }
}
