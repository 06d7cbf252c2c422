/// A virtual service with its real servers.
public struct ServiceWithServers: Hashable, Sendable {
    public var service: VirtualService
    public var servers: [RealServer]

    public init(service: VirtualService, servers: [RealServer]) {
        self.service = service
        self.servers = servers
    }
}

/// The fewest changes that make one table equal to another, in an order in which no service is ever without a server
/// that it keeps or gets: additions and edits first, removals last.
public struct TablePlan: Equatable, Sendable {
    public private(set) var changes: [TableChange] = []
    private let current: [VirtualService.Identity: ServiceWithServers]

    public init(from current: [ServiceWithServers], to desired: [ServiceWithServers]) {
        let existing = Dictionary(current.map { ($0.service.identity, $0) }) { first, _ in first }
        self.current = existing

        var removals: [TableChange] = []
        for wanted in desired {
            let identity = wanted.service.identity
            guard let present = existing[identity] else {
                changes.append(.addService(wanted.service))
                changes += wanted.servers.map { .addServer($0, identity) }
                continue
            }
            let presentServers = Dictionary(present.servers.map { ($0.endpoint, $0) }) { first, _ in first }
            if present.service.effective != wanted.service.effective { changes.append(.editService(wanted.service)) }
            for server in wanted.servers {
                guard let same = presentServers[server.endpoint] else {
                    changes.append(.addServer(server, identity))
                    continue
                }
                if same.effective != server.effective { changes.append(.editServer(server, identity)) }
            }
            let wantedEndpoints = Set(wanted.servers.map(\.endpoint))
            for server in present.servers where !wantedEndpoints.contains(server.endpoint) {
                removals.append(.deleteServer(server.endpoint, identity))
            }
        }
        let wantedServices = Set(desired.map(\.service.identity))
        for present in current where !wantedServices.contains(present.service.identity) {
            removals.append(.deleteService(present.service.identity))
        }
        changes += removals
    }

    /// The changes that undo those of this plan with the given indices, in the order in which to apply them.
    public func undoing(_ indices: some BidirectionalCollection<Int>) -> [TableChange] {
        indices.reversed().flatMap { undo(changes[$0]) }
    }

    private func undo(_ change: TableChange) -> [TableChange] {
        switch change {
        case .addService(let service):
            return [.deleteService(service.identity)]
        case .addServer(let server, let identity):
            return [.deleteServer(server.endpoint, identity)]
        case .editService(let service):
            return current[service.identity].map { [.editService($0.service)] } ?? []
        case .editServer(let server, let identity):
            return self.server(server.endpoint, identity).map { [.editServer($0, identity)] } ?? []
        case .deleteServer(let endpoint, let identity):
            return server(endpoint, identity).map { [.addServer($0, identity)] } ?? []
        case .deleteService(let identity):
            guard let whole = current[identity] else { return [] }
            return [.addService(whole.service)] + whole.servers.map { .addServer($0, identity) }
        }
    }

    private func server(_ endpoint: RealServer.Endpoint, _ identity: VirtualService.Identity) -> RealServer? {
        current[identity]?.servers.first { $0.endpoint == endpoint }
    }
}

extension VirtualService {
    /// The service without what has no effect in it, so that equal behaviour compares as equal.
    public var effective: VirtualService {
        var service = self
        service.flags.remove(.hashed)
        if !flags.contains(.persistent) {
            service.persistenceTimeout = 0
            service.persistenceMask = .whole(identity.family)
        }
        return service
    }
}

extension RealServer {
    /// The server without what has no effect in it, so that equal behaviour compares as equal.
    public var effective: RealServer {
        var server = self
        if forwarding != .tunnel {
            server.tunnel = Tunnel()
        } else if tunnel.type != .gue {
            server.tunnel.port = 0
            if tunnel.type == .ipip { server.tunnel.checksum = .none }
        }
        return server
    }
}
