import ControlProtocol
import Testing

@testable import Director

struct EventCursorTests {
    private var ring = EventRing(capacity: 4)

    private mutating func add(_ sequences: ClosedRange<UInt64>, _ kind: DirectorEvent.Kind = .transition) {
        for sequence in sequences {
            ring.append(
                EventRing.Entry(
                    DirectorEvent(
                        sequence: sequence, time: Timestamp(milliseconds: 0), kind: kind, subject: "lan", text: "")))
        }
    }

    /// `1 2 missed 3 6`, until there is nothing more.
    private func read(_ cursor: inout EventCursor) -> String {
        var words: [String] = []
        while true {
            switch cursor.next(in: ring) {
            case .event(let entry): words.append("\(entry.sequence)")
            case .missed(let count): words.append("missed \(count)")
            case .nothing: return words.joined(separator: " ")
            }
        }
    }

    @Test
    mutating func readsOn() {
        var cursor = EventCursor(EventQuery())
        #expect(read(&cursor) == "")
        add(1...2)
        #expect(read(&cursor) == "1 2")
        #expect(read(&cursor) == "")
        add(3...6)
        #expect(read(&cursor) == "3 4 5 6")
    }

    @Test
    mutating func beginsWithWhatIsThere() {
        add(1...9)
        var cursor = EventCursor(EventQuery())
        #expect(read(&cursor) == "6 7 8 9")
        var later = EventCursor(EventQuery(), after: 9)
        #expect(read(&later) == "")
        add(10...10)
        #expect(read(&later) == "10")
    }

    @Test
    mutating func saysWhatWasMissed() {
        add(1...2)
        var cursor = EventCursor(EventQuery())
        #expect(read(&cursor) == "1 2")
        add(3...9)
        #expect(read(&cursor) == "missed 3 6 7 8 9")
    }

    @Test
    mutating func whatIsNotAskedForIsNotMissed() {
        add(1...2)
        var cursor = EventCursor(EventQuery(kinds: [.reload]))
        #expect(read(&cursor) == "")
        add(3...5)
        #expect(read(&cursor) == "")
        add(6...6, .reload)
        #expect(read(&cursor) == "6")
    }
}
