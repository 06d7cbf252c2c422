import Glibc
import Reactor
import VRRPProtocol

/// A run of a script, from the wish to run it to its end.
package final class RunningScript {
    enum Phase {
        /// In the queue.
        case waiting
        case running
        /// SIGTERM has been sent, for this result.
        case ending(ScriptResult)
        case ended
    }

    package let call: ScriptCall
    let heard: ((String) -> Void)?
    private var completion: ((ScriptResult) -> Void)?
    private let runner: ScriptRunner
    var phase = Phase.waiting
    /// The process, and with the same number its group; nil before it is started.
    package internal(set) var process: Int32?
    /// What it hangs on this process by, and where the reason can be read if it could not be run.
    var line: Int32 = -1
    var output: ScriptOutput?
    private var timer: Timer?

    /// How long it has after SIGTERM.
    private static let grace = Duration.seconds(2)

    init(
        _ call: ScriptCall, _ runner: ScriptRunner, heard: ((String) -> Void)?,
        completion: @escaping (ScriptResult) -> Void
    ) {
        self.call = call
        self.runner = runner
        self.heard = heard
        self.completion = completion
    }

    /// Ends it, with everything that it started in its process group: SIGTERM, and SIGKILL two seconds later. One that
    /// was not started yet never is. The result comes as always, and is `.stopped`.
    package func stop() {
        switch phase {
        case .waiting: runner.forget(self)
        case .running: end(with: .stopped)
        case .ending, .ended: break
        }
    }

    func limit(to timeout: Duration?) {
        guard let timeout else { return }
        let timer = runner.loop.timer { [weak self] _ in self?.end(with: .timedOut) }
        timer.set(EventLoop.clock() + timeout)
        self.timer = timer
    }

    private func end(with result: ScriptResult) {
        guard case .running = phase, let process else { return }
        phase = .ending(result)
        kill(-process, SIGTERM)
        let timer = runner.loop.timer { [weak self] _ in
            guard let self, case .ending = phase, let process = self.process else { return }
            kill(-process, SIGKILL)
        }
        timer.set(EventLoop.clock() + Self.grace)
        self.timer = timer
    }

    /// The process has ended and was collected.
    func hasEnded(_ status: ExitStatus) {
        let result: ScriptResult
        switch phase {
        case .ending(let reason):
            // What it started and did not end itself. Its number has not been given to anybody since.
            if let process { kill(-process, SIGKILL) }
            result = reason
        default: result = startFailure ?? Self.result(status)
        }
        closeLine()
        output?.drain()
        if let output { runner.linger(output) }
        output = nil
        complete(result)
    }

    /// Tells the result, once.
    func complete(_ result: ScriptResult) {
        phase = .ended
        timer = nil
        let completion = completion
        self.completion = nil
        completion?(result)
    }

    func closeLine() {
        guard line >= 0 else { return }
        close(line)
        line = -1
    }

    private static func result(_ status: ExitStatus) -> ScriptResult {
        switch status {
        case .exited(let code): .exited(code)
        case .killed(let signal): .killed(signal)
        case .unknown: .failed("how it ended is not known")
        }
    }
}
