import ArgumentParser
import ControlProtocol
import Director
import Glibc
import Reporting
import VRRPReporting

struct Stop: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ends a running daemon in good order.",
        discussion: """
            Its active instances send priority 0 and release their addresses, so that other routers take over at once, and \
            its virtual servers leave the kernel's table as lvs_flush_on_stop says. It tells what changes, and waits until \
            the daemon has ended. A service manager that has started it may start it again.

            Exit status: 0 if it has ended, or could be; 1 if it has not ended in time; 69 if no daemon runs with the \
            socket; 77 without the right to end it; 2 for a wrong command line.
            """)

    @OptionGroup var control: ControlOptions

    @Flag(help: "Tell what would change, and change nothing.")
    var dryRun = false

    /// How long an end is waited for, in seconds: `shutdown_script` may take its time.
    private static let patience = 60

    private struct Answer: Decodable {
        var pid: Int32
        var changes: [String]
        var remarks: [String]
    }

    func run() throws {
        // Its lock is gone when it has ended.
        let guardian = control.state.guardian
        let answer = try control.ask { client throws(ControlFailure) in
            try client.ask("stop", as: Answer.self) { writer in
                writer.key("dryRun")
                writer.bool(dryRun)
            }
        }
        var text = Text()
        for change in answer.changes {
            text.append(ShownText.harmless(change))
            text.newline()
        }
        if dryRun { text.append("nothing was changed\n") }
        try StandardStream.print(text)
        for remark in answer.remarks {
            StandardStream.write("vrrpctl: warning: \(ShownText.harmless(remark))\n", to: STDERR_FILENO)
        }
        guard !dryRun else { return }
        guard Self.awaitEnd(of: [answer.pid] + (guardian.map { [$0] } ?? [])) else {
            StandardStream.write(
                "vrrpctl: process \(answer.pid) has not ended in \(Self.patience) s\n", to: STDERR_FILENO)
            throw ExitCode.failure
        }
        StandardStream.write("process \(answer.pid) has ended\n", to: STDOUT_FILENO)
    }

    /// - Returns: Whether they have ended in time.
    private static func awaitEnd(of processes: [Int32]) -> Bool {
        for _ in 0..<patience * 50 {
            if processes.allSatisfy({ kill($0, 0) != 0 && errno == ESRCH }) { return true }
            usleep(20_000)
        }
        return false
    }
}

extension StateFiles {
    /// The process that has signed the lock: the daemon's guardian.
    fileprivate var guardian: Int32? {
        let descriptor = open(lock, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return nil }
        return Int32(String(decoding: bytes[..<count].prefix { $0 != 0x0a }, as: UTF8.self))
    }
}
