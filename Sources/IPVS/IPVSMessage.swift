import Addresses
import CLinux
import Glibc
import IPVSModel
import Netlink

/// The requests of the kernel's IPVS family, by the rules of linux/ip_vs.h and net/netfilter/ipvs/ip_vs_ctl.c.
struct IPVSMessage {
    /// The family's number, which the kernel gives out when it loads the module.
    var family: Int32

    func change(_ change: TableChange) -> NetlinkMessage {
        switch change {
        case .addService(let service): write(service, command: IPVS_CMD_NEW_SERVICE, "IPVS_CMD_NEW_SERVICE")
        case .editService(let service): write(service, command: IPVS_CMD_SET_SERVICE, "IPVS_CMD_SET_SERVICE")
        case .deleteService(let identity): about(identity, command: IPVS_CMD_DEL_SERVICE, "IPVS_CMD_DEL_SERVICE")
        case .addServer(let server, let identity):
            write(server, of: identity, command: IPVS_CMD_NEW_DEST, "IPVS_CMD_NEW_DEST")
        case .editServer(let server, let identity):
            write(server, of: identity, command: IPVS_CMD_SET_DEST, "IPVS_CMD_SET_DEST")
        case .deleteServer(let endpoint, let identity):
            write(RealServer(endpoint: endpoint), of: identity, command: IPVS_CMD_DEL_DEST, "IPVS_CMD_DEL_DEST")
        }
    }

    /// A request with nothing in it.
    func plain(_ command: Int, _ name: String) -> NetlinkMessage {
        NetlinkMessage(operation: name, family: family, command: command, capacity: 64)
    }

    /// A request that names a service and says no more of it.
    func about(_ identity: VirtualService.Identity, command: Int, _ name: String) -> NetlinkMessage {
        var message = NetlinkMessage(operation: name, family: family, command: command, capacity: 128)
        message.nest(IPVS_CMD_ATTR_SERVICE) { $0.put(identity) }
        return message
    }

    func timeouts(_ timeouts: ConnectionTimeouts) -> NetlinkMessage {
        var message = plain(IPVS_CMD_SET_CONFIG, "IPVS_CMD_SET_CONFIG")
        message.put(IPVS_CMD_ATTR_TIMEOUT_TCP, timeouts.tcp)
        message.put(IPVS_CMD_ATTR_TIMEOUT_TCP_FIN, timeouts.tcpFin)
        message.put(IPVS_CMD_ATTR_TIMEOUT_UDP, timeouts.udp)
        return message
    }

    func start(_ daemon: SyncDaemon) -> NetlinkMessage {
        var message = NetlinkMessage(
            operation: "IPVS_CMD_NEW_DAEMON", family: family, command: IPVS_CMD_NEW_DAEMON, capacity: 256)
        message.nest(IPVS_CMD_ATTR_DAEMON) {
            $0.put(IPVS_DAEMON_ATTR_STATE, daemon.role.rawValue)
            $0.put(IPVS_DAEMON_ATTR_MCAST_IFN, daemon.interface)
            $0.put(IPVS_DAEMON_ATTR_SYNC_ID, daemon.syncID)
            if let length = daemon.maximumLength { $0.put(IPVS_DAEMON_ATTR_SYNC_MAXLEN, length) }
            switch daemon.group {
            case .v4(let group): $0.put(IPVS_DAEMON_ATTR_MCAST_GROUP, group.value.bigEndian)
            case .v6(let group): $0.put(IPVS_DAEMON_ATTR_MCAST_GROUP6, bytesOf: group.networkOrder)
            case nil: break
            }
            if let port = daemon.port { $0.put(IPVS_DAEMON_ATTR_MCAST_PORT, port) }
            if let timeToLive = daemon.timeToLive { $0.put(IPVS_DAEMON_ATTR_MCAST_TTL, timeToLive) }
        }
        return message
    }

    func stop(_ daemon: SyncDaemon) -> NetlinkMessage {
        var message = NetlinkMessage(
            operation: "IPVS_CMD_DEL_DAEMON", family: family, command: IPVS_CMD_DEL_DAEMON, capacity: 128)
        message.nest(IPVS_CMD_ATTR_DAEMON) {
            $0.put(IPVS_DAEMON_ATTR_STATE, daemon.role.rawValue)
            $0.put(IPVS_DAEMON_ATTR_MCAST_IFN, daemon.interface)
            $0.put(IPVS_DAEMON_ATTR_SYNC_ID, daemon.syncID)
        }
        return message
    }

