import KeepalivedConfig
import Reactor
import VRRPProtocol

/// The machine's processes: notify scripts, with FIFOs and mail, and what is tracked.
final class MachineScripts: StateListener, TrackerSource {
    private let runner: ScriptRunner
    private let notifier: Notifier
    private let feeds: TrackerFeeds
    private let receiver: Receiver

    /// Who is told of readings; the feeds want to know them before there is one.
    private final class Receiver {
        var readers: [(Tracker.Kind, String, Tracker.Reading) -> Void] = []
    }

    init(runner: ScriptRunner, sessions: BFDSessions) {
        let receiver = Receiver()
        self.receiver = receiver
        self.runner = runner
        notifier = Notifier(runner: runner)
        feeds = TrackerFeeds(runner: runner, sessions: sessions) { kind, name, reading in
            for read in receiver.readers { read(kind, name, reading) }
        }
    }

    func update(to configuration: Configuration) {
        runner.configure(ScriptPolicy(configuration.global))
        notifier.update(to: configuration.global.scripts)
        notifier.update(to: MailSettings(configuration.global, host: HostName.full(), user: HostName.user()))
    }

    func begin(then start: @escaping () -> Void) { notifier.runStartupScript(then: start) }

    func tell(_ notice: Notice) { notifier.notify(notice) }

    func tell(_ notice: HealthNotice) { notifier.notify(notice) }

    func tellAgain(_ notice: Notice) { notifier.writeLine(of: notice) }

    func finish(then done: @escaping () -> Void) {
        let notifier = notifier
        notifier.stop { notifier.runShutdownScript(then: done) }
    }

    func observe(_ read: @escaping (Tracker.Kind, String, Tracker.Reading) -> Void) { receiver.readers.append(read) }

    func reading(of kind: Tracker.Kind, name: String) -> Tracker.Reading { feeds.reading(of: kind, name: name) }

    func track(by configuration: Configuration) { feeds.update(to: configuration) }

    func stopTracking() { feeds.stop() }
}
