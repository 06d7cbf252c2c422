import IPVSModel

/// The kernel's virtual server table, as far as changes to it go: what it takes, and what it refuses.
struct KernelModel: Equatable {
    private(set) var services: [VirtualService.Identity: VirtualService] = [:]
    private(set) var servers: [VirtualService.Identity: [RealServer.Endpoint: RealServer]] = [:]

    init(_ table: [ServiceWithServers]) {
        for entry in table {
            services[entry.service.identity] = entry.service
            servers[entry.service.identity] = Dictionary(uniqueKeysWithValues: entry.servers.map { ($0.endpoint, $0) })
        }
    }

    /// - Returns: Whether the kernel takes the change; it refuses to add what is there, and to touch what is not.
    mutating func apply(_ change: TableChange) -> Bool {
        switch change {
        case .addService(let service):
            guard services[service.identity] == nil else { return false }
            services[service.identity] = service
            servers[service.identity] = [:]
        case .editService(let service):
            guard services[service.identity] != nil else { return false }
            services[service.identity] = service
        case .deleteService(let identity):
            guard services.removeValue(forKey: identity) != nil else { return false }
            servers[identity] = nil
        case .addServer(let server, let identity):
            guard let present = servers[identity], present[server.endpoint] == nil else { return false }
            servers[identity]?[server.endpoint] = server
        case .editServer(let server, let identity):
            guard servers[identity]?[server.endpoint] != nil else { return false }
            servers[identity]?[server.endpoint] = server
        case .deleteServer(let endpoint, let identity):
            guard servers[identity]?.removeValue(forKey: endpoint) != nil else { return false }
        }
        return true
    }

    /// The table without what has no effect in it.
    var effective: KernelModel {
        var model = self
        model.services = services.mapValues(\.effective)
        model.servers = servers.mapValues { $0.mapValues(\.effective) }
        return model
    }

    func serverCount(_ identity: VirtualService.Identity) -> Int {
        servers[identity]?.count ?? 0
    }
}
