import Glibc
import KeepalivedConfig
import Reactor
import VRRPProtocol

/// All tracked processes: which of them run, and what that means.
///
/// The kernel tells about every process. Where it does not, as in a network namespace of its own, /proc is looked
/// through every second, a few processes at a time so that the loop's other work does not wait.
final class ProcessWatches {
    private struct Watch {
        var definition: TrackProcess
        var pattern: ProcessPattern
        var tracker: ProcessTracker
        var count = 0
    }

    private let loop: EventLoop
    private let log: Log
    private let asksKernel: Bool
    private let changed: (String, Tracker.Reading) -> Void
    private var watches: [String: Watch] = [:]
    /// Processes that count, with the names of what they count for.
    private var known: [Int32: Set<String>] = [:]
    private var files = ProcessFiles(length: 0)
    private var events: ProcessEvents?
    /// Whether the kernel has said that it tells.
    private var isTold = false
    private var isQuiet = true
    /// What of a look through /proc is still to be done.
    private var unseen: [Int32] = []
    private lazy var scan = loop.timer { [unowned self] _ in goOn() }
    private lazy var delays = loop.timer { [unowned self] now in reachTime(now) }

    private static let scanInterval = Duration.seconds(1)
    private static let pause = Duration.milliseconds(1)
    private static let processesAtATime = 32

    /// - Parameter asksKernel: Whether the kernel is asked to tell; it may refuse.
    init(
        _ loop: EventLoop, _ log: Log, asksKernel: Bool = true,
        changed: @escaping (String, Tracker.Reading) -> Void
    ) {
        self.loop = loop
        self.log = log
        self.asksKernel = asksKernel
        self.changed = changed
    }

    func reading(of name: String) -> Tracker.Reading { watches[name]?.tracker.reading ?? .unknown }

    /// Counts these processes. What is as before goes on.
    func update(to definitions: [TrackProcess], buffer: Int, forced: Bool) {
        let old = watches
        watches = [:]
        var isNew = false
        for definition in definitions {
            let name = definition.name.value
            var weighted = definition
            if let watch = old[name] { weighted.weight = watch.definition.weight }
            if let watch = old[name], watch.definition == weighted {
                watches[name] = watch
                continue
            }
            isNew = true
            watches[name] = Watch(
                definition: definition, pattern: ProcessPattern(definition),
                tracker: ProcessTracker(
                    quorum: definition.quorum.value, maximum: definition.quorumMaximum.value,
                    forkDelay: definition.forkDelay.value, terminateDelay: definition.terminateDelay.value))
        }
        guard !watches.isEmpty else { return stop() }
        guard isNew else { return }
        files = ProcessFiles(length: watches.values.map(\.pattern.length).max() ?? 0)
        if asksKernel, events == nil { listen(buffer: buffer, forced: forced) }
        isQuiet = true
        known = [:]
        for process in ProcessFiles.all() { look(at: process) }
        count()
        isQuiet = false
        if !isTold { startScan(after: Self.scanInterval) }
    }

    private func stop() {
        events = nil
        isTold = false
        known = [:]
        unseen = []
        scan.set(nil)
        delays.set(nil)
    }

    // MARK: What the kernel tells

    private func listen(buffer: Int, forced: Bool) {
        do {
            events = try ProcessEvents(loop, buffer: buffer, forced: forced) { [unowned self] in heard($0) }
        } catch {
            isNotTold(error.code)
        }
    }

    private func isNotTold(_ code: Int32) {
        events = nil
        isTold = false
        log.notice(
            "the kernel does not tell about processes here (\(String(cString: strerror(code)))): "
                + "/proc is looked through every second", event: "track-process")
    }

    private func heard(_ event: ProcessEvents.Event) {
        switch event {
        case .listening:
            isTold = true
            // What happened since the first look and before the kernel listened.
            startScan(after: .zero)
        case .refused(let code):
            isNotTold(code)
            startScan(after: Self.scanInterval)
        case .forked(let child, let parent):
            guard let names = known[parent] else { return }
            known[child] = names
            count()
        case .changed(let process):
            if look(at: process) { count() }
        case .ended(let process):
            if known.removeValue(forKey: process) != nil { count() }
        case .lost:
            log.limited(
                "process-events", at: loop.now, .info, "events of processes were lost: /proc is looked through",
                event: "track-process")
            startScan(after: .zero)
        }
    }

    // MARK: Looking through /proc

    private func startScan(after delay: Duration) {
        unseen = []
        scan.set(EventLoop.clock() + delay)
    }

    private func goOn() {
        if unseen.isEmpty {
            unseen = ProcessFiles.all()
            // Whose number is gone is gone.
            let alive = Set(unseen)
            known = known.filter { alive.contains($0.key) }
        }
        for process in unseen.suffix(Self.processesAtATime) { look(at: process) }
        unseen.removeLast(min(Self.processesAtATime, unseen.count))
        if !unseen.isEmpty {
            scan.set(EventLoop.clock() + Self.pause)
            return
        }
        count()
        if !isTold { scan.set(EventLoop.clock() + Self.scanInterval) }
    }

    /// - Returns: Whether it counts for something else than before.
    @discardableResult
    private func look(at process: Int32) -> Bool {
        let before = known[process]
        var names: Set<String> = []
        let name = files.name(of: process).map { ArraySlice(Array($0)) } ?? []
        let words = watches.values.contains { $0.pattern.needsWords } ? files.words(of: process) ?? [] : []
        if !name.isEmpty {
            for (key, watch) in watches where watch.pattern.matches(name: name, words: words) { names.insert(key) }
        }
        if !names.isEmpty, files.isZombie(process) { names = [] }
        known[process] = names.isEmpty ? nil : names
        return known[process] != before
    }

    // MARK: What it means

    private func count() {
        var counts: [String: Int] = [:]
        for names in known.values { for name in names { counts[name, default: 0] += 1 } }
        let now = EventLoop.clock()
        for name in watches.keys {
            let count = counts[name] ?? 0
            watches[name]?.count = count
            if watches[name]?.tracker.observe(count: count, at: now) == true { tell(name) }
        }
        setDelays()
    }

    private func reachTime(_ now: Instant) {
        for name in watches.keys where watches[name]?.tracker.reachTime(now) == true { tell(name) }
        setDelays()
    }

    private func setDelays() { delays.set(watches.values.compactMap(\.tracker.deadline).min()) }

    private func tell(_ name: String) {
        guard let watch = watches[name] else { return }
        let isGood = watch.tracker.reading == .good
        log.notice(
            "vrrp_track_process \(name): \(watch.count) \(watch.count == 1 ? "process runs" : "processes run"), "
                + (isGood ? "which is good" : "which is not good"), event: "track-process",
            ["process": name, "count": String(watch.count), "reading": isGood ? "good" : "bad"])
        if !isQuiet { changed(name, watch.tracker.reading) }
    }
}
