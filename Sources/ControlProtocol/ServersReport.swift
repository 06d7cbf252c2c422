/// The answer to `servers`: the virtual servers with their real servers.
package struct ServersReport: Codable, Hashable, Sendable {
    package var now: Timestamp
    /// In the order of the configuration.
    package var services: [ServiceReport]

    package init(now: Timestamp, services: [ServiceReport]) {
        self.now = now
        self.services = services
    }
}

/// A virtual server as it is now.
package struct ServiceReport: Codable, Hashable, Sendable {
    /// As the log and the notifications call it, such as `[10.0.0.1]:tcp:80`.
    package var name: String
    /// `tcp`, `udp`, `sctp`, or nothing for a firewall mark.
    package var transport: String
    package var scheduler: String
    /// `dr`, `nat` or `tun`.
    package var method: String
    package var hasQuorum: Bool
    package var quorum: Int
    /// What the living servers weigh.
    package var weight: Int
    /// `ha_suspend`: its address is elsewhere, and its checks rest.
    package var isSuspended: Bool
    package var sorryServer: String?
    /// Whether the sorry server stands in for the others.
    package var isSorry: Bool
    /// From the kernel; nil where it has no such service.
    package var traffic: TrafficReport?
    package var servers: [ServerReport]

    package init(
        name: String, transport: String, scheduler: String, method: String, hasQuorum: Bool, quorum: Int,
        weight: Int, isSuspended: Bool, sorryServer: String?, isSorry: Bool, traffic: TrafficReport?,
        servers: [ServerReport]
    ) {
        self.name = name
        self.transport = transport
        self.scheduler = scheduler
        self.method = method
        self.hasQuorum = hasQuorum
        self.quorum = quorum
        self.weight = weight
        self.isSuspended = isSuspended
        self.sorryServer = sorryServer
        self.isSorry = isSorry
        self.traffic = traffic
        self.servers = servers
    }
}

/// A real server as it is now.
package struct ServerReport: Codable, Hashable, Sendable {
    /// As the configuration has it, such as `[192.168.0.2]:tcp:80`.
    package var name: String
    package var isUp: Bool
    /// What counts now; 0 for no new connections.
    package var weight: Int
    package var configuredWeight: Int
    /// When it came up or went down last, or was begun with.
    package var since: Timestamp
    /// What an operator has ordered: `drain` or `disable`.
    package var steering: SteeringReport?
    package var checks: [CheckReport]
    /// From the kernel; nil where it is not in the table.
    package var traffic: TrafficReport?

    package init(
        name: String, isUp: Bool, weight: Int, configuredWeight: Int, since: Timestamp, steering: SteeringReport?,
        checks: [CheckReport], traffic: TrafficReport?
    ) {
        self.name = name
        self.isUp = isUp
        self.weight = weight
        self.configuredWeight = configuredWeight
        self.since = since
        self.steering = steering
        self.checks = checks
        self.traffic = traffic
    }
}

/// A check of a real server.
package struct CheckReport: Codable, Hashable, Sendable {
    /// The keyword of its block, such as `TCP_CHECK`.
    package var keyword: String
    package var isUp: Bool
    /// What it found last, in words; nil before the first result.
    package var result: String?
    /// When.
    package var time: Timestamp?
    /// How long it took, in microseconds.
    package var durationMicroseconds: Int?
    /// When it is made next.
    package var next: Timestamp?

    package init(
        keyword: String, isUp: Bool, result: String?, time: Timestamp?, durationMicroseconds: Int?, next: Timestamp?
    ) {
        self.keyword = keyword
        self.isUp = isUp
        self.result = result
        self.time = time
        self.durationMicroseconds = durationMicroseconds
        self.next = next
    }
}

/// What the kernel has counted of a virtual or a real server.
package struct TrafficReport: Codable, Hashable, Sendable {
    /// Now; nil for a virtual server.
    package var activeConnections: Int?
    package var inactiveConnections: Int?
    /// Since it has been in the table.
    package var connections: UInt64
    package var incomingPackets: UInt64
    package var outgoingPackets: UInt64
    package var incomingBytes: UInt64
    package var outgoingBytes: UInt64
    /// A second, as the kernel estimates.
    package var connectionRate: UInt64
    package var incomingPacketRate: UInt64
    package var outgoingPacketRate: UInt64
    package var incomingByteRate: UInt64
    package var outgoingByteRate: UInt64

    package init(
        activeConnections: Int?, inactiveConnections: Int?, connections: UInt64, incomingPackets: UInt64,
        outgoingPackets: UInt64, incomingBytes: UInt64, outgoingBytes: UInt64, connectionRate: UInt64,
        incomingPacketRate: UInt64, outgoingPacketRate: UInt64, incomingByteRate: UInt64, outgoingByteRate: UInt64
    ) {
        self.activeConnections = activeConnections
        self.inactiveConnections = inactiveConnections
        self.connections = connections
        self.incomingPackets = incomingPackets
        self.outgoingPackets = outgoingPackets
        self.incomingBytes = incomingBytes
        self.outgoingBytes = outgoingBytes
        self.connectionRate = connectionRate
        self.incomingPacketRate = incomingPacketRate
        self.outgoingPacketRate = outgoingPacketRate
        self.incomingByteRate = incomingByteRate
        self.outgoingByteRate = outgoingByteRate
    }
}
