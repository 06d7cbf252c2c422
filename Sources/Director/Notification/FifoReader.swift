import KeepalivedConfig
import Reactor
import VRRPProtocol

/// The script that reads a FIFO: it is kept running, and gets the FIFO's path as its last argument.
final class FifoReader {
    let command: ScriptCommand
    private let title: String
    private let path: String
    private let runner: ScriptRunner
    private var running: RunningScript?
    private var since = Instant.origin
    private var delay = FifoReader.shortestDelay
    private var isWanted = true
    private lazy var restart = runner.loop.timer { [unowned self] _ in start() }
    /// Called when it has ended and is not started again.
    var ended: (() -> Void)?

    private static let shortestDelay = Duration.seconds(1)
    private static let longestDelay = Duration.seconds(60)

    /// - Parameter title: What the log calls it: its keyword.
    init(_ title: String, _ command: ScriptCommand, path: String, _ runner: ScriptRunner) {
        self.title = title
        self.command = command
        self.path = path
        self.runner = runner
        start()
    }

    deinit { running?.stop() }

    var isRunning: Bool { running != nil }

    /// Does not start it again. It sees the end of the FIFO, or is told to end.
    func release() {
        isWanted = false
        restart.set(nil)
    }

    func stop() {
        release()
        running?.stop()
    }

    private func start() {
        since = EventLoop.clock()
        running = runner.run(ScriptCall(title, command, arguments: [path])) { [weak self] result in
            self?.hasEnded(result)
        }
    }

    private func hasEnded(_ result: ScriptResult) {
        running = nil
        guard isWanted else {
            ended?()
            return
        }
        let now = EventLoop.clock()
        if now - since >= Self.longestDelay { delay = Self.shortestDelay }
        runner.log.warning(
            "\(title) \(result.text); it is started again in \(delay.components.seconds) s", event: "script-failed",
            ["script": title, "result": result.text])
        restart.set(now + delay)
        delay = min(delay * 2, Self.longestDelay)
    }
}
