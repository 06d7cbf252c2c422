/// A virtual service as the kernel shows it.
public struct ServiceEntry: Hashable, Sendable {
    public var service: VirtualService
    public var statistics: Statistics
    /// How many real servers the service had when it was read; `nil` where that is not known.
    public var serverCount: UInt32?

    public init(service: VirtualService, statistics: Statistics = Statistics(), serverCount: UInt32? = nil) {
        self.service = service
        self.statistics = statistics
        self.serverCount = serverCount
    }
}

/// A real server as the kernel shows it.
public struct ServerEntry: Hashable, Sendable {
    public var server: RealServer
    /// Connections in an active state; for TCP, established ones.
    public var activeConnections: UInt32
    /// All others the kernel still remembers, closing ones for example.
    public var inactiveConnections: UInt32
    /// Persistence templates.
    public var persistentConnections: UInt32

    public init(
        server: RealServer,
        activeConnections: UInt32 = 0,
        inactiveConnections: UInt32 = 0,
        persistentConnections: UInt32 = 0
    ) {
        self.server = server
        self.activeConnections = activeConnections
        self.inactiveConnections = inactiveConnections
        self.persistentConnections = persistentConnections
    }
}

/// A real server with its statistics, which are three times its size and seldom wanted.
public struct MeasuredServer: Hashable, Sendable {
    public var entry: ServerEntry
    public var statistics: Statistics

    public init(entry: ServerEntry, statistics: Statistics) {
        self.entry = entry
        self.statistics = statistics
    }
}
