import Glibc
import Reactor
import Testing
import VRRPProtocol

@Suite("Turns of the loop")
struct TurnTests {
    @Test("what is ready is handled before timers fire, and what is at the end of a turn after them")
    func order() throws {
        let loop = try EventLoop()
        let pipe = Pipe()
        let happened = Recording<String>()
        let timer = loop.timer { now in
            happened.add("timer")
            #expect(now == loop.now)
            loop.stop()
        }
        try loop.watch(pipe.reading) { [reading = pipe.reading] in
            _ = Pipe.take(from: reading)
            happened.add("pipe")
        }
        loop.atEndOfTurn { happened.add("end") }
        loop.atEndOfTurn { happened.add("second end") }
        pipe.put()
        timer.set(.origin)
        loop.run()
        #expect(happened.entries == ["end", "second end", "pipe", "timer", "end", "second end"])
    }

    @Test("a timer that is set at the end of a turn is regarded before the sleep")
    func timerAtEnd() throws {
        let loop = try EventLoop()
        let timer = loop.timer { _ in loop.stop() }
        loop.atEndOfTurn { timer.set(.origin) }
        loop.run()
    }

    @Test("the clock goes forward from the descriptors to the timers")
    func clock() throws {
        let loop = try EventLoop()
        let pipe = Pipe()
        let seen = Recording<Instant>()
        try loop.watch(pipe.reading) {
            seen.add(loop.now)
            // As long as a body takes that has much to do: the timers' instant is read after it.
            let until = EventLoop.clock() + .milliseconds(2)
            while EventLoop.clock() < until {}
        }
        let timer = loop.timer { now in
            seen.add(now)
            loop.stop()
        }
        pipe.put()
        timer.set(.origin)
        loop.run()
        #expect(seen.entries.count == 2)
        #expect(seen.entries.last.map { $0 - seen.entries[0] >= .milliseconds(2) } == true)
    }

    @Test("what is not read is ready again in the next turn")
    func levels() throws {
        let loop = try EventLoop()
        let pipe = Pipe()
        let taken = Recording<UInt8>()
        for octet in 1...3 as ClosedRange<UInt8> { pipe.put(octet) }
        try loop.watch(pipe.reading) { [reading = pipe.reading] in
            taken.add(Pipe.take(from: reading))
            if taken.entries.count == 3 { loop.stop() }
        }
        loop.run()
        #expect(taken.entries == [1, 2, 3])
    }

    @Test("a descriptor whose watch ended is not called any more in the same turn, nor one that has its number now")
    func unwatched() throws {
        let loop = try EventLoop()
        let one = Pipe()
        let other = Pipe()
        let fresh = Pipe()
        let happened = Recording<String>()
        one.put()
        other.put()
        // Whichever of the two comes first puts another pipe, which is empty, in the place of the other one.
        func replace(_ descriptor: Int32, by another: Int32) throws {
            loop.unwatch(descriptor)
            dup2(another, descriptor)
            try loop.watch(descriptor) { happened.add("fresh") }
        }
        try loop.watch(one.reading) { [reading = other.reading, another = fresh.reading] in
            happened.add("first")
            #expect(throws: Never.self) { try replace(reading, by: another) }
        }
        try loop.watch(other.reading) { [reading = one.reading, another = fresh.reading] in
            happened.add("first")
            #expect(throws: Never.self) { try replace(reading, by: another) }
        }
        let timer = loop.timer { _ in loop.stop() }
        timer.set(.origin)
        loop.run()
        #expect(happened.entries == ["first"])
    }

    @Test("a later watch replaces the interest and the body")
    func replaced() throws {
        let loop = try EventLoop()
        let pipe = Pipe()
        try loop.watch(pipe.writing, .writable) { Issue.record("replaced") }
        try loop.watch(pipe.writing, .writable) { loop.stop() }
        loop.run()
        try loop.watch(pipe.writing, []) { Issue.record("of no interest") }
        let timer = loop.timer { _ in loop.stop() }
        timer.set(.origin)
        loop.run()
    }

    @Test("a number whose descriptor was closed without a word is watched anew")
    func closedWithoutUnwatch() throws {
        let loop = try EventLoop()
        let one = Pipe()
        let other = Pipe()
        try loop.watch(one.reading) { Issue.record("closed") }
        dup2(other.reading, one.reading)
        other.put()
        try loop.watch(one.reading) { loop.stop() }
        loop.run()
    }

    @Test("a hang-up wakes whoever watches, whatever for")
    func hangUp() throws {
        let loop = try EventLoop()
        var ends: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        try loop.watch(ends[0], []) { loop.stop() }
        close(ends[1])
        loop.run()
        loop.unwatch(ends[0])
        close(ends[0])
    }

    @Test("what cannot be watched is an error that names the call")
    func unwatchable() throws {
        let loop = try EventLoop()
        #expect(throws: ReactorError("epoll_ctl", code: EBADF)) { try loop.watch(-1) {} }
        #expect(throws: ReactorError("epoll_ctl", code: EBADF)) { try loop.watch(9999) {} }
        let file = open("/proc/self/status", O_RDONLY)
        defer { close(file) }
        #expect(throws: ReactorError("epoll_ctl", code: EPERM)) { try loop.watch(file) {} }
        loop.unwatch(file)
        loop.unwatch(-1)
    }
}
