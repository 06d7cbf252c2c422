import ControlProtocol
import PacketFormats
import Testing

@testable import Director

struct EventFeedTests {
    private let folder = TemporaryFolder()
    private let history: History

    init() { history = History(at: folder.path + "/events", capacity: 4) }

    private func add(_ count: Int) {
        for _ in 0..<count {
            history.record(
                LogLine(
                    time: WallTime(seconds: 1, nanoseconds: 0), level: .notice, message: "x", event: "start",
                    fields: [:]), as: .process)
        }
    }

    /// `1 2 missed 3 end`
    private func read(_ stream: ControlStream) -> String {
        var words: [String] = []
        for _ in 0..<20 {
            switch stream.next() {
            case .line(let bytes):
                let value = JSONValue(parsing: bytes[...])
                words.append(
                    value?["missed"]?.integer.map { "missed \($0)" } ?? "\(value?["sequence"]?.integer ?? -1)")
            case .again: continue
            case .nothing: return words.joined(separator: " ")
            case .end: return (words + ["end"]).joined(separator: " ")
            case .failure(let refusal): return refusal.message
            }
        }
        return "without end"
    }

    @Test
    func endsWithWhatWasThere() {
        add(2)
        let stream = EventFeed(history, EventCursor(EventQuery()), follows: false).stream
        add(1)
        #expect(read(stream) == "1 2 end")
    }

    @Test
    func goesOnWhileItIsFollowed() {
        add(1)
        let stream = EventFeed(history, EventCursor(EventQuery()), follows: true).stream
        var woken = 0
        stream.wakeUp = { woken += 1 }
        #expect(read(stream) == "1")
        add(2)
        #expect(woken == 2)
        #expect(read(stream) == "2 3")
        add(9)
        #expect(read(stream) == "missed 5 9 10 11 12")
        stream.close()
        add(1)
        #expect(woken == 11)
    }

    // MARK: Questions

    private func query(_ json: String) throws(ControlRefusal) -> EventQuery {
        try EventQuery(
            JSONValue(parsing: Array(json.utf8)[...]) ?? .null, at: Timestamp(milliseconds: 100_000))
    }

    @Test
    func questions() throws {
        #expect(try query("{}") == EventQuery())
        #expect(try query(#"{"since":60}"#).since == Timestamp(milliseconds: 40_000))
        #expect(
            try query(#"{"since":"1970-01-01T00:00:10.000Z","kinds":["reload","check"],"subject":"lan"}"#)
                == EventQuery(since: Timestamp(milliseconds: 10_000), kinds: [.reload, .check], subject: "lan"))
    }

    @Test(arguments: [
        #"{"since":-1}"#, #"{"since":"yesterday"}"#, #"{"since":[]}"#, #"{"since":1e99}"#, #"{"kinds":["x"]}"#,
    ])
    func noQuestions(_ json: String) {
        #expect(throws: ControlRefusal.self) { try query(json) }
    }
}
