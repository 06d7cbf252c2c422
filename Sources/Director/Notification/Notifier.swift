package import KeepalivedConfig
import Reactor
import VRRPProtocol

/// Tells scripts, FIFOs and mail about changes of state.
package final class Notifier {
    /// A FIFO with the script that reads it.
    private struct Outlet {
        var fifo: NotifyFifo
        var reader: FifoReader?
    }

    /// Who has a row of scripts of its own.
    private enum Subject: Hashable {
        case router(Notice.Subject, String)
        case service(String)
        case server(String, of: String)
    }

    private let runner: ScriptRunner
    private var definitions = ScriptDefinitions()
    private var outlets: [String: Outlet] = [:]
    private var queues: [Subject: NotificationQueue] = [:]
    private let mailer: Mailer
    private var stopped: (() -> Void)?
    private lazy var deadline = runner.loop.timer { [unowned self] _ in finishStop() }

    /// How long scripts are waited for at the end; keepalived's time.
    private static let lastWait = Duration.seconds(1)

    package init(runner: ScriptRunner) {
        self.runner = runner
        mailer = Mailer(runner.loop, runner.log)
        mailer.emptied = { [unowned self] in finishStopIfIdle() }
    }

    /// Opens the FIFOs of a configuration and starts the scripts that read them. Those that are as before stay.
    package func update(to new: ScriptDefinitions) {
        definitions = new
        update("notify_fifo", new.fifo.value, new.fifoScript.value)
        update("vrrp_notify_fifo", new.vrrpFifo.value, new.vrrpFifoScript.value)
        update("lvs_notify_fifo", new.directorFifo.value, new.directorFifoScript.value)
    }

    /// Takes up where mail goes; nil for nowhere.
    package func update(to new: MailSettings?) { mailer.update(to: new) }

    private func update(_ keyword: String, _ definition: ScriptDefinitions.Fifo?, _ script: ScriptCommand?) {
        if let old = outlets[keyword], old.fifo.definition == definition, old.reader?.command == script { return }
        if let old = outlets.removeValue(forKey: keyword) {
            old.reader?.stop()
            old.fifo.close()
        }
        guard let definition else { return }
        let fifo = NotifyFifo(definition, reader: script, runner)
        let reader = script.map { FifoReader("\(keyword)_script", $0, path: fifo.path, runner) }
        outlets[keyword] = Outlet(fifo: fifo, reader: reader)
    }

    /// Writes the FIFOs' line, and runs the scripts after those that the subject has had before.
    package func notify(_ notice: Notice) {
        let calls = notice.calls
        if !calls.isEmpty { queue(of: .router(notice.subject, notice.name)).add(calls) }
        writeLine(of: notice)
        if let alert = notice.alert { mailer.send(alert, isFault: notice.toldState == .fault) }
    }

    /// The same for servers.
    package func notify(_ notice: HealthNotice) {
        let calls = notice.calls
        if !calls.isEmpty {
            queue(of: notice.server.map { .server($0, of: notice.service) } ?? .service(notice.service)).add(calls)
        }
        if let line = notice.line { write(line, to: ["notify_fifo", "lvs_notify_fifo"]) }
        if let alert = notice.alert { mailer.send(alert, isAboutCheckOnly: notice.isAboutCheckOnly) }
    }

    /// Writes the FIFOs' line only: after a reload with `fifo_write_vrrp_states_on_reload`.
    package func writeLine(of notice: Notice) {
        write(notice.line, to: ["notify_fifo", "vrrp_notify_fifo"])
    }

    /// keepalived writes to both, also if somebody named one file twice.
    private func write(_ line: String, to keywords: [String]) {
        for keyword in keywords { outlets[keyword]?.fifo.write(line) }
    }

    private func queue(of subject: Subject) -> NotificationQueue {
        if let queue = queues[subject] { return queue }
        let (name, service): (String, String?) =
            switch subject {
            case .router(_, let name), .service(let name): (name, nil)
            case .server(let name, let service): (name, service)
            }
        let queue = NotificationQueue(name, of: service, runner) { [unowned self] in
            queues[subject] = nil
            finishStopIfIdle()
        }
        queues[subject] = queue
        return queue
    }

    // MARK: Beginning and end

    /// Runs `startup_script` and calls `completion` when it has ended or its time is over; at once if there is none.
    package func runStartupScript(then completion: @escaping () -> Void) {
        run("startup_script", definitions.startup.value, definitions.startupTimeout.value, completion)
    }

    /// The same for `shutdown_script`.
    package func runShutdownScript(then completion: @escaping () -> Void) {
        run("shutdown_script", definitions.shutdown.value, definitions.shutdownTimeout.value, completion)
    }

    private func run(
        _ title: String, _ command: ScriptCommand?, _ timeout: Duration, _ completion: @escaping () -> Void
    ) {
        guard let command else { return completion() }
        runner.run(ScriptCall(title, command, timeout: timeout)) { [log = runner.log] result in
            log.write(
                result.isSuccess ? .notice : .warning, "\(title) \(result.text)",
                event: result.isSuccess ? "script-ended" : "script-failed", ["script": title, "result": result.text])
            completion()
        }
    }

    /// Waits for the scripts of what was told, for the FIFOs' readers to take the last lines, and for mail, for at most a
    /// second in all; then closes the FIFOs, removes those that were made here, and calls `completion`, never before this
    /// returns.
    package func stop(then completion: @escaping () -> Void) {
        stopped = completion
        let now = EventLoop.clock()
        deadline.set(now + Self.lastWait)
        for outlet in outlets.values {
            outlet.reader?.release()
            outlet.reader?.ended = { [unowned self] in finishStopIfIdle() }
        }
        mailer.finish()
        if isIdle { deadline.set(now) } else { closeFifosIfTold() }
    }

    private var isIdle: Bool {
        queues.isEmpty && mailer.isIdle && outlets.values.allSatisfy { $0.reader?.isRunning != true }
    }

    private func finishStopIfIdle() {
        guard stopped != nil else { return }
        if isIdle { deadline.set(EventLoop.clock()) } else { closeFifosIfTold() }
    }

    /// The end of file comes when all is told: a reader then ends by itself.
    private func closeFifosIfTold() {
        guard queues.isEmpty else { return }
        for outlet in outlets.values { outlet.fifo.close() }
    }

    private func finishStop() {
        for queue in queues.values { queue.abandon() }
        mailer.stop()
        for outlet in outlets.values {
            outlet.reader?.stop()
            outlet.fifo.close()
        }
        outlets = [:]
        let completion = stopped
        stopped = nil
        completion?()
    }
}
