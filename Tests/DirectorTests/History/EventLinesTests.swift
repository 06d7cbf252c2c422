import ControlProtocol
import PacketFormats
import Testing

@testable import Director

struct EventLinesTests {
    private static let good = DirectorEvent(
        sequence: 4, time: Timestamp(milliseconds: 1000), kind: .priority, subject: "lan", text: "x")

    @Test(arguments: [
        ("", 0, 0),
        ("GOOD\nGOOD\n", 2, 0),
        // A crash has torn the last one.
        ("GOOD\n{\"sequence\":5,\"time\":\"2026-11", 1, 1),
        // What somebody else wrote into it, and what follows that.
        ("GOOD\n\u{0}\u{0}\u{0}\nhello\n[]\n{}\nGOOD\n", 2, 4),
        (
            "{\"sequence\":-1,\"time\":\"1970-01-01T00:00:01.000Z\",\"kind\":\"check\",\"subject\":\"\",\"text\":\"\"}\n",
            0, 1
        ),
        ("{\"sequence\":1,\"time\":\"yesterday\",\"kind\":\"check\",\"subject\":\"\",\"text\":\"\"}\n", 0, 1),
        (
            "{\"sequence\":1,\"time\":\"1970-01-01T00:00:01.000Z\",\"kind\":\"party\",\"subject\":\"\",\"text\":\"\"}\n",
            0, 1
        ),
    ])
    func readsAsFarAsItGoes(_ text: String, _ events: Int, _ damaged: Int) {
        let line = String(decoding: Self.good.line.dropLast(), as: UTF8.self)
        let bytes = Array(text.replacing("GOOD", with: line).utf8)
        let (read, bad) = EventLines.read(bytes)
        #expect(read.count == events)
        #expect(read.allSatisfy { $0 == Self.good })
        #expect(bad == damaged)
    }

    @Test
    func takesTheSubjectFromTheSentence() {
        func event(_ message: String, _ fields: KeyValuePairs<String, String>) -> DirectorEvent {
            DirectorEvent(
                LogLine(
                    time: WallTime(seconds: 1, nanoseconds: 999_999_999), level: .notice, message: message,
                    event: "transition", fields: fields), as: .transition, sequence: 1)
        }
        let transition = event("lan: backup → active: started", ["instance": "lan", "to": "active", "check": ""])
        #expect(transition.subject == "lan")
        #expect(transition.text == "backup → active: started")
        #expect(transition.time.milliseconds == 1999)
        #expect(transition.fields == ["event": "transition", "instance": "lan", "to": "active"])
        let server = event(
            "[10.0.0.2]:tcp:80 of [10.0.0.1]:tcp:80 is down",
            ["virtualServer": "[10.0.0.1]:tcp:80", "realServer": "[10.0.0.2]:tcp:80"])
        #expect(server.subject == "[10.0.0.2]:tcp:80")
        #expect(server.text == "of [10.0.0.1]:tcp:80 is down")
        // A name that only begins like the sentence.
        #expect(event("lanes are full", ["instance": "lan"]).text == "lanes are full")
        #expect(event("reloaded", [:]).subject == "")
    }

    @Test
    func anOrderNamesItsSubjectAndAMailHasOne() {
        func subject(_ kind: DirectorEvent.Kind) -> String {
            DirectorEvent(
                LogLine(
                    time: WallTime(seconds: 1, nanoseconds: 0), level: .notice, message: "lan hands over", event: "x",
                    fields: ["order": "failover", "subject": "lan"]), as: kind, sequence: 1
            ).subject
        }
        #expect(subject(.steering) == "lan")
        #expect(subject(.notification) == "")
    }

    @Test
    func whatOthersSayHasAnEnd() throws {
        let event = DirectorEvent(
            sequence: 1, time: Timestamp(milliseconds: 0), kind: .notification, subject: "lan",
            text: String(repeating: "ü", count: 5000), fields: ["line": String(repeating: "x", count: 5000)])
        #expect(event.line.count < 2500)
        let (read, damaged) = EventLines.read(event.line)
        #expect(damaged == 0)
        #expect(try #require(read.first).text.hasSuffix("ü…"))
    }
}
