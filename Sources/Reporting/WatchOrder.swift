import IPVSModel

/// By what `--watch` sorts services, and the servers within each.
package enum WatchOrder: String, CaseIterable, Sendable {
    case address
    /// Active connections, most first.
    case connections
    /// Bytes in and out a second, most first.
    case rate

    package var next: WatchOrder {
        switch self {
        case .address: .connections
        case .connections: .rate
        case .rate: .address
        }
    }

    /// - Parameter services: In the order of their addresses, which equal ones keep.
    func sorted(_ services: [WatchScreen.Service]) -> [WatchScreen.Service] {
        if self == .address { return services }
        let sortedWithin = services.map { service in
            var service = service
            service.servers.sort { key(of: $0) > key(of: $1) }
            return service
        }
        return sortedWithin.sorted { key(of: $0) > key(of: $1) }
    }

    private func key(of server: MeasuredServer) -> UInt64 {
        switch self {
        case .address: 0
        case .connections: UInt64(server.entry.activeConnections)
        case .rate: server.statistics.rate.bytesIn &+ server.statistics.rate.bytesOut
        }
    }

    private func key(of service: WatchScreen.Service) -> UInt64 {
        switch self {
        case .address: 0
        case .connections: service.servers.reduce(0) { $0 &+ key(of: $1) }
        case .rate: service.entry.statistics.rate.bytesIn &+ service.entry.statistics.rate.bytesOut
        }
    }
}
