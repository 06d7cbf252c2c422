import Reactor
import TestSupport
import Testing
import VRRPProtocol

@Suite("Timers")
struct TimerTests {
    @Test("fires once, never early, and is disarmed then")
    func fires() throws {
        let loop = try EventLoop()
        let deadline = EventLoop.clock() + .milliseconds(3)
        let fired = Recording<Instant>()
        let timer = loop.timer { now in
            fired.add(now)
            loop.stop()
        }
        timer.set(deadline)
        #expect(timer.deadline == deadline)
        loop.run()
        #expect(fired.entries.count == 1)
        #expect(fired.entries.allSatisfy { $0 >= deadline && $0 == loop.now })
        #expect(timer.deadline == nil)
    }

    /// Random arming, re-arming, disarming and releasing, beside a list that is sorted.
    @Test("fires in the order of the deadlines, whatever was set, set anew and disarmed before", arguments: 1...40)
    func order(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        let loop = try EventLoop()
        let fired = Recording<Int>()
        var timers: [Timer?] = (0..<60).map { number in loop.timer { _ in fired.add(number) } }
        var expected: [Int: (deadline: Int64, order: Int)] = [:]
        for order in 0..<Int(numbers.next() % 600) {
            let number = Int(numbers.next() % 60)
            guard timers[number] != nil else { continue }
            // All of them have passed; many are equal.
            let deadline = Int64(numbers.next() % 40)
            if numbers.oneIn(30) {
                timers[number] = nil
                expected[number] = nil
            } else if numbers.oneIn(4) {
                timers[number]?.set(nil)
                expected[number] = nil
            } else {
                timers[number]?.set(Instant(nanoseconds: deadline))
                expected[number] = (deadline, order)
            }
        }
        let sorted = expected.sorted { ($0.value.deadline, $0.value.order) < ($1.value.deadline, $1.value.order) }
        let last = loop.timer { _ in loop.stop() }
        last.set(Instant(nanoseconds: 100))
        loop.run()
        #expect(fired.entries == sorted.map(\.key))
        #expect(timers.allSatisfy { $0?.deadline == nil })
    }

    @Test("leaves those for later where they are")
    func partly() throws {
        var numbers = SeededNumbers(seed: 7)
        let loop = try EventLoop()
        let fired = Recording<Int>()
        let far = EventLoop.clock() + .seconds(3600)
        var timers: [Timer] = []
        var expected: [Int] = []
        for number in 0..<200 {
            let timer = loop.timer { _ in fired.add(number) }
            let isDue = numbers.oneIn(2)
            timer.set(isDue ? Instant(nanoseconds: Int64(number)) : far + .seconds(Int64(numbers.next() % 100)))
            if isDue { expected.append(number) }
            timers.append(timer)
        }
        let end = loop.timer { _ in loop.stop() }
        end.set(Instant(nanoseconds: 1000))
        loop.run()
        #expect(fired.entries == expected)
        #expect(timers.count { $0.deadline != nil } == 200 - expected.count)
    }

    @Test("one that is due does not fire if another disarmed it, moved it or let it go in the same turn")
    func disarmedWhileDue() throws {
        let loop = try EventLoop()
        let fired = Recording<String>()
        let past = Instant(nanoseconds: 1)
        let disarmed = loop.timer { _ in fired.add("disarmed") }
        let moved = loop.timer { _ in fired.add("moved") }
        var released: Timer? = loop.timer { _ in fired.add("released") }
        let first = loop.timer { now in
            fired.add("first")
            disarmed.set(nil)
            moved.set(now + .seconds(3600))
            released = nil
        }
        let last = loop.timer { _ in loop.stop() }
        for timer in [first, disarmed, moved, last] { timer.set(past) }
        released?.set(past)
        loop.run()
        #expect(fired.entries == ["first"])
        #expect(released == nil)
        #expect(moved.deadline.map { $0 > loop.now } == true)
    }

    @Test("one that sets itself for an instant that has passed lets descriptors in between")
    func spinning() throws {
        let loop = try EventLoop()
        let pipe = Pipe()
        let happened = Recording<String>()
        var spinning: Timer?
        spinning = loop.timer { now in
            happened.add("timer")
            spinning?.set(now)
        }
        try loop.watch(pipe.reading) {
            happened.add("pipe")
            if happened.entries.count >= 6 { loop.stop() }
        }
        pipe.put()
        spinning?.set(.origin)
        loop.run()
        #expect(happened.entries == ["pipe", "timer", "pipe", "timer", "pipe", "timer", "pipe", "timer"])
        spinning = nil
    }

    @Test("a deadline at the end of time neither overflows nor wakes")
    func endOfTime() throws {
        let loop = try EventLoop()
        let never = loop.timer { _ in Issue.record("the end of time came") }
        never.set(Instant(nanoseconds: .max))
        let pipe = Pipe()
        try loop.watch(pipe.reading) { loop.stop() }
        loop.atEndOfTurn { pipe.put() }
        loop.run()
        #expect(never.deadline == Instant(nanoseconds: .max))
    }
}
