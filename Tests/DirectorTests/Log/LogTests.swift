import Glibc
import PacketFormats
import Testing
import VRRPProtocol

@testable import Director

struct LogTests {
    /// 2026-11-21 15:03:11.000042 UTC
    static let time = WallTime(seconds: 1_795_273_391, nanoseconds: 42_000)

    private func log(
        _ pipe: borrowing Pipe, level: LogLevel = .notice, format: LogFormat = .text, priorities: Bool = false,
        capacity: Int = 1 << 18
    ) -> Log {
        Log(
            level: level, format: format, descriptor: pipe.writing, priorities: priorities, capacity: capacity,
            clock: { Self.time })
    }

    @Test
    func textHasTimeLevelAndSentence() {
        let pipe = Pipe()
        log(pipe).warning("VI_1: the address 10.0.0.3 was removed by somebody", event: "address-lost")
        #expect(
            pipe.read() == "2026-11-21T15:03:11.000042Z warning: VI_1: the address 10.0.0.3 was removed by somebody\n")
    }

    @Test
    func theJournalHasTheTimeAlready() {
        let pipe = Pipe()
        log(pipe, priorities: true).error("it ended", event: "end")
        #expect(pipe.read() == "<3>it ended\n")
    }

    @Test
    func jsonHasTheFieldsInTheirOrder() {
        let pipe = Pipe()
        log(pipe, format: .json).notice(
            "VI_1: backup → active", event: "transition", ["instance": "VI_1", "from": "backup", "to": "active"])
        #expect(
            pipe.read() == """
                {"time":"2026-11-21T15:03:11.000042Z","level":"notice","event":"transition",\
                "message":"VI_1: backup → active","instance":"VI_1","from":"backup","to":"active"}\n
                """)
    }

    @Test
    func whatMattersLessIsNotWrittenNorMade() {
        let pipe = Pipe()
        var made = 0
        func message() -> String {
            made += 1
            return "x"
        }
        let log = log(pipe, level: .warning)
        log.notice(message(), event: "x")
        log.warning(message(), event: "x")
        #expect(made == 1)
        #expect(pipe.read().hasSuffix("warning: x\n"))
    }

    @Test
    func aLineStaysOneLineWhateverIsInIt() {
        let pipe = Pipe()
        log(pipe, priorities: true).notice("script says \"a\n<0>b\u{1b}[2J\"", event: "script")
        #expect(pipe.read() == "<5>script says \"a\\u{a}<0>b\\u{1b}[2J\"\n")
    }

    /// Nobody reads the pipe, and thousands of lines come: no call waits, what does not fit is counted and said later.
    @Test
    func neverWaitsForAReader() {
        let pipe = Pipe()
        let log = log(pipe, capacity: 10_000)
        log.collect()
        for number in 1...5000 {
            log.notice("line \(number)", event: "x")
            log.flush()
        }
        #expect(!log.flush())
        var text = pipe.read()
        while !log.flush() { text += pipe.read() }
        text += pipe.read()
        log.flush()
        text += pipe.read()
        let lines = text.split(separator: "\n")
        let written = lines.filter { $0.contains("notice: line ") }.count
        #expect(written < 5000)
        #expect(
            lines.last?.hasSuffix(
                "warning: \(5000 - written) lines of the log were dropped: nobody read them in time") == true)
        #expect(lines.allSatisfy { $0.hasPrefix("2026-11-21T") }, "no line is torn")
    }

    /// Standard error is shared with whatever started the daemon.
    @Test
    func leavesTheDescriptorsFlagsAlone() {
        let pipe = Pipe()
        let log = log(pipe)
        log.error("x", event: "x")
        #expect(fcntl(pipe.writing, F_GETFL) & O_NONBLOCK == 0)
    }

    @Test
    func aLostReaderIsNoTrouble() {
        signal(SIGPIPE, SIG_IGN)
        let pipe = Pipe()
        let log = log(pipe)
        pipe.closeReading()
        log.error("x", event: "x")
        #expect(log.flush())
    }
}

struct LogLimiterTests {
    @Test
    func countsWhatItKeepsBack() {
        var limiter = LogLimiter(interval: .seconds(10))
        let start = Instant(nanoseconds: 1)
        #expect(limiter.admit("a", at: start) == 0)
        #expect(limiter.admit("a", at: start + .seconds(1)) == nil)
        #expect(limiter.admit("b", at: start + .seconds(1)) == 0)
        #expect(limiter.admit("a", at: start + .seconds(9)) == nil)
        #expect(limiter.admit("a", at: start + .seconds(10)) == 2)
        #expect(limiter.admit("a", at: start + .seconds(20)) == 0)
    }

    /// Keys may come from the network, so there is an end to them.
    @Test
    func tooManyKeysShareOne() {
        var limiter = LogLimiter(interval: .seconds(10), keys: 3)
        let start = Instant(nanoseconds: 1)
        #expect((1...3).allSatisfy { limiter.admit("\($0)", at: start) == 0 })
        #expect(limiter.admit("4", at: start) == 0)
        #expect(limiter.admit("5", at: start) == nil)
        #expect(limiter.admit("6", at: start + .seconds(11)) == 0)
    }
}
