import Glibc

/// The environment that scripts get.
enum ScriptEnvironment {
    /// What is meant for the daemon alone: a script that tells systemd something would be taken for it.
    private static let own = [
        "NOTIFY_SOCKET=", "WATCHDOG_PID=", "WATCHDOG_USEC=", "LISTEN_PID=", "LISTEN_FDS=", "LISTEN_FDNAMES=",
        "JOURNAL_STREAM=",
    ]

    /// The daemon's environment, as keepalived's scripts have its, without what is the daemon's own.
    static func ofThisProcess() -> [String] {
        var result: [String] = []
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            if !own.contains(where: { text.hasPrefix($0) }) { result.append(text) }
            next += 1
        }
        return result
    }
}