    private func write(_ service: VirtualService, command: Int, _ name: String) -> NetlinkMessage {
        var message = NetlinkMessage(operation: name, family: family, command: command, capacity: 256)
        message.nest(IPVS_CMD_ATTR_SERVICE) {
            $0.put(service.identity)
            $0.put(IPVS_SVC_ATTR_SCHED_NAME, service.scheduler)
            if !service.persistenceEngine.isEmpty { $0.put(IPVS_SVC_ATTR_PE_NAME, service.persistenceEngine) }
            $0.put(IPVS_SVC_ATTR_FLAGS, bytesOf: ip_vs_flags(flags: service.flags.rawValue, mask: ~0))
            $0.put(IPVS_SVC_ATTR_TIMEOUT, service.persistenceTimeout)
            $0.put(IPVS_SVC_ATTR_NETMASK, service.kernelNetmask)
        }
        return message
    }

    private func write(
        _ server: RealServer, of identity: VirtualService.Identity, command: Int, _ name: String
    ) -> NetlinkMessage {
        var message = NetlinkMessage(operation: name, family: family, command: command, capacity: 320)
        message.nest(IPVS_CMD_ATTR_SERVICE) { $0.put(identity) }
        message.nest(IPVS_CMD_ATTR_DEST) {
            $0.put(IPVS_DEST_ATTR_ADDR_FAMILY, server.endpoint.address.family.kernelNumber)
            $0.put(IPVS_DEST_ATTR_ADDR, bytesOf: server.endpoint.address.kernelBytes)
            $0.put(IPVS_DEST_ATTR_PORT, server.endpoint.port.bigEndian)
            $0.put(IPVS_DEST_ATTR_FWD_METHOD, server.forwarding.rawValue)
            $0.put(IPVS_DEST_ATTR_WEIGHT, UInt32(bitPattern: server.weight))
            $0.put(IPVS_DEST_ATTR_TUN_TYPE, server.tunnel.type.rawValue)
            $0.put(IPVS_DEST_ATTR_TUN_PORT, server.tunnel.port.bigEndian)
            $0.put(IPVS_DEST_ATTR_TUN_FLAGS, server.tunnel.checksum.rawValue)
            $0.put(IPVS_DEST_ATTR_U_THRESH, server.upperThreshold)
            $0.put(IPVS_DEST_ATTR_L_THRESH, server.lowerThreshold)
        }
        return message
    }
}

extension NetlinkMessage {
    fileprivate mutating func put(_ identity: VirtualService.Identity) {
        put(IPVS_SVC_ATTR_AF, UInt16(identity.family.kernelNumber))
        switch identity {
        case .firewallMark(let mark, _):
            put(IPVS_SVC_ATTR_FWMARK, mark)
        case .address(let transport, let address, let port):
            put(IPVS_SVC_ATTR_PROTOCOL, transport.rawValue)
            put(IPVS_SVC_ATTR_ADDR, bytesOf: address.kernelBytes)
            put(IPVS_SVC_ATTR_PORT, port.bigEndian)
        }
    }
}

extension AddressFamily {
    /// `AF_INET` or `AF_INET6`.
    var kernelNumber: UInt16 { UInt16(self == .ipv4 ? AF_INET : AF_INET6) }
}

extension VirtualService {
    /// `IPVS_SVC_ATTR_NETMASK`: network byte order for IPv4, the prefix length as a number for IPv6.
    fileprivate var kernelNetmask: UInt32 {
        identity.family == .ipv4 ? persistenceMask.value.bigEndian : persistenceMask.value
    }
}

extension IPv6Address {
    /// The sixteen bytes as they travel.
    var networkOrder: (UInt64, UInt64) { (high.bigEndian, low.bigEndian) }
}

extension IPAddress {
    /// `union nf_inet_addr`: sixteen bytes, an IPv4 address in the first four.
    var kernelBytes: (UInt64, UInt64) {
        switch self {
        // The address in the upper half, so that its bytes come first once the number is in network order.
        case .v4(let address): ((UInt64(address.value) << 32).bigEndian, 0)
        case .v6(let address): address.networkOrder
        }
    }
}
