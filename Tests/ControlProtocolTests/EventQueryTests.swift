import Testing

@testable import ControlProtocol

struct EventQueryTests {
    private static let down = DirectorEvent(
        sequence: 7, time: Timestamp(milliseconds: 5_000), kind: .server, subject: "[10.0.0.2]:tcp:80", text: "is down",
        fields: ["realServer": "[10.0.0.2]:tcp:80", "virtualServer": "[10.0.0.1]:tcp:80", "reason": "lan"])

    @Test(arguments: [
        (EventQuery(), true),
        (EventQuery(since: Timestamp(milliseconds: 5_000)), true),
        (EventQuery(since: Timestamp(milliseconds: 5_001)), false),
        (EventQuery(kinds: [.server, .check]), true),
        (EventQuery(kinds: [.check]), false),
        (EventQuery(subject: "[10.0.0.2]:tcp:80"), true),
        // Its virtual server's events are also those of its real servers.
        (EventQuery(subject: "[10.0.0.1]:tcp:80"), true),
        // A name is a name and no word to be found anywhere.
        (EventQuery(subject: "lan"), false),
        (EventQuery(subject: "10.0.0"), false),
    ])
    func asksFor(_ query: EventQuery, _ matches: Bool) {
        #expect(query.matches(Self.down) == matches)
    }

    @Test
    func theNodesEventsHaveNoSubject() {
        let start = DirectorEvent(sequence: 1, time: Timestamp(milliseconds: 0), kind: .process, subject: "", text: "x")
        #expect(start.subjects.isEmpty)
        #expect(!EventQuery(subject: "lan").matches(start))
    }
}
