import Addresses
import IPVS
import IPVSModel

@testable import Director

/// A kernel's table that is made up: it refuses what the kernel refuses, and writes down what it is asked.
final class FakeTable: KernelTable {
    var entries: [VirtualService.Identity: (service: VirtualService, servers: [RealServer])] = [:]
    var order: [VirtualService.Identity] = []
    var runningDaemons: [SyncDaemon] = []
    var kept = ConnectionTimeouts(tcp: 900, tcpFin: 120, udp: 300)
    /// Whether the kernel has IPVS.
    var isThere = true
    var missingSchedulers: Set<String> = []
    /// The changes that were asked for, batch by batch.
    private(set) var batches: [[TableChange]] = []
    private(set) var isEmptied = false
    /// How many servers were read, and how many services one by one.
    private(set) var readings = 0

    /// The changes since this was asked last, all batches one behind the other.
    func takeChanges() -> [TableChange] {
        defer { batches = [] }
        return batches.flatMap { $0 }
    }

    private func check() throws(IPVSError) {
        if !isThere { throw .unavailable }
    }

    func open() throws(IPVSError) { try check() }

    func apply(_ changes: [TableChange]) throws(IPVSError) -> [(index: Int, error: IPVSError)] {
        try check()
        batches.append(changes)
        var failures: [(index: Int, error: IPVSError)] = []
        for (index, change) in changes.enumerated() {
            if let error = refusal(of: change) { failures.append((index, error)) } else { carryOut(change) }
        }
        return failures
    }

    private func refusal(of change: TableChange) -> IPVSError? {
        func has(_ endpoint: RealServer.Endpoint, _ identity: VirtualService.Identity) -> Bool? {
            entries[identity].map { $0.servers.contains { $0.endpoint == endpoint } }
        }
        switch change {
        case .addService(let service):
            if entries[service.identity] != nil { return .refused(.addService, errno: 17) }
            return missingSchedulers.contains(service.scheduler) ? .refused(.addService, errno: 2) : nil
        case .editService(let service):
            return entries[service.identity] == nil ? .refused(.editService, errno: 3) : nil
        case .deleteService(let identity):
            return entries[identity] == nil ? .refused(.deleteService, errno: 3) : nil
        case .addServer(let server, let identity):
            guard let isThere = has(server.endpoint, identity) else { return .refused(.addServer, errno: 3) }
            if server.lowerThreshold > server.upperThreshold { return .refused(.addServer, errno: 34) }
            return isThere ? .refused(.addServer, errno: 17) : nil
        case .editServer(let server, let identity):
            guard let isThere = has(server.endpoint, identity) else { return .refused(.editServer, errno: 3) }
            return isThere ? nil : .refused(.editServer, errno: 2)
        case .deleteServer(let endpoint, let identity):
            guard let isThere = has(endpoint, identity) else { return .refused(.deleteServer, errno: 3) }
            return isThere ? nil : .refused(.deleteServer, errno: 2)
        }
    }

    /// What somebody else does, without being written down.
    func carryOut(_ change: TableChange) {
        switch change {
        case .addService(let service):
            var kernels = service
            kernels.flags.insert(.hashed)
            entries[service.identity] = (kernels, [])
            order.append(service.identity)
        case .editService(let service): entries[service.identity]?.service = service
        case .deleteService(let identity):
            entries[identity] = nil
            order.removeAll { $0 == identity }
        case .addServer(let server, let identity): entries[identity]?.servers.append(server)
        case .editServer(let server, let identity):
            if let place = entries[identity]?.servers.firstIndex(where: { $0.endpoint == server.endpoint }) {
                entries[identity]?.servers[place] = server
            }
        case .deleteServer(let endpoint, let identity): entries[identity]?.servers.removeAll { $0.endpoint == endpoint }
        }
    }

    func empty() throws(IPVSError) {
        try check()
        isEmptied = true
        clear()
    }

    /// `ipvsadm -C`
    func clear() {
        entries = [:]
        order = []
    }

    func services() throws(IPVSError) -> [ServiceEntry] {
        try check()
        return order.compactMap { identity in
            entries[identity].map { ServiceEntry(service: $0.service, serverCount: UInt32($0.servers.count)) }
        }
    }

    func forEachIPv4Service(_ body: (VirtualService, UInt32) -> Void) -> Bool {
        guard isThere else { return false }
        for identity in order where identity.family == .ipv4 {
            guard let entry = entries[identity] else { continue }
            var service = entry.service
            service.persistenceEngine = ""
            body(service, UInt32(entry.servers.count))
        }
        return true
    }

    func service(_ identity: VirtualService.Identity) throws(IPVSError) -> VirtualService? {
        try check()
        readings += 1
        return entries[identity]?.service
    }

    func readServers(
        of identity: VirtualService.Identity, count: UInt32?, into servers: inout [ServerEntry]
    ) throws(IPVSError) {
        try check()
        servers = (entries[identity]?.servers ?? []).map { ServerEntry(server: $0) }
        readings += servers.count
    }

    /// By the addresses and ports of the servers; what is not here has counted nothing.
    var counted: [RealServer.Endpoint: MeasuredServer] = [:]
    var countedServices: [VirtualService.Identity: Statistics] = [:]

    func measure(
        _ identity: VirtualService.Identity
    ) throws(IPVSError) -> (service: Statistics, servers: [MeasuredServer])? {
        try check()
        guard let entry = entries[identity] else { return nil }
        return (
            countedServices[identity] ?? Statistics(),
            entry.servers.map {
                counted[$0.endpoint] ?? MeasuredServer(entry: ServerEntry(server: $0), statistics: Statistics())
            }
        )
    }

    func timeouts() throws(IPVSError) -> ConnectionTimeouts {
        try check()
        return kept
    }

    func set(_ timeouts: ConnectionTimeouts) throws(IPVSError) {
        try check()
        kept = timeouts
    }

    func daemons() throws(IPVSError) -> [SyncDaemon] {
        try check()
        return runningDaemons
    }

    func start(_ daemon: SyncDaemon) throws(IPVSError) {
        try check()
        if runningDaemons.contains(where: { $0.role == daemon.role }) { throw .refused(.startDaemon, errno: 17) }
        runningDaemons.append(daemon)
    }

    func stop(_ daemon: SyncDaemon) throws(IPVSError) {
        try check()
        if !runningDaemons.contains(where: { $0.role == daemon.role }) { throw .refused(.stopDaemon, errno: 3) }
        runningDaemons.removeAll { $0.role == daemon.role }
    }
}
