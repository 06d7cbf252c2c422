package import VRRPProtocol

/// Keeps one kind of line from filling the log: after a line, those with the same key are counted and not written until
/// a time has passed.
package struct LogLimiter: Sendable {
    /// What was kept back under a key, and until when.
    private struct Entry {
        var until: Instant
        var suppressed = 0
    }

    private let interval: Duration
    private let keys: Int
    private var entries: [String: Entry] = [:]

    /// - Parameters:
    ///   - interval: How long a key is silent after a line.
    ///   - keys: How many keys are remembered. What is in a key may come from the network; when there are too many,
    ///     those whose time is over are forgotten, and if none is, the new ones share one.
    package init(interval: Duration, keys: Int = 1024) {
        self.interval = interval
        self.keys = keys
    }

    /// - Returns: How many lines were kept back since the last one if this one may be written, otherwise nil.
    package mutating func admit(_ key: String, at now: Instant) -> Int? {
        var key = key
        if entries[key] == nil, entries.count >= keys {
            entries = entries.filter { $0.value.until > now }
            if entries.count >= keys { key = "" }
        }
        let suppressed = entries[key]?.suppressed ?? 0
        if let entry = entries[key], entry.until > now {
            entries[key]?.suppressed += 1
            return nil
        }
        entries[key] = Entry(until: now + interval)
        return suppressed
    }
}
