import KeepalivedConfig
import Reactor
import VRRPProtocol

/// A `vrrp_script`: run at once and then at its interval, never twice at a time.
final class ScriptWatch {
    private let definition: VRRPScript
    private let runner: ScriptRunner
    private let changed: (Tracker.Reading) -> Void
    /// What counts until the first result.
    private let before: Tracker.Reading
    private var tracker: ScriptTracker
    private var running: RunningScript?
    private var due: Instant
    private lazy var timer = runner.loop.timer { [unowned self] now in reachTime(now) }
    private var lastResult: ScriptResult?
    /// What the run has written; told when its result is another one than the last.
    private var lines: [String] = []
    private var lastLines: [String] = []
    private var isStopped = false

    private static let mostLines = 20

    init(
        _ definition: VRRPScript, _ runner: ScriptRunner, before: Tracker.Reading,
        changed: @escaping (Tracker.Reading) -> Void
    ) {
        self.definition = definition
        self.runner = runner
        self.before = before
        self.changed = changed
        tracker = ScriptTracker(
            rise: definition.rise.value, fall: definition.fall.value,
            startsFailed: definition.startsFailed.value && before == .unknown)
        due = EventLoop.clock()
        timer.set(due)
    }

    var reading: Tracker.Reading { tracker.reading == .unknown ? before : tracker.reading }

    /// Whether another definition asks for the same runs; the weight is the instances' affair.
    func runsLike(_ other: VRRPScript) -> Bool {
        var other = other
        other.weight = definition.weight
        return other == definition
    }

    func stop() {
        isStopped = true
        timer.set(nil)
        running?.stop()
    }

    private var title: String { "vrrp_script \(definition.name.value)" }

    private func reachTime(_ now: Instant) {
        let interval = max(definition.interval.value, .milliseconds(1))
        due = due + interval
        // After a standstill the runs that were missed are not made up for.
        if due <= now { due = now + interval }
        timer.set(due)
        if running == nil {
            start()
        } else {
            runner.log.limited(
                "script-busy \(title)", at: now, .info, "\(title) still runs: a run that is due is left out",
                event: "script-busy", ["script": definition.name.value])
        }
    }

    private func start() {
        guard let command = definition.command.value else { return record(.failed("it has no command")) }
        let call = ScriptCall(title, command, user: definition.user.value, timeout: definition.timeout.value)
        lines = []
        running = runner.run(
            call,
            heard: { [weak self] line in
                guard let self, lines.count < Self.mostLines else { return }
                lines.append(line)
            },
            completion: { [weak self] result in
                guard let self else { return }
                running = nil
                if !isStopped { record(result) }
            })
    }

    private func record(_ result: ScriptResult) {
        let old = reading
        _ = tracker.record(success: result.isSuccess)
        let isNew = reading != old
        if result != lastResult || isNew {
            log(result, isNew: isNew)
        } else if lines != lastLines {
            logNewWords()
        }
        lastResult = result
        lastLines = lines
        if isNew { changed(reading) }
    }

    /// A script that only warns ends as before. One whose words change each time must not fill the log.
    private func logNewWords() {
        for line in lines {
            runner.log.limited(
                "script-output \(title)", at: runner.loop.now, .notice, "\(title) says: \(line)",
                event: "script-output", ["script": title, "line": line])
        }
    }

    private func log(_ result: ScriptResult, isNew: Bool) {
        let name = definition.name.value
        let isFirst = lastResult == nil
        for line in lines {
            runner.log.write(
                isFirst && result.isSuccess ? .debug : .notice, "\(title) says: \(line)", event: "script-output",
                ["script": title, "line": line])
        }
        let state = isNew ? (tracker.reading == .good ? ": it counts as good now" : ": it counts as failed now") : ""
        let level: LogLevel
        if case .failed = result { level = .error } else { level = isNew ? .notice : .info }
        runner.log.write(
            level, "\(title) \(result.text)\(state)", event: "script-result",
            ["script": name, "result": result.text, "reading": tracker.reading == .good ? "good" : "bad"])
    }
}
