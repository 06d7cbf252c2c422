import PacketFormats
import Testing
import VRRPProtocol

@testable import Director

/// Which letter goes when.
struct MailQueueTests {
    private let start = Instant.origin + .seconds(100)

    private func letter(_ number: Int) -> Letter {
        Letter(
            Alert(subject: "\(number)", finding: "x"), .sample,
            date: MailDate(WallTime(seconds: Int64(number)), offset: 0))
    }

    private func filled(_ count: Int, capacity: Int = 1_000) -> MailQueue {
        var queue = MailQueue(capacity: capacity)
        for number in 0..<count {
            _ = queue.add(letter(number), written: WallTime(seconds: Int64(number)), at: start)
        }
        return queue
    }

    private func subjects(_ queue: MailQueue) -> [String] { queue.waiting.map(\.letter.subject) }

    @Test
    func lettersGoInTheirOrder() {
        var queue = filled(3)
        for number in 0..<3 {
            #expect(queue.hasWork(at: start))
            #expect(queue.take(at: start)?.letter.subject == "[LVS_A] \(number)")
        }
        #expect(queue.take(at: start) == nil)
        #expect(queue.deadline == nil)
    }

    @Test
    func aLetterThatIsPutOffWaitsLongerEachTimeAndKeepsItsPlace() throws {
        var queue = filled(2)
        var now = start
        var waits: [Duration] = []
        for _ in 0..<8 {
            let taken = queue.take(at: now)
            let entry = try #require(taken)
            #expect(entry.letter.subject == "[LVS_A] 0")
            #expect(queue.putOff(entry, at: now) == nil)
            #expect(subjects(queue) == ["[LVS_A] 0", "[LVS_A] 1"])
            // The other one does not wait.
            #expect(queue.deadline == start)
            let due = try #require(queue.waiting.first?.due)
            waits.append(due - now)
            now = due
        }
        #expect(waits == [15, 30, 60, 120, 240, 480, 600, 600].map { .seconds($0) })
    }

    @Test
    func aServerThatFailsIsTriedLessAndLessOften() {
        var queue = filled(1)
        var waits: [Duration] = []
        for _ in 0..<8 {
            let wait = queue.serverFailed(at: start)
            waits.append(wait)
            #expect(queue.deadline == start + wait)
            #expect(!queue.hasWork(at: start))
            #expect(queue.take(at: start) == nil)
            #expect(queue.hasWork(at: start + wait))
        }
        #expect(waits == [1, 2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
        queue.serverWorks()
        #expect(queue.deadline == start)
        #expect(queue.serverFailed(at: start) == .seconds(1))
    }

    @Test
    func theOldestMakeRoomAndAreCounted() throws {
        var queue = filled(5, capacity: 3)
        #expect(subjects(queue) == ["[LVS_A] 2", "[LVS_A] 3", "[LVS_A] 4"])
        #expect(queue.dropped == .init(count: 2, first: WallTime(seconds: 0), last: WallTime(seconds: 1)))
        // One that comes back is the oldest then.
        let taken = queue.take(at: start)
        let entry = try #require(taken)
        _ = queue.add(letter(5), written: WallTime(seconds: 5), at: start)
        #expect(queue.putOff(entry, at: start) == entry.putOff(to: start + .seconds(15)))
        #expect(queue.dropped == .init(count: 3, first: WallTime(seconds: 0), last: WallTime(seconds: 2)))
        queue.haveTold(of: 2)
        #expect(queue.dropped?.count == 1)
        queue.haveTold(of: 1)
        #expect(queue.dropped == nil)
    }

    @Test
    func atTheEndNothingWaitsForItsTime() throws {
        var queue = filled(1)
        let taken = queue.take(at: start)
        _ = queue.putOff(try #require(taken), at: start)
        _ = queue.serverFailed(at: start)
        #expect(!queue.hasWork(at: start))
        queue.hurry(at: start)
        #expect(queue.hasWork(at: start))
    }
}

extension MailQueue.Entry {
    fileprivate func putOff(to due: Instant) -> MailQueue.Entry {
        var entry = self
        entry.due = due
        entry.attempts += 1
        return entry
    }
}
