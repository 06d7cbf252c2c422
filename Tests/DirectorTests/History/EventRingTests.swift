import ControlProtocol
import Testing

@testable import Director

struct EventRingTests {
    private func event(_ sequence: UInt64, _ subject: String = "lan") -> DirectorEvent {
        DirectorEvent(
            sequence: sequence, time: Timestamp(milliseconds: Int64(sequence) * 1000), kind: .transition,
            subject: subject, text: "backup → active")
    }

    private func ring(_ capacity: Int, _ count: UInt64) -> EventRing {
        var ring = EventRing(capacity: capacity)
        for sequence in 0..<count { ring.append(EventRing.Entry(event(sequence))) }
        return ring
    }

    @Test(
        arguments: [
            (3, 0, []), (3, 2, [0, 1]), (3, 3, [0, 1, 2]), (3, 4, [1, 2, 3]), (3, 8, [5, 6, 7]), (1, 5, [4]),
            (0, 2, [1]),
        ] as [(Int, UInt64, [UInt64])])
    func keepsTheLast(_ capacity: Int, _ count: UInt64, _ kept: [UInt64]) {
        #expect(ring(capacity, count).entries(matching: EventQuery()).map(\.sequence) == kept)
    }

    @Test
    func findsByTimeAndName() {
        var ring = ring(8, 3)
        ring.append(EventRing.Entry(event(3, "dmz")))
        let since = EventQuery(since: Timestamp(milliseconds: 2000))
        #expect(ring.entries(matching: since).map(\.sequence) == [2, 3])
        #expect(ring.entries(matching: EventQuery(subject: "dmz")).map(\.sequence) == [3])
        #expect(ring.entries(matching: EventQuery(kinds: [.reload])).isEmpty)
    }

    @Test
    func givesTheEventBack() {
        let event = DirectorEvent(
            sequence: 9, time: Timestamp(milliseconds: 1_795_273_391_042), kind: .check, subject: "a\"\n\u{1b}[2J",
            text: "öffnet nicht", fields: ["reason": "refused", "check": "TCP_CHECK"])
        #expect(EventRing.Entry(event).event == event)
    }
}
