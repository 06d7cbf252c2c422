import HealthChecks
import HealthPolicy
import KeepalivedConfig
import Reactor

/// `MISC_CHECK`: a script's exit status says whether a real server is well, and with `misc_dynamic` what it weighs.
final class ScriptProbe: Probe {
    private let runner: ScriptRunner
    private let call: ScriptCall
    private let isDynamic: Bool
    private var running: RunningScript?

    /// - Parameter call: With the time that it may take.
    init(_ call: ScriptCall, isDynamic: Bool, _ runner: ScriptRunner) {
        self.call = call
        self.isDynamic = isDynamic
        self.runner = runner
    }

    deinit { running?.stop() }

    func attempt(step: Int, then done: @escaping (CheckResult) -> Void) {
        // A check is made again and again: what it writes each time must not fill the log.
        let (runner, title) = (runner, call.title)
        let say = { (line: String) in
            runner.log.limited(
                "script-output \(title)", at: runner.loop.now, .info, "\(title) says: \(line)", event: "script-output",
                ["script": title, "line": line])
        }
        var script: RunningScript?
        script = runner.run(call, heard: say) { [weak self] result in
            // One that was cancelled ends later, when another may run already.
            guard let self, let script, running === script else { return }
            running = nil
            done(Self.judge(result, isDynamic: isDynamic))
        }
        running = script
    }

    func cancel() {
        running?.stop()
        running = nil
    }

    /// What keepalived makes of an exit status: 0 is a success, and with `misc_dynamic` 2 to 255 are the weights 0 to 253.
    /// A script that could not be run says nothing about the server: keepalived drops a check without a script.
    static func judge(_ result: ScriptResult, isDynamic: Bool) -> CheckResult {
        switch result {
        case .exited(0): .passed
        case .exited(let status) where isDynamic && (2...255).contains(status): .passed(.absolute(Int(status) - 2))
        case .failed: .undecided(result.text)
        case .exited, .killed, .timedOut, .stopped: .failed(result.text)
        }
    }
}
