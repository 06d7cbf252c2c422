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

    /// As a process is that was stopped, or whose machine stood still: a deadline passes in the sleep, and when it goes
    /// on there is something to hear.
    @Test("what came while the sleep was interrupted is handled before timers fire")
    func interrupted() throws {
        let loop = try EventLoop()
        let pipe = Pipe()
        let happened = Recording<String>()
        Interruption.writing = pipe.writing
        Interruption.timer = loop.timer { _ in
            happened.add("timer")
            loop.stop()
        }
        defer { Interruption.timer = nil }
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in
            Interruption.timer?.set(.origin)
            var octet: UInt8 = 0
            write(Interruption.writing, &octet, 1)
        }
        var before = sigaction()
        sigaction(SIGURG, &action, &before)
        defer { sigaction(SIGURG, &before, nil) }
        try loop.watch(pipe.reading) { [reading = pipe.reading] in
            _ = Pipe.take(from: reading)
            happened.add("pipe")
        }
        let limit = loop.timer { _ in loop.stop() }
        limit.set(EventLoop.clock() + .seconds(10))
        let sleeping = OwnThread {
            // The threads of a test run block signals.
            var signals = sigset_t()
            sigaddset(&signals, SIGURG)
            pthread_sigmask(SIG_UNBLOCK, &signals, nil)
            let sleeper = pthread_self()
            let interrupting = OwnThread {
                // Most likely the loop sleeps by then; if not, the order is the same.
                usleep(20_000)
                pthread_kill(sleeper, SIGURG)
            }
            loop.run()
            interrupting.join()
        }
        sleeping.join()
        #expect(happened.entries == ["pipe", "timer"])
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
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0)
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

/// What the handler of the signal needs.
private enum Interruption {
    nonisolated(unsafe) static var timer: Timer?
    nonisolated(unsafe) static var writing: Int32 = -1
}
