package import ControlProtocol
import Glibc

/// What has happened to this director: the last events in memory, and a longer row of them in a file that the next start
/// goes on with. It is fed by the log, with what `HistoryKinds` names.
///
/// Nothing depends on it. A disk that is full or cannot be written costs the file some events and the log a line.
package final class History: LineKeeper {
    private let path: String
    private let file: HistoryFile
    private(set) var ring: EventRing
    private var next: UInt64 = 1
    /// Lines that are not in the file yet.
    private var unwritten: [UInt8] = []
    /// How many found no room among those.
    private var dropped = 0
    private var isFailing = false
    private var followers: [Int: () -> Void] = [:]
    private var nextFollower = 0
    /// Whether the last run was seen to end; true where none is known.
    private(set) var formerRunEnded = true

    /// Events in memory.
    private static let capacity = 4096
    /// With which a run ends.
    private static let ends: Set = ["stopped", "stop-cut", "start-failed"]
    /// Octets that wait for a file that cannot be written.
    private static let mostUnwritten = 1 << 17

    /// Reads what there is; a file that cannot be read is one without events.
    package init(at path: String, limit: Int = 1 << 20, capacity: Int = History.capacity) {
        self.path = path
        file = HistoryFile(at: path, limit: limit)
        ring = EventRing(capacity: capacity)
        for event in EventLines.read(file.read().bytes).events {
            ring.append(EventRing.Entry(event))
            next = max(next, event.sequence &+ 1)
            if event.kind == .process, let name = event.fields["event"] {
                formerRunEnded = Self.ends.contains(name)
            }
        }
    }

    // MARK: Taking in

    func record(_ line: LogLine, as kind: DirectorEvent.Kind) {
        record(DirectorEvent(line, as: kind, sequence: next))
    }

    /// Takes in a line that the other process has logged, as JSON.
    func record(logged line: [UInt8]) {
        if let event = DirectorEvent(logged: line, sequence: next) { record(event) }
    }

    private func record(_ event: DirectorEvent) {
        let entry = EventRing.Entry(event)
        next += 1
        ring.append(entry)
        if unwritten.count + entry.line.count <= Self.mostUnwritten {
            unwritten += entry.line
        } else {
            dropped += 1
        }
        for follower in followers.values { follower() }
    }

    /// Writes what has come since the last time.
    ///
    /// - Returns: What to say of it: that the file cannot be written, or can be again; each once.
    func write() -> (level: LogLevel, message: String)? {
        guard !unwritten.isEmpty else { return nil }
        if let failure = file.append(unwritten) {
            defer { isFailing = true }
            guard !isFailing else { return nil }
            return (
                .warning,
                "the history cannot be written to \(path): \(String(cString: strerror(failure))); its events are kept "
                    + "in memory only"
            )
        }
        unwritten.removeAll(keepingCapacity: unwritten.count <= 1 << 14)
        defer {
            isFailing = false
            dropped = 0
        }
        guard isFailing else { return nil }
        let missing = dropped == 0 ? "" : "; \(dropped) \(dropped == 1 ? "event is" : "events are") missing in it"
        return (.notice, "the history is written to \(path) again\(missing)")
    }

    // MARK: Asking

    /// What is known, the oldest first.
    package func events(matching query: EventQuery) -> [EventRing.Entry] { ring.entries(matching: query) }

    /// Has `wake` called with each event from now on; it must not do more than that.
    ///
    /// - Returns: What `unfollow` takes.
    package func follow(_ wake: @escaping () -> Void) -> Int {
        nextFollower += 1
        followers[nextFollower] = wake
        return nextFollower
    }

    package func unfollow(_ follower: Int) { followers[follower] = nil }
}
