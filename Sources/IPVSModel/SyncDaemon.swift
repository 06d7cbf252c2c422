public import Addresses

/// A connection synchronisation daemon of the kernel.
public struct SyncDaemon: Hashable, Sendable {
    public enum Role: UInt32, Hashable, Sendable, Comparable {
        /// Sends its connections.
        case master = 1
        /// Receives them.
        case backup = 2

        public static func < (left: Role, right: Role) -> Bool { left.rawValue < right.rawValue }
    }

    public var role: Role
    /// The interface that multicast leaves and enters by, at most 15 bytes.
    public var interface: String
    /// 0…255; a backup takes messages of its own number only, 0 takes all.
    public var syncID: UInt32
    /// The largest UDP payload in bytes, 1…65507; `nil` leaves it to the kernel.
    public var maximumLength: UInt16?
    /// `nil` leaves the kernel's 224.0.0.81.
    public var group: IPAddress?
    /// `nil` leaves the kernel's 8848.
    public var port: UInt16?
    /// 1…255; `nil` leaves the kernel's 1.
    public var timeToLive: UInt8?

    public init(
        role: Role,
        interface: String,
        syncID: UInt32 = 0,
        maximumLength: UInt16? = nil,
        group: IPAddress? = nil,
        port: UInt16? = nil,
        timeToLive: UInt8? = nil
    ) {
        self.role = role
        self.interface = interface
        self.syncID = syncID
        self.maximumLength = maximumLength
        self.group = group
        self.port = port
        self.timeToLive = timeToLive
    }
}

/// How long an idle connection is remembered, in seconds.
public struct ConnectionTimeouts: Hashable, Sendable {
    /// An established TCP session. 0 leaves it as it is when setting.
    public var tcp: UInt32
    /// A TCP session after a FIN. 0 leaves it as it is when setting.
    public var tcpFin: UInt32
    /// UDP. 0 leaves it as it is when setting.
    public var udp: UInt32

    public init(tcp: UInt32, tcpFin: UInt32, udp: UInt32) {
        self.tcp = tcp
        self.tcpFin = tcpFin
        self.udp = udp
    }
}

/// What the kernel says of its IPVS.
public struct IPVSInformation: Hashable, Sendable {
    /// Packed as `IP_VS_VERSION_CODE`: 0x010201 is 1.2.1.
    public var version: UInt32
    /// Buckets of the connection hash table.
    public var connectionTableSize: UInt32

    public init(version: UInt32, connectionTableSize: UInt32) {
        self.version = version
        self.connectionTableSize = connectionTableSize
    }
}
