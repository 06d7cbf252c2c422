package import KeepalivedConfig

extension Balancer {
    /// What makes one virtual server another than the next; everything else of it can change while it runs.
    struct ServiceKey: Hashable {
        var identity: VirtualServer.Identity
        var transport: VirtualServer.TransportName

        init(_ service: VirtualServer) {
            identity = service.identity.value
            // A mark has no protocol.
            transport = if case .firewallMark = identity { .udp } else { service.transport.value }
        }
    }

    /// Runs another configuration from now on: a configuration without errors. What is the same in both goes on without
    /// noticing, and what is new is in the table before what is gone leaves it.
    package func reload(to new: Configuration) {
        guard isStarted, !isStopping else {
            configuration = new
            return
        }
        let old = configuration
        var places: [ServiceKey: Int] = [:]
        for (place, service) in new.virtualServers.enumerated() { places[ServiceKey(service)] = place }

        // Who goes says so while the old configuration is still there.
        var staying: [Int: RunningService] = [:]
        for service in services {
            if let place = places[ServiceKey(old.virtualServers[service.place])], staying[place] == nil {
                staying[place] = service
            } else {
                service.dismiss()
            }
        }

        reloads += 1
        configuration = new
        surroundings.probes.update(to: new)
        let renews = old.tls != new.tls
        services = new.virtualServers.indices.map { place in
            guard let service = staying[place] else { return RunningService(place, of: self) }
            service.become(place, from: old.virtualServers[service.place], renewsProbes: renews)
            return service
        }
        indexWatching()
        if hasTable { describeTable() }
        takeTable(isReplacement: false)
        tellAll()
        lookAtAddresses()
        for (place, service) in services.enumerated() where staying[place] == nil { service.start() }
        for service in services { service.begin() }
        forgetOthers()
    }
}
