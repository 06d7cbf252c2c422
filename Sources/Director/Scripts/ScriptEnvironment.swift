import Glibc

/// The environment that scripts get.
enum ScriptEnvironment {
    /// What is meant for the daemon alone: a script that tells systemd something would be taken for it.
    private static let own = [
        "NOTIFY_SOCKET=", "WATCHDOG_PID=", "WATCHDOG_USEC=", "LISTEN_PID=", "LISTEN_FDS=", "LISTEN_FDNAMES=",
        "JOURNAL_STREAM=",
    ]

    /// The environment of this process as scripts get it.
    static func ofThisProcess() -> [String] {
        var entries: [String] = []
        var next = environ
        while let entry = next.pointee {
            entries.append(String(cString: entry))
            next += 1
        }
        return forScripts(entries)
    }

    /// An environment, as keepalived's scripts have the daemon's, without what is the daemon's own.
    static func forScripts(_ entries: [String]) -> [String] {
        entries.filter { entry in !own.contains { entry.hasPrefix($0) } }
    }
}
