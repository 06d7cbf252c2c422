import KeepalivedConfig
import VRRPProtocol

/// Scripts, files and processes, as the daemon follows them.
final class TrackedReadings: TrackerSource {
    private let runner: ScriptRunner
    private var feeds: TrackerFeeds?
    private var read: ((Tracker.Kind, String, Tracker.Reading) -> Void)?

    init(_ runner: ScriptRunner) {
        self.runner = runner
    }

    func update(to configuration: Configuration, _ read: @escaping (Tracker.Kind, String, Tracker.Reading) -> Void) {
        self.read = read
        let feeds = self.feeds ?? TrackerFeeds(runner: runner) { [unowned self] in self.read?($0, $1, $2) }
        self.feeds = feeds
        feeds.update(to: configuration)
    }

    func stop() {
        feeds?.stop()
    }
}
