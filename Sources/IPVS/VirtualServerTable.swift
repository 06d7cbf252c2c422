import Addresses
import CLinux
import Glibc
public import IPVSModel
import Netlink

/// The kernel's virtual server table in the network namespace of this process.
///
/// One netlink socket, and the family's number resolved once, serve every request. Changing or reading the table needs
/// `CAP_NET_ADMIN`.
public struct VirtualServerTable: ~Copyable {
    private let socket: GenericNetlinkSocket
    private var messages: IPVSMessage
    private let quickReader = QuickReader()

    /// - Throws: `IPVSError.unavailable` where the kernel has no IPVS.
    public init() throws(IPVSError) {
        let socket = try Self.openSocket()
        guard let family = socket.resolveFamily(IPVS_GENL_NAME) else { throw .unavailable }
        self.init(socket: socket, family: family)
    }

    private init(socket: consuming GenericNetlinkSocket, family: Int32) {
        self.socket = socket
        messages = IPVSMessage(family: family)
    }

    /// The sockets of a table in the network namespace of this thread, whose kernel may have no IPVS yet. Before
    /// `attach()` has succeeded every request is refused.
    package static func detached() throws(IPVSError) -> VirtualServerTable {
        // The kernel gives numbers below 1024 (GENL_MAX_ID).
        let table = VirtualServerTable(socket: try openSocket(), family: 1024)
        table.quickReader.open()
        return table
    }

    /// Finds the kernel's IPVS, which has another number whenever its module is loaded anew.
    ///
    /// - Throws: `IPVSError.unavailable` where the kernel has none.
    package mutating func attach() throws(IPVSError) {
        guard let family = socket.resolveFamily(IPVS_GENL_NAME) else { throw .unavailable }
        messages.family = family
    }

    private static func openSocket() throws(IPVSError) -> GenericNetlinkSocket {
        do throws(NetlinkError) {
            return try GenericNetlinkSocket()
        } catch {
            throw .transport(error)
        }
    }

    // MARK: Changing

    public func apply(_ change: TableChange) throws(IPVSError) {
        try execute(messages.change(change), change.operation)
    }

    /// Applies changes in order, many to a system call, and goes on after those that the kernel refuses.
    ///
    /// - Parameter stoppingAtFailure: Sends nothing after the batch in which the first refusal happened.
    /// - Returns: The refusals by index, and how many of the changes were tried.
    public func apply(
        _ changes: some RandomAccessCollection<TableChange>, stoppingAtFailure: Bool = false
    ) throws(IPVSError) -> (failures: [(index: Int, error: IPVSError)], tried: Int) {
        socket.enlargeBuffers()
        var failures: [(index: Int, error: IPVSError)] = []
        var batch = NetlinkBatch()
        var sent = 0
        do throws(NetlinkError) {
            var index = changes.startIndex
            while index != changes.endIndex {
                while index != changes.endIndex, !batch.isFull {
                    try batch.append(messages.change(changes[index]))
                    changes.formIndex(after: &index)
                }
                for failure in try socket.execute(&batch) {
                    let position = changes.index(changes.startIndex, offsetBy: sent + failure.index)
                    failures.append(
                        (sent + failure.index, .refused(changes[position].operation, errno: failure.code)))
                }
                sent += batch.count
                batch.removeAll()
                if stoppingAtFailure, !failures.isEmpty { break }
            }
        } catch {
            throw .transport(error)
        }
        return (failures, sent)
    }

    /// Removes every service.
    public func flush() throws(IPVSError) {
        try execute(messages.plain(IPVS_CMD_FLUSH, "IPVS_CMD_FLUSH"), .flush)
    }

    /// Sets the counters of one service, or of all, to zero.
    public func zero(_ identity: VirtualService.Identity? = nil) throws(IPVSError) {
        if let identity {
            try execute(messages.about(identity, command: IPVS_CMD_ZERO, "IPVS_CMD_ZERO"), .zero)
        } else {
            try execute(messages.plain(IPVS_CMD_ZERO, "IPVS_CMD_ZERO"), .zero)
        }
    }

    public func set(_ timeouts: ConnectionTimeouts) throws(IPVSError) {
        try execute(messages.timeouts(timeouts), .setTimeouts)
    }

    public func start(_ daemon: SyncDaemon) throws(IPVSError) {
        try execute(messages.start(daemon), .startDaemon)
    }

    /// Stops the daemon of that role; the kernel looks at nothing else of it.
    public func stop(_ daemon: SyncDaemon) throws(IPVSError) {
        try execute(messages.stop(daemon), .stopDaemon)
    }

    // MARK: Reading

    public func information() throws(IPVSError) -> IPVSInformation {
        var information = IPVSInformation(version: 0, connectionTableSize: 0)
        try query(messages.plain(IPVS_CMD_GET_INFO, "IPVS_CMD_GET_INFO"), .readInformation) {
            forEachAttribute(in: $0) { type, value in
                switch type {
                case IPVS_INFO_ATTR_VERSION: information.version = value.number() ?? 0
                case IPVS_INFO_ATTR_CONN_TAB_SIZE: information.connectionTableSize = value.number() ?? 0
                default: break
                }
            }
        }
        return information
    }

    /// How many IPv4 services there are, without reading them; 0 where that is not known.
    public func ipv4ServiceCount() -> Int {
        quickReader.serviceCount()
    }

    /// Hands over each IPv4 service and how many real servers it has, several times faster than `services()`: without
    /// statistics and persistence engines.
    ///
    /// - Returns: Whether they could be read so.
    package func forEachIPv4Service(_ body: (VirtualService, UInt32) -> Void) -> Bool {
        quickReader.forEachService(body)
    }

