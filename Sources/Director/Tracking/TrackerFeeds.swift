package import KeepalivedConfig
import Reactor
package import VRRPProtocol

/// Everything outside VRRP that instances and sync groups track, but interfaces: scripts, files, processes and BFD
/// sessions. The files of FILE_CHECKs are among them.
package final class TrackerFeeds {
    private struct Thing: Hashable {
        var kind: Tracker.Kind
        var name: String
    }

    private let runner: ScriptRunner
    private let changed: (Tracker.Kind, String, Tracker.Reading) -> Void
    /// Run by somebody else, since checks of real servers go by them too.
    private let sessions: BFDSessions?
    private var trackedSessions: Set<String> = []
    /// What was said last, also of what is not tracked now.
    private var told: [Thing: Tracker.Reading] = [:]
    private var scripts: [String: ScriptWatch] = [:]
    private lazy var files = FileWatches(runner.loop, runner.log) { [unowned self] name, value in
        tell(Thing(kind: .file, name: name), .value(value))
    }
    private lazy var processes = ProcessWatches(runner.loop, runner.log) { [unowned self] name, reading in
        tell(Thing(kind: .process, name: name), reading)
    }

    /// - Parameters:
    ///   - sessions: Without them no BFD session is ever up.
    ///   - changed: Called with each reading that is another one than before: from the loop, and at the end of `update`.
    package init(
        runner: ScriptRunner, sessions: BFDSessions? = nil,
        changed: @escaping (Tracker.Kind, String, Tracker.Reading) -> Void
    ) {
        self.runner = runner
        self.changed = changed
        self.sessions = sessions
        sessions?.observe { [unowned self] name, isUp in
            guard trackedSessions.contains(name) else { return }
            tell(Thing(kind: .bfd, name: name), isUp ? .good : .bad)
        }
    }

    /// Watches what a configuration tracks, and nothing else. What is as before goes on undisturbed; a script that is
    /// another one now counts as it did until its first result.
    ///
    /// What is known then and was not said before is said before this returns. What is not tracked any more keeps its
    /// reading, so that nobody who still believes to track it goes to fault.
    package func update(to configuration: Configuration) {
        let tracked = configuration.instances.map(\.tracked) + configuration.syncGroups.map(\.tracked)
        let scriptNames = Set(tracked.lazy.flatMap(\.scripts).map(\.value.name))
        let fileNames = Set(tracked.lazy.flatMap(\.files).map(\.value.name)).union(configuration.checkedFiles)
        let processNames = Set(tracked.lazy.flatMap(\.processes).map(\.value.name))
        update(configuration.scripts.filter { scriptNames.contains($0.name.value) })
        files.update(to: configuration.trackFiles.filter { fileNames.contains($0.name.value) })
        processes.update(
            to: configuration.trackProcesses.filter { processNames.contains($0.name.value) },
            buffer: configuration.global.process.processEventBuffer.value ?? 0,
            forced: configuration.global.process.processEventBufferForced.value)
        trackedSessions = Set(tracked.lazy.flatMap(\.sessions).map(\.value.name))
        let names: [(Tracker.Kind, Set<String>)] = [
            (.file, fileNames), (.process, processNames), (.script, scriptNames), (.bfd, trackedSessions),
        ]
        for (kind, names) in names {
            for name in names.sorted() { tell(Thing(kind: kind, name: name), reading(of: kind, name: name)) }
        }
    }

    private func tell(_ thing: Thing, _ reading: Tracker.Reading) {
        guard told[thing] ?? .unknown != reading else { return }
        told[thing] = reading
        changed(thing.kind, thing.name, reading)
    }

    private func update(_ definitions: [VRRPScript]) {
        let old = scripts
        scripts = [:]
        for definition in definitions {
            let name = definition.name.value
            if let watch = old[name], watch.runsLike(definition) {
                scripts[name] = watch
                continue
            }
            scripts[name] = ScriptWatch(definition, runner, before: old[name]?.reading ?? .unknown) {
                [unowned self] in tell(Thing(kind: .script, name: name), $0)
            }
        }
        for (name, watch) in old where scripts[name] !== watch { watch.stop() }
    }

    /// What is known now; unknown for what is not tracked.
    package func reading(of kind: Tracker.Kind, name: String) -> Tracker.Reading {
        switch kind {
        case .script: scripts[name]?.reading ?? .unknown
        case .file: files.value(of: name).map(Tracker.Reading.value) ?? .unknown
        case .process: processes.reading(of: name)
        // One that never came up is down, as keepalived has it: nothing has to be heard first to know that.
        case .bfd: trackedSessions.contains(name) ? (sessions?.isUp(name) == true ? .good : .bad) : .unknown
        case .interface: .unknown
        }
    }

    /// Ends all of it; nothing is told any more.
    package func stop() {
        for watch in scripts.values { watch.stop() }
        scripts = [:]
        trackedSessions = []
        files.update(to: [])
        processes.update(to: [], buffer: 0, forced: false)
    }
}
