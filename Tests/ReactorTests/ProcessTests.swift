import Glibc
import Reactor
import Testing
import VRRPProtocol

@Suite("Signals and exits")
struct ProcessTests {
    private static func spawn(_ script: String, output: Int32? = nil) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let output { posix_spawn_file_actions_adddup2(&actions, output, 1) }
        let arguments = (["/bin/sh", "-c", script] as [String]).map { strdup($0) }
        defer { for argument in arguments { free(argument) } }
        var pid: pid_t = 0
        try #require(posix_spawn(&pid, "/bin/sh", &actions, nil, arguments + [nil], environ) == 0)
        return pid
    }

    /// How the process ends, from a loop of its own.
    private static func end(of pid: pid_t, then: () -> Void = {}) throws -> [Reactor.ExitStatus] {
        let loop = try EventLoop()
        let ends = Recording<Reactor.ExitStatus>()
        try loop.onExit(of: pid) { status in
            ends.add(status)
            loop.stop()
        }
        then()
        loop.run()
        return ends.entries
    }

    @Test("an exit comes with its status, and the process is collected", arguments: [0, 7, 255] as [Int32])
    func exits(status: Int32) throws {
        let pid = try Self.spawn("exit \(status)")
        #expect(try Self.end(of: pid) == [.exited(status)])
        #expect(waitpid(pid, nil, WNOHANG) == -1)
        #expect(throws: ReactorError.self) { try Self.end(of: pid) }
    }

    @Test("a killed process comes with its signal")
    func killed() throws {
        let pid = try Self.spawn("exec sleep 60")
        #expect(try Self.end(of: pid) { kill(pid, SIGKILL) } == [.killed(SIGKILL)])
    }

    @Test("a process that is no child ends with an unknown status")
    func strangers() throws {
        let pipe = Pipe()
        let parent = try Self.spawn("sleep 60 </dev/null 2>/dev/null & echo $!", output: pipe.writing)
        #expect(try Self.end(of: parent) == [.exited(0)])
        var text: [UInt8] = []
        repeat { text.append(Pipe.take(from: pipe.reading)) } while text.last != UInt8(ascii: "\n")
        let stranger = try #require(pid_t(String(decoding: text.dropLast(), as: UTF8.self)))
        #expect(try Self.end(of: stranger) { kill(stranger, SIGKILL) } == [.unknown])
    }

    @Test("a process that is not waited for any more is not collected")
    func forgotten() throws {
        let loop = try EventLoop()
        let pid = try Self.spawn("exit 3")
        try loop.onExit(of: pid) { _ in Issue.record("forgotten") }
        loop.forgetExit(of: pid)
        loop.forgetExit(of: pid)
        let timer = loop.timer { _ in loop.stop() }
        timer.set(.origin)
        loop.run()
        #expect(waitpid(pid, nil, 0) == pid)
    }

    @Test("the body of one that ended starts the next")
    func several() throws {
        let loop = try EventLoop()
        let ends = Recording<Reactor.ExitStatus>()
        func start(_ status: Int32) throws {
            try loop.onExit(of: try Self.spawn("exit \(status)")) { end in
                ends.add(end)
                if status < 4 { #expect(throws: Never.self) { try start(status + 1) } } else { loop.stop() }
            }
        }
        try start(1)
        loop.run()
        #expect(ends.entries == [.exited(1), .exited(2), .exited(3), .exited(4)])
    }

    @Test("signals come as events, and the thread's mask is as it was when the loop goes")
    func signals() throws {
        var before = sigset_t()
        pthread_sigmask(SIG_SETMASK, nil, &before)
        do {
            let loop = try EventLoop()
            let seen = Recording<Int32>()
            try loop.onSignals([SIGUSR1, SIGHUP]) { number in seen.add(number) }
            try loop.onSignals([SIGUSR2]) { number in
                seen.add(number)
                loop.stop()
            }
            // To this thread: the others of a test run would take them.
            raise(SIGHUP)
            raise(SIGUSR1)
            let timer = loop.timer { _ in raise(SIGUSR2) }
            timer.set(.origin)
            loop.run()
            #expect(seen.entries.sorted() == [SIGHUP, SIGUSR1, SIGUSR2].sorted())
            #expect(seen.entries.last == SIGUSR2)
        }
        var after = sigset_t()
        pthread_sigmask(SIG_SETMASK, nil, &after)
        for number in 1...64 as ClosedRange<Int32> {
            #expect(sigismember(&before, number) == sigismember(&after, number))
        }
    }
}