    /// Every virtual service, in the kernel's order.
    public func services() throws(IPVSError) -> [ServiceEntry] {
        var services: [ServiceEntry] = []
        try dump(messages.plain(IPVS_CMD_GET_SERVICE, "IPVS_CMD_GET_SERVICE"), .readServices) {
            if let service = ServiceEntry(attributes: $0) { services.append(service) }
        }
        countServers(of: &services)
        return services
    }

    /// Adds the number of servers where the quick reader knows it: it lists the same services in the same order, those of
    /// IPv6 left out.
    private func countServers(of services: inout [ServiceEntry]) {
        guard services.contains(where: { $0.service.identity.family == .ipv4 }) else { return }
        var counts = quickReader.serverCounts()[...]
        for index in services.indices {
            guard let next = counts.first else { return }
            guard services[index].service.identity == next.identity else { continue }
            services[index].serverCount = next.count
            counts.removeFirst()
        }
    }

    public func service(_ identity: VirtualService.Identity) throws(IPVSError) -> ServiceEntry {
        var entry: ServiceEntry?
        try query(messages.about(identity, command: IPVS_CMD_GET_SERVICE, "IPVS_CMD_GET_SERVICE"), .readService) {
            entry = ServiceEntry(attributes: $0)
        }
        guard let entry else { throw .refused(.readService, errno: ESRCH) }
        return entry
    }

    /// The real servers of a service, in the kernel's order, which is newest first; none where the service is gone.
    public func servers(of identity: VirtualService.Identity) throws(IPVSError) -> [ServerEntry] {
        var servers: [ServerEntry] = []
        try readServers(of: identity, into: &servers)
        return servers
    }

    /// As `servers(of:)`, into an array whose room is used again.
    ///
    /// - Parameter count: How many there are, as `services()` told: with it large IPv4 services are read much faster.
    public func readServers(
        of identity: VirtualService.Identity, count: UInt32? = nil, into servers: inout [ServerEntry]
    ) throws(IPVSError) {
        servers.removeAll(keepingCapacity: true)
        if let count, count > 0, quickReader.append(count, of: identity, to: &servers) { return }
        let request = messages.about(identity, command: IPVS_CMD_GET_DEST, "IPVS_CMD_GET_DEST")
        try dump(request, .readServers) {
            ServerEntry.append($0, serviceFamily: identity.family, to: &servers)
        }
    }

    /// As `servers(of:)`, with what the kernel counts for each.
    public func measuredServers(of identity: VirtualService.Identity) throws(IPVSError) -> [MeasuredServer] {
        var servers: [MeasuredServer] = []
        let request = messages.about(identity, command: IPVS_CMD_GET_DEST, "IPVS_CMD_GET_DEST")
        try dump(request, .readServers) {
            if let server = MeasuredServer(attributes: $0, serviceFamily: identity.family) { servers.append(server) }
        }
        return servers
    }

    public func timeouts() throws(IPVSError) -> ConnectionTimeouts {
        var timeouts = ConnectionTimeouts(tcp: 0, tcpFin: 0, udp: 0)
        try query(messages.plain(IPVS_CMD_GET_CONFIG, "IPVS_CMD_GET_CONFIG"), .readTimeouts) {
            forEachAttribute(in: $0) { type, value in
                switch type {
                case IPVS_CMD_ATTR_TIMEOUT_TCP: timeouts.tcp = value.number() ?? 0
                case IPVS_CMD_ATTR_TIMEOUT_TCP_FIN: timeouts.tcpFin = value.number() ?? 0
                case IPVS_CMD_ATTR_TIMEOUT_UDP: timeouts.udp = value.number() ?? 0
                default: break
                }
            }
        }
        return timeouts
    }

    /// The daemons that run, the master first.
    public func daemons() throws(IPVSError) -> [SyncDaemon] {
        var daemons: [SyncDaemon] = []
        try dump(messages.plain(IPVS_CMD_GET_DAEMON, "IPVS_CMD_GET_DAEMON"), .readDaemons) {
            if let daemon = SyncDaemon(attributes: $0) { daemons.append(daemon) }
        }
        return daemons.sorted { $0.role < $1.role }
    }

    // MARK: Exchanges, with the error named after what was asked

    private func execute(_ message: consuming NetlinkMessage, _ operation: IPVSError.Operation) throws(IPVSError) {
        do throws(NetlinkError) {
            try socket.execute(message)
        } catch {
            throw IPVSError(error, operation)
        }
    }

    private func query(
        _ message: consuming NetlinkMessage, _ operation: IPVSError.Operation, _ body: (RawSpan) -> Void
    ) throws(IPVSError) {
        do throws(NetlinkError) {
            try socket.query(message, body)
        } catch {
            throw IPVSError(error, operation)
        }
    }

    private func dump(
        _ message: consuming NetlinkMessage, _ operation: IPVSError.Operation, _ body: (RawSpan) -> Void
    ) throws(IPVSError) {
        do throws(NetlinkError) {
            try socket.dump(message, body)
        } catch {
            throw IPVSError(error, operation)
        }
    }
}

extension IPVSError {
    init(_ error: NetlinkError, _ operation: Operation) {
        // A request that reached the kernel has a sequence number; without one the socket itself failed.
        self = error.sequence == 0 ? .transport(error) : .refused(operation, errno: error.code)
    }
}

extension TableChange {
    var operation: IPVSError.Operation {
        switch self {
        case .addService: .addService
        case .editService: .editService
        case .deleteService: .deleteService
        case .addServer: .addServer
        case .editServer: .editServer
        case .deleteServer: .deleteServer
        }
    }
}
