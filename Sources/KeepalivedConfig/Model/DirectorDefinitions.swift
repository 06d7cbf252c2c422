package import Addresses

/// What `global_defs` says about IPVS and the checks.
package struct DirectorDefinitions: Hashable, Sendable {
    package struct SyncDaemon: Hashable, Sendable {
        package var interface: String
        /// Nil: both daemons run all the time.
        package var instance: String?
        /// Nil for the instance's VRID.
        package var identifier: Int?
        package var maximumLength: Int?
        package var port: Int?
        package var ttl: Int?
        package var group: IPAddress?

        package init(interface: String) { self.interface = interface }
    }

    package struct Timeouts: Hashable, Sendable {
        /// In seconds; nil leaves the kernel's.
        package var tcp: Int?
        package var tcpFin: Int?
        package var udp: Int?

        package init() {}
    }

    package enum FlushOnStop: Hashable, Sendable {
        case never
        /// The whole table, with what others put there.
        case everything
        case virtualServers
    }

    package var syncDaemon = Setting<SyncDaemon?>(nil)
    package var timeouts = Setting<Timeouts?>(nil)
    package var flushes = Setting(false)
    package var flushesOnStop = Setting(FlushOnStop.never)
    package var logsAllFailures = Setting(false)
    package var notifiesAtStart = Setting(false)

    package init() {}
}
