import Testing
import VRRPProtocol

@Suite("Readings that must last")
struct DelayedReadingTests {
    private func second(_ count: Int) -> Instant { .origin + .seconds(count) }

    @Test("the first observation counts at once")
    func first() {
        for isGood in [true, false] {
            var link = DelayedReading(goodDelay: .seconds(3), badDelay: .seconds(3))
            #expect(link.reading == .unknown)
            let isChanged = link.observe(isGood: isGood, at: second(0))
            #expect(isChanged && link.reading == (isGood ? .good : .bad) && link.deadline == nil)
        }
    }

    @Test("an interface that comes back within its delay was never down")
    func bounce() {
        var link = DelayedReading(goodDelay: .seconds(5), badDelay: .seconds(2))
        _ = link.observe(isGood: true, at: second(0))
        var changes = [link.observe(isGood: false, at: second(10)), link.reachTime(second(11))]
        #expect(link.deadline == second(12))
        changes.append(link.observe(isGood: false, at: second(11)))
        #expect(link.deadline == second(12), "counted from when it went down")
        changes.append(link.observe(isGood: true, at: second(11)))
        changes.append(link.reachTime(second(60)))
        #expect(changes == Array(repeating: false, count: 5))
        #expect(link.reading == .good && link.deadline == nil)
    }

    @Test("what lasts counts, each way with its own delay")
    func lasting() {
        var link = DelayedReading(goodDelay: .seconds(5), badDelay: .seconds(2))
        _ = link.observe(isGood: true, at: second(0))
        _ = link.observe(isGood: false, at: second(10))
        let isDown = link.reachTime(second(12))
        #expect(isDown && link.reading == .bad)
        _ = link.observe(isGood: true, at: second(20))
        #expect(link.deadline == second(25))
        let isUp = link.reachTime(second(25))
        #expect(isUp && link.reading == .good)
    }

    @Test("without a delay everything counts at once")
    func atOnce() {
        var link = DelayedReading()
        let changes = [true, true, false, true].map { link.observe(isGood: $0, at: second(0)) }
        #expect(changes == [true, false, true, true])
    }

    @Test(
        "a process has its quorum from quorum to quorum_max",
        arguments: [
            (1, nil, [0: false, 1: true, 9: true]),
            (3, nil, [2: false, 3: true]),
            (1, 1, [0: false, 1: true, 2: false]),
            (1, 0, [0: true, 1: false]),
            (-5, -5, [0: true, 1: false]),
        ] as [(Int, Int?, [Int: Bool])])
    func quorum(least: Int, most: Int?, counts: [Int: Bool]) {
        for (count, isGood) in counts {
            var process = ProcessTracker(quorum: least, maximum: most)
            _ = process.observe(count: count, at: second(0))
            #expect(process.reading == (isGood ? .good : .bad), "\(count) processes")
        }
    }

    @Test("a process that is restarted within terminate_delay was never gone")
    func restart() {
        var process = ProcessTracker(forkDelay: .seconds(1), terminateDelay: .seconds(3))
        _ = process.observe(count: 1, at: second(0))
        _ = process.observe(count: 0, at: second(5))
        #expect(process.reading == .good && process.deadline == second(8))
        _ = process.observe(count: 1, at: second(6))
        #expect(process.deadline == nil)
        _ = process.observe(count: 0, at: second(7))
        let isGone = process.reachTime(second(10))
        #expect(isGone && process.reading == .bad)
    }
}
