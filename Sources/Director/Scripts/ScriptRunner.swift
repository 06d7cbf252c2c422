import CLinux
import Glibc
import KeepalivedConfig
package import Reactor
import VRRPProtocol

/// Runs the scripts of the configuration beside the loop: without a shell, each in a process group of its own, with
/// nothing of the daemon but its environment, and what it writes goes to the log.
///
/// Starting a process takes the loop a part of a millisecond. When many are to be started, as at a failover of hundreds
/// of instances, they are started for a millisecond at a time with the loop's other work in between.
package final class ScriptRunner {
    let loop: EventLoop
    let log: Log
    package private(set) var policy = ScriptPolicy()
    private var accounts: [ScriptUser: ScriptAccount] = [:]
    /// Whom scripts run as if nobody says; nil for the daemon's own user.
    private var usualUser = ScriptRunner.lookUpUsualUser()
    private var waiting: [RunningScript] = []
    /// How many at the front of `waiting` are dealt with already.
    private var started = 0
    private var running: [Int32: RunningScript] = [:]
    /// What scripts that have ended left in the background may still write here.
    private var lingering: [ScriptOutput] = []
    private lazy var starter = loop.timer { [unowned self] _ in startSome() }
    let environment = ScriptEnvironment.ofThisProcess()

    /// What starting may take of a turn.
    private static let slice = Duration.milliseconds(1)
    private static let mostLingering = 32

    package init(loop: EventLoop, log: Log) {
        self.loop = loop
        self.log = log
    }

    /// From now on scripts are run like this; users and groups are looked up anew.
    package func configure(_ policy: ScriptPolicy) {
        self.policy = policy
        accounts = [:]
        usualUser = Self.lookUpUsualUser()
    }

    /// Runs a script as soon as may be, at the earliest in the next turn.
    ///
    /// - Parameters:
    ///   - heard: Called with each line that it writes; nil to have them logged.
    ///   - completion: Called once in any case, never before this returns.
    /// - Returns: The run, which can be stopped.
    @discardableResult
    package func run(
        _ call: ScriptCall, heard: ((String) -> Void)? = nil, completion: @escaping (ScriptResult) -> Void
    ) -> RunningScript {
        let script = RunningScript(call, self, heard: heard, completion: completion)
        waiting.append(script)
        if starter.deadline == nil { starter.set(EventLoop.clock()) }
        return script
    }

    /// How many are running now or wait to be started.
    package var count: Int { running.count + waiting.count - started }

    /// Ends everything that runs, and what waits is never started.
    package func stopAll() {
        for script in waiting[started...] { script.stop() }
        for script in running.values { script.stop() }
    }

    // MARK: Starting

    private func startSome() {
        let end = EventLoop.clock() + Self.slice
        repeat {
            guard started < waiting.count else { break }
            let script = waiting[started]
            started += 1
            switch script.phase {
            case .waiting: start(script)
            case .ending(let result): script.complete(result)
            case .running, .ended: break
            }
        } while EventLoop.clock() < end
        if started == waiting.count {
            waiting.removeAll()
            started = 0
        } else {
            starter.set(EventLoop.clock() + Self.slice)
        }
    }

    private func start(_ script: RunningScript) {
        do {
            let program = try prepare(script.call)
            try launch(script, program)
        } catch {
            script.complete(.failed(error.reason))
        }
    }

    private func launch(_ script: RunningScript, _ program: PreparedProgram) throws(NotStarted) {
        var pipe: [Int32] = [-1, -1]
        guard clinux_output_pipe(&pipe) == 0 else { throw NotStarted("pipe", errno) }
        defer { close(pipe[1]) }
        let process = program.start(output: pipe[1], line: &script.line)
        guard process > 0 else {
            let code = errno
            close(pipe[0])
            throw NotStarted("fork", code)
        }
        script.process = process
        script.phase = .running
        do {
            let heard = script.heard ?? logging(script.call.title)
            script.output = try ScriptOutput(pipe[0], loop, heard: heard)
            try loop.onExit(of: process) { [unowned self] status in
                running[process] = nil
                script.hasEnded(status)
            }
        } catch {
            // Nobody would notice its end.
            kill(-process, SIGKILL)
            waitpid(process, nil, 0)
            script.output = nil
            script.closeLine()
            throw NotStarted(error.operation, error.code)
        }
        running[process] = script
        script.limit(to: script.call.timeout)
    }

    private func logging(_ title: String) -> (String) -> Void {
        { [log] line in log.notice("\(title) says: \(line)", event: "script-output", ["script": title, "line": line]) }
    }

    /// A script that waits is not to be started; its result still comes in a turn of its own.
    func forget(_ script: RunningScript) {
        script.phase = .ending(.stopped)
    }

    /// Listens on to what an ended script has left in the background: it would get SIGPIPE else.
    func linger(_ output: ScriptOutput) {
        output.ended = { [unowned self, unowned output] in lingering.removeAll { $0 === output } }
        guard output.isOpen else { return }
        lingering.append(output)
        if lingering.count > Self.mostLingering { lingering.removeFirst().close() }
    }

    /// Whom a script runs as; nil for the daemon's own user.
    func account(_ call: ScriptCall) throws(NotStarted) -> ScriptAccount? {
        let own = call.command.user.map { ScriptUser(user: $0, group: call.command.group) }
        guard let names = own ?? call.user ?? policy.user ?? usualUser else { return nil }
        if let known = accounts[names] { return known }
        do {
            let account = try ScriptAccount(names, supplementary: policy.setsSupplementaryGroups)
            accounts[names] = account
            return account
        } catch {
            throw NotStarted(error.reason)
        }
    }

    private static func lookUpUsualUser() -> ScriptUser? {
        getpwnam("keepalived_script") == nil ? nil : ScriptUser(user: "keepalived_script")
    }
}
