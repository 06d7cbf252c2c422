import ControlProtocol

/// By what the lines of virtual routers and virtual servers are sorted. Equals keep the configuration's order.
package enum WatchSort: String, CaseIterable, Sendable {
    case configuration
    /// What is not as it should be, first.
    case trouble
    /// Active connections, most first.
    case connections
    /// Bytes a second in both directions, most first.
    case traffic

    var next: WatchSort {
        let all = Self.allCases
        let index = all.firstIndex(of: self) ?? 0
        return all[(index + 1) % all.count]
    }

    /// Those with the greatest key come first.
    func key(of instance: InstanceReport) -> UInt64 {
        switch self {
        case .trouble: instance.state == "fault" ? 2 : instance.steering.isEmpty ? 0 : 1
        case .configuration, .connections, .traffic: 0
        }
    }

    func key(of service: ServiceReport) -> UInt64 {
        switch self {
        case .configuration: 0
        case .trouble:
            (service.hasQuorum && !service.isSorry ? 0 : 1 << 32)
                + service.servers.reduce(0) { $0 + min(key(of: $1), 1) }
        case .connections: service.servers.reduce(0) { $0 &+ key(of: $1) }
        case .traffic: service.traffic.map(Self.bytes) ?? 0
        }
    }

    func key(of server: ServerReport) -> UInt64 {
        switch self {
        case .configuration: 0
        case .trouble: server.isUp ? (server.steering == nil ? 0 : 1) : 2
        case .connections: UInt64(max(server.traffic?.activeConnections ?? 0, 0))
        case .traffic: server.traffic.map(Self.bytes) ?? 0
        }
    }

    private static func bytes(_ traffic: TrafficReport) -> UInt64 {
        traffic.incomingByteRate &+ traffic.outgoingByteRate
    }
}
