/// What an invocation can give besides its verb, in the order in which the C program judges them; our own come last.
package enum Option: Int, CaseIterable, Sendable {
    case numeric, connection, service, scheduler, persistent, netmask, realServer, forwarding, weight
    case upperThreshold, lowerThreshold, multicastInterface, timeout, daemon, statistics, rate, thresholds
    case persistentConnections, noSort, syncID, exact, onePacket, persistenceEngine, schedulerFlags
    case multicastGroup, multicastPort, multicastTTL, syncMaximumLength, tunnelInformation
    case tunnelType, tunnelPort, tunnelNoChecksum, tunnelChecksum, tunnelRemoteChecksum
    case json, replace, dryRun, check, patch, wait, watch

    /// The option's name in messages. Several spellings share one: `-t`, `-u` and `-f` are all a service address.
    package var name: StaticString {
        switch self {
        case .numeric: "numeric"
        case .connection: "connection"
        case .service: "service-address"
        case .scheduler: "scheduler"
        case .persistent: "persistent"
        case .netmask: "netmask"
        case .realServer: "real-server"
        case .forwarding: "forwarding-method"
        case .weight: "weight"
        case .upperThreshold: "u-threshold"
        case .lowerThreshold: "l-threshold"
        case .multicastInterface: "mcast-interface"
        case .timeout: "timeout"
        case .daemon: "daemon"
        case .statistics: "stats"
        case .rate: "rate"
        case .thresholds: "thresholds"
        case .persistentConnections: "persistent-conn"
        case .noSort: "nosort"
        case .syncID: "syncid"
        case .exact: "exact"
        case .onePacket: "ops"
        case .persistenceEngine: "pe"
        case .schedulerFlags: "sched-flags"
        case .multicastGroup: "mcast-group"
        case .multicastPort: "mcast-port"
        case .multicastTTL: "mcast-ttl"
        case .syncMaximumLength: "sync-maxlen"
        case .tunnelInformation: "tun-info"
        case .tunnelType: "tun-type"
        case .tunnelPort: "tun-port"
        case .tunnelNoChecksum: "tun-nocsum"
        case .tunnelChecksum: "tun-csum"
        case .tunnelRemoteChecksum: "tun-remcsum"
        case .json: "json"
        case .replace: "replace"
        case .dryRun: "dry-run"
        case .check: "check"
        case .patch: "patch"
        case .wait: "wait"
        case .watch: "watch"
        }
    }

    /// How a verb may use an option.
    package enum Use: Sendable {
        case illegal, allowed, required
        /// At most one of the options so marked.
        case exclusive
    }

    package func use(with verb: Verb) -> Use {
        switch (self, verb) {
        case (.service, .addService), (.service, .editService), (.service, .deleteService),
            (.service, .addServer), (.service, .editServer), (.service, .deleteServer),
            (.realServer, .addServer), (.realServer, .editServer), (.realServer, .deleteServer):
            .required
        case (.service, .list), (.connection, .list), (.timeout, .list), (.daemon, .list):
            .exclusive
        case (.service, .zero), (.numeric, .save), (.json, .save), (.wait, .deleteServer):
            .allowed
        case (_, .addService):
            isOfService ? .allowed : .illegal
        case (_, .editService):
            isOfService || self == .patch ? .allowed : .illegal
        case (_, .addServer):
            isOfServer ? .allowed : .illegal
        case (_, .editServer):
            isOfServer || self == .patch || self == .wait ? .allowed : .illegal
        case (_, .list):
            isOfListing ? .allowed : .illegal
        case (_, .startDaemon):
            isOfSyncDaemon ? .allowed : .illegal
        case (.syncID, .stopDaemon):
            .allowed
        case (.replace, .restore), (.dryRun, .restore), (.check, .restore):
            .allowed
        default:
            .illegal
        }
    }

    private var isOfService: Bool {
        switch self {
        case .scheduler, .persistent, .netmask, .onePacket, .persistenceEngine, .schedulerFlags: true
        default: false
        }
    }

    private var isOfServer: Bool {
        switch self {
        case .forwarding, .weight, .upperThreshold, .lowerThreshold, .tunnelType, .tunnelPort, .tunnelNoChecksum,
            .tunnelChecksum, .tunnelRemoteChecksum:
            true
        default: false
        }
    }

    /// `--syncid` is here because the C program takes it, to no effect; `-r` narrows the listing of connections only.
    private var isOfListing: Bool {
        switch self {
        case .numeric, .statistics, .rate, .thresholds, .persistentConnections, .noSort, .exact, .tunnelInformation,
            .syncID, .realServer, .json, .watch:
            true
        default: false
        }
    }

    private var isOfSyncDaemon: Bool {
        switch self {
        case .multicastInterface, .syncID, .multicastGroup, .multicastPort, .multicastTTL, .syncMaximumLength: true
        default: false
        }
    }
}

/// The options that an invocation gave.
package struct Options: OptionSet, Hashable, Sendable {
    package var rawValue: UInt64

    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    package init(_ options: Option...) {
        rawValue = options.reduce(0) { $0 | 1 << UInt64($1.rawValue) }
    }

    package func contains(_ option: Option) -> Bool {
        rawValue & 1 << UInt64(option.rawValue) != 0
    }

    mutating func insert(_ option: Option) {
        rawValue |= 1 << UInt64(option.rawValue)
    }
}
