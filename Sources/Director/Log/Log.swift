import Glibc
package import PacketFormats
import Reporting
package import VRRPProtocol

/// The daemon's log: lines on a descriptor, as text or JSON, written without ever waiting for the reader.
///
/// Until something calls `collect()` each line is written as it comes; from then on they are collected, and
/// `flush()` at the end of a turn writes them. What does not fit is dropped, counted, and said. No secret is ever handed
/// to it: it cannot tell one.
package final class Log {
    package let level: LogLevel
    package let format: LogFormat
    private let priorities: Bool
    private let clock: () -> WallTime
    private let outlet: LogOutlet
    private var buffer: LogBuffer
    private var limiter = LogLimiter(interval: .seconds(10))
    private var collects = false
    /// What keeps the lines that tell what has happened, whatever `level` is.
    var history: (any LineKeeper)?

    /// - Parameters:
    ///   - level: What matters less is not written.
    ///   - descriptor: Where the lines go; it stays the caller's and must stay open.
    ///   - priorities: Whether each line begins with syslog's priority, as the journal understands it.
    ///   - capacity: Octets that may wait for the reader.
    package init(
        level: LogLevel = .notice, format: LogFormat = .text, descriptor: Int32 = STDERR_FILENO,
        priorities: Bool = Log.isReadByJournal(), capacity: Int = 1 << 18,
        clock: @escaping () -> WallTime = Log.wallTime
    ) {
        self.level = level
        self.format = format
        self.priorities = priorities
        self.clock = clock
        outlet = LogOutlet(descriptor)
        buffer = LogBuffer(capacity: capacity)
    }

    // MARK: Lines

    /// Writes a line.
    ///
    /// - Parameters:
    ///   - message: A whole sentence or phrase without a full stop; what is in the fields is said in it too.
    ///   - event: What happened, in a word or two joined by hyphens; programs look for it.
    ///   - fields: What the event is about, for the JSON form. Names are in camel case.
    package func write(
        _ level: LogLevel, _ message: @autoclosure () -> String, event: String,
        _ fields: @autoclosure () -> KeyValuePairs<String, String> = [:]
    ) {
        let kind = history == nil ? nil : HistoryKinds.kind(of: event, at: level)
        guard level >= self.level || kind != nil else { return }
        let line = LogLine(time: clock(), level: level, message: message(), event: event, fields: fields())
        if let kind { history?.record(line, as: kind) }
        guard level >= self.level else { return }
        append(line)
        if !collects { flush() }
    }

    package func error(
        _ message: @autoclosure () -> String, event: String,
        _ fields: @autoclosure () -> KeyValuePairs<String, String> = [:]
    ) {
        write(.error, message(), event: event, fields())
    }

    package func warning(
        _ message: @autoclosure () -> String, event: String,
        _ fields: @autoclosure () -> KeyValuePairs<String, String> = [:]
    ) {
        write(.warning, message(), event: event, fields())
    }

    package func notice(
        _ message: @autoclosure () -> String, event: String,
        _ fields: @autoclosure () -> KeyValuePairs<String, String> = [:]
    ) {
        write(.notice, message(), event: event, fields())
    }

    package func info(
        _ message: @autoclosure () -> String, event: String,
        _ fields: @autoclosure () -> KeyValuePairs<String, String> = [:]
    ) {
        write(.info, message(), event: event, fields())
    }

    package func debug(
        _ message: @autoclosure () -> String, event: String,
        _ fields: @autoclosure () -> KeyValuePairs<String, String> = [:]
    ) {
        write(.debug, message(), event: event, fields())
    }

    /// Writes a line that something outside can cause at will, such as a packet: at most one for each key in ten
    /// seconds. The next one says how many there were in between.
    package func limited(
        _ key: String, at now: Instant, _ level: LogLevel, _ message: @autoclosure () -> String, event: String,
        _ fields: @autoclosure () -> KeyValuePairs<String, String> = [:]
    ) {
        guard level >= self.level || history != nil && HistoryKinds.kind(of: event, at: level) != nil,
            let suppressed = limiter.admit(key, at: now)
        else { return }
        write(
            level, suppressed == 0 ? message() : "\(message()) (and \(suppressed) times before this)", event: event,
            fields())
    }

    private func append(_ line: LogLine) {
        var text = Text()
        line.write(format, priorities: priorities, into: &text)
        text.withBytes { buffer.append($0) }
    }

    // MARK: Writing

    /// From now on lines wait for `flush()`.
    package func collect() {
        collects = true
    }

    /// The descriptor that has to be writable before `flush()` gets further.
    package var descriptor: Int32 { outlet.descriptor }

    /// Writes what the reader takes at once.
    ///
    /// - Returns: Whether all is written. If not, call again when `descriptor` is writable, or at the next turn.
    @discardableResult
    package func flush() -> Bool {
        if let dropped = buffer.takeDropped() {
            append(
                LogLine(
                    time: clock(), level: .warning,
                    message: "\(dropped) lines of the log were dropped: nobody read them in time", event: "log-dropped",
                    fields: ["lines": "\(dropped)"]))
        }
        return buffer.drain { outlet.write($0) }
    }

    /// Whether nothing waits for the reader.
    package var isWritten: Bool { buffer.isEmpty }

    /// Writes what is left before the program ends, for at most `milliseconds`.
    package func finish(within milliseconds: Int32 = 200) {
        var rounds = max(milliseconds / 20, 1)
        while !flush(), rounds > 0 {
            var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            _ = poll(&ready, 1, 20)
            rounds -= 1
        }
    }

    // MARK: Surroundings

    /// Whether standard error is what the journal gave this process (`JOURNAL_STREAM`, device and inode).
    package static func isReadByJournal() -> Bool {
        guard let value = getenv("JOURNAL_STREAM") else { return false }
        var status = stat()
        return fstat(STDERR_FILENO, &status) == 0
            && String(cString: value) == "\(status.st_dev):\(status.st_ino)"
    }

    /// The time of day.
    package static func wallTime() -> WallTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return WallTime(seconds: Int64(time.tv_sec), nanoseconds: UInt32(truncatingIfNeeded: time.tv_nsec))
    }
}
