import Addresses
import IPVS
import IPVSModel
package import KeepalivedConfig
import VRRPProtocol

/// Keeps the kernel's table of virtual servers as it is wanted.
///
/// What is wanted is collected, and `flush` carries the difference out as one batch: additions and changes first, so that
/// a service is never without a server that it keeps or gets, removals last. The table is owned jointly with others:
/// only services of the configuration are touched, and in them only servers that were wanted. What somebody else removes
/// or changes of ours comes back within a second (`TableKeeper+Watch`).
package final class TableKeeper {
    let kernel: any KernelTable
    let states: KnownStates
    let time: any Timekeeper
    let log: Log
    var configuration = Configuration()
    /// By place in the configuration: the services that a virtual server stands for.
    private(set) var expansions: [[TableService]] = []
    /// All services of ours, also those that are to go.
    var services: [VirtualService.Identity: TableService] = [:]
    /// Those that are wanted, in the order of the configuration.
    var order: [TableService] = []

    var queuedServices: [TableService] = []
    var queuedServers: [(service: TableService, endpoint: IPVSModel.RealServer.Endpoint)] = []
    /// What the kernel refused, to be tried again.
    var refused: [TableService] = []

    /// Whether the daemon has begun to drive the table.
    var isStarted = false
    /// Whether the kernel has a table.
    var isOpen = false
    let extras: TableExtras
    var watch = TableWatch()
    var watchAlarm: (any Alarm)?
    var retryAlarm: (any Alarm)?
    /// Whether a configuration was taken up since the last `flush`.
    private var isReconfigured = false
    private var isFlushing = false

    package init(_ kernel: any KernelTable, states: KnownStates, time: any Timekeeper, log: Log) {
        self.kernel = kernel
        self.states = states
        self.time = time
        self.log = log
        extras = TableExtras(kernel, states: states, time: time, log: log)
        watchAlarm = time.alarm { [unowned self] now in lookAtTable(now) }
        retryAlarm = time.alarm { [unowned self] now in tryAgain(now) }
        states.ownedEntries = { [unowned self] body in
            for service in services.values where service.present != nil {
                body(service.identity, service.servers.filter(\.isPresent).map(\.endpoint))
            }
        }
    }

    // MARK: What is wanted

    /// Takes up a configuration. What of each server is to be in the table must be `set` after it; nothing goes to the
    /// kernel before `flush`.
    package func configure(_ configuration: Configuration) {
        self.configuration = configuration
        for service in services.values {
            service.wanted = nil
            service.servers.changeAll { $0.releaseAll() }
        }
        order = []
        expansions = configuration.virtualServers.map { server in
            let (wanted, faults) = server.services(among: configuration.virtualServerGroups)
            for fault in faults { log.warning(fault, event: "configuration") }
            let services = wanted.map(want)
            for service in services { service.servers.reserve(server.realServers.count) }
            return services
        }
        // What is in the kernel and is not set again is removed.
        for service in services.values {
            queue(service)
            for server in service.servers where server.isPresent { queue(server.endpoint, of: service) }
        }
        extras.configure(configuration)
        isReconfigured = true
    }

    /// Where several virtual servers share a service, the first one's settings count.
    private func want(_ wanted: VirtualService) -> TableService {
        let service = services[wanted.identity] ?? TableService(wanted.identity)
        services[wanted.identity] = service
        if service.wanted == nil {
            service.wanted = wanted
            order.append(service)
        }
        return service
    }

    /// Says what is to be in the table of a real server, in every service of its virtual server.
    ///
    /// - Parameters:
    ///   - service: The place of the virtual server in the configuration.
    ///   - server: The place of the real server in it.
    ///   - weight: Nil for not at all; 0 for no new connections.
    package func set(service place: Int, server: Int, weight: Int?) {
        guard configuration.virtualServers.indices.contains(place),
            configuration.virtualServers[place].realServers.indices.contains(server)
        else { return }
        for service in expansions[place] {
            let entry = configuration.virtualServers[place].entry(
                of: configuration.virtualServers[place].realServers[server], weight: weight ?? 0, in: service.identity)
            guard let entry else { continue }
            set(entry, of: service, isWanted: weight != nil, by: Int32(clamping: place), Int32(clamping: server))
        }
    }

    /// As `set(service:server:weight:)` for the sorry server.
    package func setSorry(service place: Int, weight: Int?) {
        guard configuration.virtualServers.indices.contains(place) else { return }
        for service in expansions[place] {
            let entry = configuration.virtualServers[place].entryOfSorryServer(
                weight: weight ?? 0, in: service.identity)
            guard let entry else { continue }
            set(entry, of: service, isWanted: weight != nil, by: Int32(clamping: place), -1)
        }
    }

    private func set(
        _ entry: IPVSModel.RealServer, of service: TableService, isWanted: Bool, by place: Int32, _ server: Int32
    ) {
        let endpoint = entry.endpoint
        let isNew: Bool
        if isWanted {
            if service.servers[endpoint] == nil {
                service.servers[endpoint] = TableServer(endpoint, order: service.takeOrder())
            }
            isNew = service.servers[endpoint]?.claim(.init(service: place, place: server, entry: entry)) ?? false
        } else {
            isNew = service.servers[endpoint]?.release(service: place, place: server) ?? false
        }
        if isNew { queue(endpoint, of: service) }
    }

    /// What the kernel has counted of a virtual server, to be read; nil where the kernel has no table.
    package func traffic(of place: Int) -> TrafficReading? {
        guard isStarted, isOpen, expansions.indices.contains(place) else { return nil }
        return TrafficReading(
            of: configuration.virtualServers[place], expansions[place].map(\.identity), from: kernel)
    }

    /// The state of a VRRP instance has changed; `lvs_sync_daemon` may follow it.
    package func instance(_ name: String, isMaster: Bool) {
        extras.instance(name, isMaster: isMaster)
        if isStarted, isOpen { extras.carryOut() }
    }

    // MARK: What waits

    func queue(_ service: TableService) {
        guard !service.isQueued else { return }
        service.isQueued = true
        queuedServices.append(service)
    }

    func queue(_ endpoint: IPVSModel.RealServer.Endpoint, of service: TableService) {
        guard service.servers[endpoint]?.isQueued == false else { return }
        service.servers[endpoint]?.isQueued = true
        queuedServers.append((service, endpoint))
    }

    /// Everything about the service is compared once more.
    func queueWhole(_ service: TableService) {
        queue(service)
        for endpoint in service.endpointsInOrder { queue(endpoint, of: service) }
    }

    /// Carries out what has been wanted since the last time. Where nothing has, it costs nothing.
    package func flush() {
        guard isStarted, !isFlushing, isReconfigured || !queuedServices.isEmpty || !queuedServers.isEmpty else {
            return
        }
        isFlushing = true
        defer { isFlushing = false }
        if isReconfigured {
            isReconfigured = false
            // A reload may be the first that asks for anything of the table.
            if isNeeded { watchAlarm?.set(time.now + Self.watchInterval) }
            if !isOpen, isNeeded { open() }
            if isOpen { extras.carryOut() }
        }
        guard isOpen else { return }
        // A refusal may mean that the table is not what it was: then it is read, and the rest is done in a second go.
        for _ in 0..<3 {
            let batch = takeBatch()
            guard !batch.isEmpty else { return }
            guard carryOut(batch) else { return }
        }
    }
}
