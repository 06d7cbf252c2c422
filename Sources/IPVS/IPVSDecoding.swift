import Addresses
import CLinux
import Glibc
import IPVSModel
import Netlink

/// Values from the attributes of the kernel's answers. What the kernel leaves out keeps the value that an absent thing
/// has; nothing it sends can stop the reader.

extension ServiceEntry {
    init?(attributes: RawSpan) {
        var entry: ServiceEntry?
        forEachAttribute(in: attributes) { type, value in
            if type == IPVS_CMD_ATTR_SERVICE { entry = ServiceEntry(nest: value) }
        }
        guard let entry else { return nil }
        self = entry
    }

    private init(nest: RawSpan) {
        var family = AddressFamily.ipv4
        var transport = TransportProtocol.tcp
        var addressBytes: (UInt64, UInt64) = (0, 0)
        var port: UInt16 = 0
        var mark: UInt32 = 0
        var netmask: UInt32 = 0
        var service = VirtualService(identity: .firewallMark(0, .ipv4), scheduler: "")
        var statistics = StatisticsReader()
        forEachAttribute(in: nest) { type, value in
            switch type {
            case IPVS_SVC_ATTR_AF: family = AddressFamily(kernelNumber: value.number() ?? 0)
            case IPVS_SVC_ATTR_PROTOCOL: transport.rawValue = value.number() ?? 0
            case IPVS_SVC_ATTR_ADDR: addressBytes = value.addressBytes
            case IPVS_SVC_ATTR_PORT: port = UInt16(bigEndian: value.number() ?? 0)
            case IPVS_SVC_ATTR_FWMARK: mark = value.number() ?? 0
            case IPVS_SVC_ATTR_SCHED_NAME: service.scheduler = value.text
            case IPVS_SVC_ATTR_PE_NAME: service.persistenceEngine = value.text
            case IPVS_SVC_ATTR_FLAGS: service.flags = .init(rawValue: value.number() ?? 0)
            case IPVS_SVC_ATTR_TIMEOUT: service.persistenceTimeout = value.number() ?? 0
            case IPVS_SVC_ATTR_NETMASK: netmask = value.number() ?? 0
            case IPVS_SVC_ATTR_STATS: statistics.read(value, wide: false)
            case IPVS_SVC_ATTR_STATS64: statistics.read(value, wide: true)
            default: break
            }
        }
        service.identity =
            mark != 0
            ? .firewallMark(mark, family)
            : .address(transport, IPAddress(kernelBytes: addressBytes, family: family), port: port)
        service.persistenceMask = .init(family == .ipv4 ? UInt32(bigEndian: netmask) : netmask)
        self.init(service: service, statistics: statistics.value)
    }
}

extension ServerEntry {
    /// - Parameter serviceFamily: The family of servers on kernels before 3.18, which do not say it.
    static func append(
        _ attributes: RawSpan, serviceFamily: AddressFamily, to servers: inout [ServerEntry]
    ) {
        forEachAttribute(in: attributes) { type, value in
            if type == IPVS_CMD_ATTR_DEST { servers.append(ServerEntry(nest: value, serviceFamily: serviceFamily)) }
        }
    }

    fileprivate init(nest: RawSpan, serviceFamily: AddressFamily) {
        var family = serviceFamily
        var addressBytes: (UInt64, UInt64) = (0, 0)
        self.init(server: RealServer(endpoint: .init(address: .v4(IPv4Address(0)), port: 0)))
        forEachAttribute(in: nest) { type, value in
            switch type {
            case IPVS_DEST_ATTR_ADDR_FAMILY: family = AddressFamily(kernelNumber: value.number() ?? 0)
            case IPVS_DEST_ATTR_ADDR: addressBytes = value.addressBytes
            case IPVS_DEST_ATTR_PORT: server.endpoint.port = UInt16(bigEndian: value.number() ?? 0)
            case IPVS_DEST_ATTR_FWD_METHOD:
                server.forwarding.rawValue = (value.number(UInt32.self) ?? 0) & UInt32(IP_VS_CONN_F_FWD_MASK)
            case IPVS_DEST_ATTR_WEIGHT: server.weight = value.number() ?? 0
            case IPVS_DEST_ATTR_U_THRESH: server.upperThreshold = value.number() ?? 0
            case IPVS_DEST_ATTR_L_THRESH: server.lowerThreshold = value.number() ?? 0
            case IPVS_DEST_ATTR_TUN_TYPE: server.tunnel.type.rawValue = value.number() ?? 0
            case IPVS_DEST_ATTR_TUN_PORT: server.tunnel.port = UInt16(bigEndian: value.number() ?? 0)
            case IPVS_DEST_ATTR_TUN_FLAGS: server.tunnel.checksum.rawValue = value.number() ?? 0
            case IPVS_DEST_ATTR_ACTIVE_CONNS: activeConnections = value.number() ?? 0
            case IPVS_DEST_ATTR_INACT_CONNS: inactiveConnections = value.number() ?? 0
            case IPVS_DEST_ATTR_PERSIST_CONNS: persistentConnections = value.number() ?? 0
            default: break
            }
        }
        server.endpoint.address = IPAddress(kernelBytes: addressBytes, family: family)
    }
}

