import PacketFormats
import VRRPProtocol

/// The letters that wait for the mail server, the oldest first.
///
/// A letter that the server puts off waits for itself, and the others go on; when the server as a whole is not to be
/// had, all wait. Either wait grows with each failure. There is room for a number of letters: a further one drops the
/// oldest, since what is the case now matters more than what was, and those that were dropped are counted.
struct MailQueue: Hashable, Sendable {
    struct Entry: Hashable, Sendable {
        var letter: Letter
        var written: WallTime
        /// Counts up from letter to letter.
        var number: Int
        /// Not before then.
        var due: Instant
        /// How often the server has put it off.
        var attempts = 0
    }

    /// Letters that were dropped and that nobody has been told of by mail yet.
    struct Dropped: Hashable, Sendable {
        var count: Int
        var first: WallTime
        var last: WallTime
    }

    /// How long is waited after the first failure, and at most.
    struct Waits: Hashable, Sendable {
        var letter = Duration.seconds(15)
        var longestOfLetter = Duration.seconds(600)
        var server = Duration.seconds(1)
        var longestOfServer = Duration.seconds(60)
    }

    private(set) var waiting: [Entry] = []
    private(set) var dropped: Dropped?
    private let capacity: Int
    private let waits: Waits
    private var failures = 0
    private var numbers = 0
    /// When the server is tried next.
    private(set) var next: Instant?

    /// - Parameter capacity: Letters that may wait, at least one.
    init(capacity: Int = 1_000, waits: Waits = Waits()) {
        self.capacity = max(capacity, 1)
        self.waits = waits
    }

    /// - Returns: The entry that was dropped for it.
    mutating func add(_ letter: Letter, written: WallTime, at now: Instant) -> Entry? {
        numbers += 1
        waiting.append(Entry(letter: letter, written: written, number: numbers, due: now))
        return dropExcess()
    }

    /// Takes the first letter that may be sent now.
    mutating func take(at now: Instant) -> Entry? {
        guard mayTry(at: now), let place = waiting.firstIndex(where: { $0.due <= now }) else { return nil }
        return waiting.remove(at: place)
    }

    /// Whether there is something that may be sent now.
    func hasWork(at now: Instant) -> Bool {
        mayTry(at: now) && (waiting.contains { $0.due <= now })
    }

    private func mayTry(at now: Instant) -> Bool { next.map { $0 <= now } ?? true }

    /// When there will be something that may be sent; nil for never.
    var deadline: Instant? {
        guard let due = waiting.lazy.map(\.due).min() else { return nil }
        return next.map { max($0, due) } ?? due
    }

    /// The server has put a letter off for some of its recipients, whom the entry still has.
    ///
    /// - Returns: The entry that was dropped for it.
    mutating func putOff(_ entry: Entry, at now: Instant) -> Entry? {
        var entry = entry
        entry.due = now + Self.wait(after: entry.attempts, from: waits.letter, to: waits.longestOfLetter)
        entry.attempts += 1
        let place = waiting.firstIndex { $0.number > entry.number } ?? waiting.count
        waiting.insert(entry, at: place)
        return dropExcess()
    }

    /// The server was not to be had.
    ///
    /// - Returns: After how long it is tried again.
    mutating func serverFailed(at now: Instant) -> Duration {
        let wait = Self.wait(after: failures, from: waits.server, to: waits.longestOfServer)
        failures += 1
        next = now + wait
        return wait
    }

    /// The server has taken a letter, or answered to one.
    mutating func serverWorks() {
        failures = 0
        next = nil
    }

    /// Everything may be tried at once: another server, or the end of the daemon.
    mutating func hurry(at now: Instant) {
        serverWorks()
        for index in waiting.indices { waiting[index].due = min(waiting[index].due, now) }
    }

    /// That many of the dropped letters have been told of.
    mutating func haveTold(of count: Int) {
        guard let dropped, dropped.count > count else {
            self.dropped = nil
            return
        }
        self.dropped = Dropped(count: dropped.count - count, first: dropped.last, last: dropped.last)
    }

    /// Gives up all that waits.
    mutating func clear() {
        waiting = []
        dropped = nil
    }

    private mutating func dropExcess() -> Entry? {
        guard waiting.count > capacity else { return nil }
        let entry = waiting.removeFirst()
        let first = min(dropped?.first ?? entry.written, entry.written)
        let last = max(dropped?.last ?? entry.written, entry.written)
        dropped = Dropped(count: (dropped?.count ?? 0) + 1, first: first, last: last)
        return entry
    }

    private static func wait(after failures: Int, from first: Duration, to longest: Duration) -> Duration {
        min(first * (1 << min(failures, 10)), longest)
    }
}
