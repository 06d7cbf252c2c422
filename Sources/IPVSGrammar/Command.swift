package import IPVSModel

/// What a command line asks for.
package enum Command: Equatable, Sendable {
    case help
    case version
    case addService(VirtualService)
    case editService(VirtualService, Edit)
    case deleteService(VirtualService.Identity)
    case flush
    case addServer(RealServer, VirtualService.Identity)
    case editServer(RealServer, VirtualService.Identity, Edit)
    case deleteServer(RealServer.Endpoint, VirtualService.Identity, wait: Wait?)
    case list(Listing)
    /// Sets counters to zero: one service's, or everybody's.
    case zero(VirtualService.Identity?)
    case setTimeouts(ConnectionTimeouts)
    case startDaemon(SyncDaemon)
    case stopDaemon(SyncDaemon)
    case restore(Restore)
    case save(Save)

    /// How an edit treats what the command line does not mention.
    package struct Edit: Equatable, Sendable {
        package var given: Options
        /// Keeps what was not given. Without it, what was not given goes back to its default.
        package var isPatch: Bool
        package var wait: Wait?
        /// The words of `-b`, which a patch judges by the scheduler that the service has.
        package var schedulerFlags: [String] = []
    }

    /// Waiting for a real server's connections to end.
    package struct Wait: Equatable, Sendable {
        /// In seconds; `nil` waits as long as it takes.
        package var limit: UInt32?
    }

    package struct Listing: Equatable, Sendable {
        package enum Subject: Equatable, Sendable {
            /// The table, or one service of it.
            case table(VirtualService.Identity?)
            case connections(VirtualService.Identity?, server: ServerFilter?)
            case timeouts
            case daemons
        }

        package var subject: Subject
        package var options: Options
        /// In seconds, with `--watch`.
        package var interval: UInt32?

        package init(subject: Subject, options: Options = [], interval: UInt32? = nil) {
            self.subject = subject
            self.options = options
            self.interval = interval
        }

        package var isNumeric: Bool { options.contains(.numeric) }
        package var isJSON: Bool { options.contains(.json) }
    }

    /// Which connections `-Lc -r` shows.
    package struct ServerFilter: Equatable, Sendable {
        package var endpoint: RealServer.Endpoint
        package var anyPort: Bool
    }

    package struct Restore: Equatable, Sendable {
        /// Makes the table equal to the input instead of adding the input to it.
        package var replaces = false
        package var isDryRun = false
        package var onlyChecks = false

        package init(replaces: Bool = false, isDryRun: Bool = false, onlyChecks: Bool = false) {
            self.replaces = replaces
            self.isDryRun = isDryRun
            self.onlyChecks = onlyChecks
        }
    }

    package struct Save: Equatable, Sendable {
        package var isNumeric = false
        package var isJSON = false

        package init(isNumeric: Bool = false, isJSON: Bool = false) {
            self.isNumeric = isNumeric
            self.isJSON = isJSON
        }
    }
}

/// A command line understood: what it asks for, and what its author may want to hear.
package struct Invocation: Equatable, Sendable {
    package var command: Command
    /// The port that was given for a real server and gave way to its service's, because direct routing and tunnels
    /// cannot change ports.
    package var overriddenPort: UInt16?
}
