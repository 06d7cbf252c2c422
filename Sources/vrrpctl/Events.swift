import ArgumentParser
import ControlProtocol
import Director
import Glibc
import Reporting
import VRRPReporting

struct Events: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows what has happened to a director.",
        discussion: """
            Transitions, packets that were not believed, results of checks that changed something, reloads, \
            notifications, orders, starts and ends, the oldest first. The history survives restarts and crashes. Without \
            a running director it is read from its file.

            Exit status: 0 if it was shown, even if there was nothing; 69 if no daemon runs with the socket and there is \
            no history beside it; 77 without the right to ask or to read it; 2 for a wrong command line.
            """)

    @OptionGroup var control: ControlOptions

    @Flag(help: "Go on with what happens from now on, until interrupted.")
    var follow = false

    @Option(
        help: ArgumentHelp(
            "Nothing older: 90s, 10m, 2h, 1d, or a time such as 2026-11-21T15:03:11Z.", valueName: "TIME"))
    var since: EventPeriod?

    @Option(
        help: ArgumentHelp(
            "Only this kind: \(DirectorEvent.Kind.allCases.map(\.rawValue).joined(separator: ", ")). May be repeated.",
            valueName: "KIND"))
    var kind: [DirectorEvent.Kind] = []

    @Flag(help: "Write one JSON object for each event, each on a line.")
    var json = false

    @Argument(
        help: ArgumentHelp(
            "Only what is about this instance, sync group, virtual or real server.", valueName: "SUBJECT"))
    var subject: String?

    func run() throws {
        do throws(ControlFailure) {
            try ask()
        } catch {
            guard error.status == 69, !follow, try readFile() else {
                StandardStream.write("vrrpctl: \(ShownText.harmless(error.message))\n", to: STDERR_FILENO)
                throw ExitCode(error.status)
            }
        }
    }

    // MARK: Asking

    private func ask() throws(ControlFailure) {
        let conversation = try ControlConversation(path: control.state.socket, patience: follow ? nil : 30)
        let answer = try conversation.ask("events") { writer in
            switch since {
            case .last(let seconds):
                writer.key("since")
                writer.number(seconds)
            case .from(let time):
                writer.key("since")
                writer.string(Array(time.description.utf8))
            case nil: break
            }
            writer.key("kinds")
            writer.array { writer in
                for kind in kind { writer.string(Array(kind.rawValue.utf8)) }
            }
            if let subject {
                writer.key("subject")
                writer.string(subject)
            }
            writer.key("follow")
            writer.bool(follow)
        }
        guard answer["more"]?.bool == true else { return }
        var text = Text()
        while let line = try conversation.next() {
            if let event = DirectorEvent(line) {
                write(event, into: &text)
            } else if let missed = line["missed"]?.integer {
                flush(&text)
                StandardStream.write("vrrpctl: \(missed) events were missed\n", to: STDERR_FILENO)
            }
            if !conversation.hasLine || text.bytes.count > 1 << 16 { guard flush(&text) else { return } }
        }
        flush(&text)
    }

    // MARK: Reading

    /// - Returns: Whether there was a history.
    private func readFile() throws -> Bool {
        let path = control.state.events
        let (bytes, failure) = HistoryFile(at: path).read()
        if let failure {
            StandardStream.write(
                "vrrpctl: no daemon runs, and \(path) cannot be read: \(String(cString: strerror(failure)))\n",
                to: STDERR_FILENO)
            throw ExitCode(failure == EACCES || failure == EPERM ? 77 : 1)
        }
        guard !bytes.isEmpty else { return false }
        StandardStream.write("vrrpctl: no daemon runs; this is from \(path)\n", to: STDERR_FILENO)
        let (events, damaged) = EventLines.read(bytes)
        let query = EventQuery(since: since?.since(Self.now), kinds: Set(kind), subject: subject)
        var text = Text()
        for event in events where query.matches(event) { write(event, into: &text) }
        flush(&text)
        if damaged > 0 {
            StandardStream.write(
                "vrrpctl: \(damaged) \(damaged == 1 ? "line" : "lines") of it cannot be understood\n", to: STDERR_FILENO
            )
        }
        return true
    }

    private static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    // MARK: Writing

    private func write(_ event: DirectorEvent, into text: inout Text) {
        if json {
            text.append(event.line)
        } else {
            var seconds = time_t(event.time.milliseconds / 1000)
            var local = tm()
            localtime_r(&seconds, &local)
            text.append(ShownText.harmless(EventText.line(event, offset: Int(local.tm_gmtoff))))
            text.newline()
        }
    }

    @discardableResult
    private func flush(_ text: inout Text) -> Bool {
        defer { text = Text() }
        return (try? StandardStream.print(text)) != nil
    }
}

extension EventPeriod: ExpressibleByArgument {
    init?(argument: String) { self.init(argument) }
}

extension DirectorEvent.Kind: ExpressibleByArgument {}