extension MeasuredServer {
    init?(attributes: RawSpan, serviceFamily: AddressFamily) {
        var measured: MeasuredServer?
        forEachAttribute(in: attributes) { type, value in
            guard type == IPVS_CMD_ATTR_DEST else { return }
            var statistics = StatisticsReader()
            forEachAttribute(in: value) { type, value in
                switch type {
                case IPVS_DEST_ATTR_STATS: statistics.read(value, wide: false)
                case IPVS_DEST_ATTR_STATS64: statistics.read(value, wide: true)
                default: break
                }
            }
            measured = MeasuredServer(
                entry: ServerEntry(nest: value, serviceFamily: serviceFamily), statistics: statistics.value)
        }
        guard let measured else { return nil }
        self = measured
    }
}

/// Reads the 32-bit statistics of any kernel and the 64-bit ones of 4.1 and newer; the wide ones win.
private struct StatisticsReader {
    var value = Statistics()
    private var isWide = false

    mutating func read(_ nest: RawSpan, wide: Bool) {
        if isWide { return }
        isWide = wide
        var statistics = Statistics()
        forEachAttribute(in: nest) { type, value in
            let number =
                value.byteCount >= 8 ? value.number(UInt64.self) ?? 0 : UInt64(value.number(UInt32.self) ?? 0)
            switch type {
            case IPVS_STATS_ATTR_CONNS: statistics.total.connections = number
            case IPVS_STATS_ATTR_INPKTS: statistics.total.packetsIn = number
            case IPVS_STATS_ATTR_OUTPKTS: statistics.total.packetsOut = number
            case IPVS_STATS_ATTR_INBYTES: statistics.total.bytesIn = number
            case IPVS_STATS_ATTR_OUTBYTES: statistics.total.bytesOut = number
            case IPVS_STATS_ATTR_CPS: statistics.rate.connections = number
            case IPVS_STATS_ATTR_INPPS: statistics.rate.packetsIn = number
            case IPVS_STATS_ATTR_OUTPPS: statistics.rate.packetsOut = number
            case IPVS_STATS_ATTR_INBPS: statistics.rate.bytesIn = number
            case IPVS_STATS_ATTR_OUTBPS: statistics.rate.bytesOut = number
            default: break
            }
        }
        value = statistics
    }
}

extension SyncDaemon {
    init?(attributes: RawSpan) {
        var daemon: SyncDaemon?
        forEachAttribute(in: attributes) { type, value in
            if type == IPVS_CMD_ATTR_DAEMON { daemon = SyncDaemon(nest: value) }
        }
        guard let daemon else { return nil }
        self = daemon
    }

    private init?(nest: RawSpan) {
        var role: Role?
        var daemon = SyncDaemon(role: .master, interface: "")
        forEachAttribute(in: nest) { type, value in
            switch type {
            case IPVS_DAEMON_ATTR_STATE: role = Role(rawValue: value.number() ?? 0)
            case IPVS_DAEMON_ATTR_MCAST_IFN: daemon.interface = value.text
            case IPVS_DAEMON_ATTR_SYNC_ID: daemon.syncID = value.number() ?? 0
            case IPVS_DAEMON_ATTR_SYNC_MAXLEN: daemon.maximumLength = value.number()
            case IPVS_DAEMON_ATTR_MCAST_GROUP:
                daemon.group = value.number(UInt32.self).map { .v4(IPv4Address(UInt32(bigEndian: $0))) }
            case IPVS_DAEMON_ATTR_MCAST_GROUP6:
                daemon.group = IPAddress(kernelBytes: value.addressBytes, family: .ipv6)
            case IPVS_DAEMON_ATTR_MCAST_PORT: daemon.port = value.number()
            case IPVS_DAEMON_ATTR_MCAST_TTL: daemon.timeToLive = value.number()
            default: break
            }
        }
        guard let role else { return nil }
        daemon.role = role
        self = daemon
    }
}

extension AddressFamily {
    fileprivate init(kernelNumber: UInt16) {
        self = Int32(kernelNumber) == AF_INET6 ? .ipv6 : .ipv4
    }
}

extension IPAddress {
    fileprivate init(kernelBytes: (UInt64, UInt64), family: AddressFamily) {
        let high = UInt64(bigEndian: kernelBytes.0)
        self =
            family == .ipv4
            ? .v4(IPv4Address(UInt32(truncatingIfNeeded: high >> 32)))
            : .v6(IPv6Address(high: high, low: UInt64(bigEndian: kernelBytes.1)))
    }
}

extension RawSpan {
    /// `union nf_inet_addr`; old kernels send four bytes for IPv4.
    fileprivate var addressBytes: (UInt64, UInt64) {
        if byteCount >= 16 {
            return (
                unsafeLoadUnaligned(as: UInt64.self), unsafeLoadUnaligned(fromByteOffset: 8, as: UInt64.self)
            )
        }
        let first = UInt32(bigEndian: number(UInt32.self) ?? 0)
        return ((UInt64(first) << 32).bigEndian, 0)
    }
}
