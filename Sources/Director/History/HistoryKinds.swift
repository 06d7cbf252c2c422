import ControlProtocol

/// Which lines of the log the history keeps, and as what: by the name of their event. The log and the history tell the
/// same story, so there is one place for each of its sentences, and whoever logs need not know of the history.
enum HistoryKinds {
    /// - Returns: Nil for what is not kept.
    static func kind(of event: String, at level: LogLevel) -> DirectorEvent.Kind? {
        guard level >= .info, let kind = byEvent[event] else { return nil }
        // A first result that is what was assumed, and a failure of what has failed, change nothing. There may be ten
        // thousand of them.
        if kind == .check, level < .notice { return nil }
        return kind
    }

    static let byEvent: [String: DirectorEvent.Kind] = [
        "transition": .transition, "group-transition": .transition,
        "priority": .priority,
        "rejected": .rejected, "unknown-router": .rejected, "bfd-rejected": .rejected,
        "observed": .observation, "loser-heard": .observation, "address-reinstalled": .observation,
        "resource-reinstalled": .observation, "duplicate-owner": .observation, "own-address-heard": .observation,
        "late": .observation, "addresses-differ": .observation, "interface": .observation, "not-encoded": .observation,
        "not-sent": .observation, "no-socket": .observation, "no-virtual-interface": .observation,
        "not-installed": .observation, "kernel-refused": .observation, "bfd-state": .observation,
        "bfd-timing": .observation, "bfd-not-sent": .observation, "script-result": .observation,
        "script-busy": .observation, "track-file": .observation, "track-process": .observation,
        "check-failed": .check, "check-passed": .check, "check-undecided": .check,
        "server-up": .server, "server-down": .server, "server-weight": .server,
        "quorum-gained": .service, "quorum-lost": .service, "checks-suspended": .service, "checks-resumed": .service,
        "table-flushed": .table, "table-foreign": .table, "table-healed": .table, "table-leftovers": .table,
        "table-lost": .table, "table-refused": .table, "table-taken-over": .table, "sync-daemon": .table,
        "no-ipvs": .table,
        "reload": .reload, "reload-change": .reload, "reload-refused": .reload,
        "script-ended": .notification, "script-failed": .notification, "script-dropped": .notification,
        "script-slow": .notification, "fifo": .notification, "fifo-full": .notification, "mail": .notification,
        "mail-deferred": .notification, "mail-dropped": .notification, "mail-refused": .notification,
        "mail-server-down": .notification, "mail-server-up": .notification,
        "steering": .steering,
        "start": .process, "stopping": .process, "stopped": .process, "stop-cut": .process, "start-failed": .process,
        "worker-died": .process, "worker-exit": .process, "worker-hangs": .process, "worker-nonsense": .process,
        "former-run": .process, "guardian-died": .process, "guardian-start": .process, "will-failed": .process,
        "released": .process,
        "states-damaged": .process, "states-unwritten": .process,
    ]
}
