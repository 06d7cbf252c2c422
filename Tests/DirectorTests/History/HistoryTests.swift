import ControlProtocol
import Glibc
import PacketFormats
import Testing
import VRRPProtocol

@testable import Director

struct HistoryTests {
    private let folder = TemporaryFolder()
    private var path: String { folder.path + "/control.events" }

    private func line(_ message: String, _ event: String = "start") -> LogLine {
        LogLine(
            time: WallTime(seconds: 1_795_273_391, nanoseconds: 0), level: .notice, message: message, event: event,
            fields: [:])
    }

    private func note(_ messages: String..., in history: History) {
        for message in messages { history.record(line(message), as: .process) }
    }

    private func texts(_ history: History) -> [String] {
        history.events(matching: EventQuery()).compactMap { $0.event?.text }
    }

    private func sequences(_ history: History) -> [UInt64] {
        history.events(matching: EventQuery()).map(\.sequence)
    }

    @Test
    func goesOnAfterARestart() {
        let first = History(at: path)
        note("a", "b", in: first)
        #expect(first.write() == nil)
        let second = History(at: path)
        note("c", in: second)
        #expect(texts(second) == ["a", "b", "c"])
        #expect(sequences(second) == [1, 2, 3])
    }

    @Test
    func losesWhatWasNotWritten() {
        let first = History(at: path)
        note("a", in: first)
        _ = first.write()
        note("b", in: first)
        #expect(texts(History(at: path)) == ["a"])
    }

    @Test
    func keepsOneFormerFile() throws {
        var history = History(at: path, limit: 2000)
        for number in 1...60 {
            note("event \(number)", in: history)
            #expect(history.write() == nil)
        }
        var status = stat()
        for file in [path, path + ".1"] {
            #expect(stat(file, &status) == 0)
            #expect(status.st_size > 500 && status.st_size <= 2000, "\(file) has \(status.st_size) octets")
            #expect(status.st_mode & 0o777 == 0o600)
        }
        history = History(at: path, limit: 2000)
        let left = sequences(history)
        #expect(left.last == 60)
        #expect(left.count > 10 && left.count < 40)
        #expect(left == Array(try #require(left.first)...60))
    }

    @Test
    func goesOnBehindATornLine() {
        let first = History(at: path)
        note("a", "b", in: first)
        _ = first.write()
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(truncate(path, status.st_size - 10) == 0)
        let second = History(at: path)
        note("c", in: second)
        _ = second.write()
        #expect(texts(History(at: path)) == ["a", "c"])
    }

    @Test
    func saysOnceThatItCannotBeWrittenAndOnceThatItCan() throws {
        // A folder in the place of the file.
        #expect(mkdir(path, 0o700) == 0)
        let history = History(at: path)
        note("a", in: history)
        let said = try #require(history.write())
        #expect(said.level == .warning)
        #expect(said.message.contains(path))
        note("b", in: history)
        #expect(history.write() == nil)
        #expect(texts(history) == ["a", "b"])
        #expect(rmdir(path) == 0)
        note("c", in: history)
        #expect(history.write()?.level == .notice)
        #expect(texts(History(at: path)) == ["a", "b", "c"])
    }

    @Test
    func aDiskThatIsFullCostsNoMemoryWithoutEnd() throws {
        // Always full, and a device: it is refused before anything is written to it.
        #expect(symlink("/dev/full", path) == 0)
        let history = History(at: path)
        for _ in 0..<5000 { note(String(repeating: "x", count: 200), in: history) }
        #expect(try #require(history.write()).level == .warning)
        #expect(unlink(path) == 0)
        #expect(try #require(history.write()).message.contains("events are missing in it"))
        let left = EventLines.read(HistoryFile(at: path).read().bytes)
        #expect(left.damaged == 0)
        #expect(left.events.count > 100 && left.events.count < 1000)
    }

    @Test
    func whoFollowsHearsWhatComes() {
        let history = History(at: path)
        note("a", in: history)
        var woken = 0
        let follower = history.follow { woken += 1 }
        note("b", "c", in: history)
        history.unfollow(follower)
        note("d", in: history)
        #expect(woken == 2)
    }

    @Test(arguments: [("stopped", true), ("start-failed", true), ("stop-cut", true), ("start", false)])
    func knowsHowTheLastRunEnded(_ event: String, _ ended: Bool) {
        #expect(History(at: path).formerRunEnded)
        let first = History(at: path)
        first.record(line("x", event), as: .process)
        first.record(line("lan: backup → active", "transition"), as: .transition)
        _ = first.write()
        #expect(History(at: path).formerRunEnded == ended)
    }

    // MARK: From the log

    @Test
    func theLogFeedsItWhateverIsWritten() {
        let history = History(at: path)
        let log = Log(level: .error, descriptor: -1, priorities: false)
        log.history = history
        log.notice("lan: backup → active", event: "transition", ["instance": "lan"])
        log.info("interface eth0 is down", event: "interface", ["interface": "eth0"])
        // No news, or too little of it.
        log.notice("lan: 1 advertisement sent", event: "counters", ["instance": "lan"])
        log.debug("x of y: TCP_CHECK refused", event: "check-failed", ["realServer": "x"])
        log.info("x of y: TCP_CHECK succeeded", event: "check-passed", ["realServer": "x"])
        #expect(history.events(matching: EventQuery()).map(\.kind) == [.transition, .observation])
    }

    @Test
    func whatCanBeCausedAtWillIsLimited() {
        let history = History(at: path)
        let log = Log(level: .error, descriptor: -1, priorities: false)
        log.history = history
        for second in 0..<15 {
            log.limited(
                "lan loser", at: Instant.origin + .seconds(second), .notice, "lan: somebody advertises",
                event: "loser-heard",
                ["instance": "lan"])
        }
        #expect(texts(history) == ["somebody advertises", "somebody advertises (and 9 times before this)"])
    }

    @Test
    func whatTheGuardianHasSeenComesOverTheChannel() throws {
        let notes = GuardianNotes()
        let log = Log(level: .error, format: .text, descriptor: -1, priorities: false)
        log.history = notes
        log.error("process 7 died", event: "worker-died", ["worker": "7", "instances": "2"])
        log.notice("process 7: signal 9 killed it", event: "worker-exit", ["worker": "7"])
        var datagram: [UInt8] = []
        for message in notes.take() { message.write(into: &datagram) }
        let history = History(at: path)
        for case .noted(let line) in try #require(GuardianMessage.read(datagram[...])) { history.record(logged: line) }
        let events = history.events(matching: EventQuery()).compactMap(\.event)
        #expect(events.map(\.text) == ["process 7 died", "process 7: signal 9 killed it"])
        #expect(events.map(\.kind) == [.process, .process])
        #expect(events.first?.fields == ["event": "worker-died", "worker": "7", "instances": "2"])
        #expect(notes.take().isEmpty)
        history.record(logged: Array("nonsense".utf8))
        #expect(texts(history).count == 2)
    }

    /// Each name that the log uses is known to the table or is no event: a new one does not get lost by a slip.
    @Test
    func everyKindComesFromTheLog() {
        #expect(Set(HistoryKinds.byEvent.values) == Set(DirectorEvent.Kind.allCases))
    }
}
