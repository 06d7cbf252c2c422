import Addresses
package import IPVSModel

/// The virtual server table as JSON; the schema is in ipvsadm(8).
package struct TableJSON: ~Copyable {
    package var writer = JSONWriter()
    /// Whether counters, rates and connections are told, or only what can be configured.
    private let withState: Bool

    package init(withState: Bool) {
        self.withState = withState
    }

    package mutating func begin(_ information: IPVSInformation) {
        writer.open("{")
        writer.key("version")
        var version = Text()
        version.appendVersion(information.version)
        writer.string(version.bytes)
        if withState {
            writer.key("connection_table_size")
            writer.number(information.connectionTableSize)
        }
        writer.key("services")
        writer.open("[")
    }

    package mutating func beginService(_ entry: ServiceEntry) {
        let service = entry.service
        writer.newline()
        writer.open("{")
        switch service.identity {
        case .address(let transport, let address, let port):
            writer.key("protocol")
            if let name = transport.name { writer.string(name) } else { writer.null() }
            writer.key("address")
            writer.address(address)
            writer.key("port")
            writer.number(port)
            writer.key("fwmark")
            writer.null()
        case .firewallMark(let mark, _):
            for key: StaticString in ["protocol", "address", "port"] {
                writer.key(key)
                writer.null()
            }
            writer.key("fwmark")
            writer.number(mark)
        }
        writer.family(service.identity.family)
        writer.key("scheduler")
        writer.string(service.scheduler)
        writer.key("scheduler_flags")
        writer.array { for name in service.schedulerFlagNames { $0.string(name) } }
        writePersistence(of: service)
        writer.key("persistence_engine")
        if service.persistenceEngine.isEmpty { writer.null() } else { writer.string(service.persistenceEngine) }
        writer.key("one_packet")
        writer.bool(service.flags.contains(.onePacket))
        if withState { write(entry.statistics) }
        writer.key("servers")
        writer.open("[")
    }

    /// - Parameter statistics: Left out, the server's state is not told.
    package mutating func write(_ entry: ServerEntry, _ statistics: Statistics? = nil) {
        let server = entry.server
        writer.newline()
        writer.open("{")
        writer.key("address")
        writer.address(server.endpoint.address)
        writer.key("port")
        writer.number(server.endpoint.port)
        writer.family(server.endpoint.address.family)
        writer.key("forwarding")
        writer.string(server.forwarding.jsonName)
        writer.key("weight")
        writer.number(server.weight)
        writer.key("upper_threshold")
        writer.number(server.upperThreshold)
        writer.key("lower_threshold")
        writer.number(server.lowerThreshold)
        writer.key("tunnel")
        if server.forwarding == .tunnel { write(server.tunnel) } else { writer.null() }
        if let statistics {
            writer.key("active_connections")
            writer.number(entry.activeConnections)
            writer.key("inactive_connections")
            writer.number(entry.inactiveConnections)
            writer.key("persistent_connections")
            writer.number(entry.persistentConnections)
            write(statistics)
        }
        writer.close("}")
    }

    package mutating func endService() {
        writer.close("]")
        writer.close("}")
    }

    package mutating func end() {
        writer.close("]")
        writer.close("}")
        writer.text.newline()
    }

    private mutating func writePersistence(of service: VirtualService) {
        writer.key("persistent")
        guard service.flags.contains(.persistent) else {
            writer.null()
            return
        }
        writer.object {
            $0.key("timeout")
            $0.number(service.persistenceTimeout)
            $0.key("netmask")
            if service.identity.family == .ipv4 {
                $0.address(.v4(IPv4Address(service.persistenceMask.value)))
            } else {
                $0.number(service.persistenceMask.value)
            }
        }
    }

    private mutating func write(_ tunnel: Tunnel) {
        writer.object {
            $0.key("type")
            $0.string(tunnel.type.name ?? "unknown-\(tunnel.type.rawValue)")
            $0.key("port")
            if tunnel.type == .gue { $0.number(tunnel.port) } else { $0.null() }
            $0.key("checksum")
            $0.string(tunnel.checksum.jsonName)
        }
    }

    private mutating func write(_ statistics: Statistics) {
        writer.key("stats")
        write(statistics.total)
        writer.key("rates")
        write(statistics.rate)
    }

    private mutating func write(_ counters: Counters) {
        writer.object {
            $0.key("connections")
            $0.number(counters.connections)
            $0.key("packets_in")
            $0.number(counters.packetsIn)
            $0.key("packets_out")
            $0.number(counters.packetsOut)
            $0.key("bytes_in")
            $0.number(counters.bytesIn)
            $0.key("bytes_out")
            $0.number(counters.bytesOut)
        }
    }
}

extension JSONWriter {
    fileprivate mutating func family(_ family: AddressFamily) {
        key("family")
        string(family == .ipv4 ? "ipv4" : "ipv6")
    }
}

extension ForwardingMethod {
    fileprivate var jsonName: String {
        switch self {
        case .masquerade: "masquerade"
        case .local: "local"
        case .tunnel: "tunnel"
        case .direct: "direct"
        case .bypass: "bypass"
        default: "unknown-\(rawValue)"
        }
    }
}

extension TunnelChecksum {
    fileprivate var jsonName: String {
        switch self {
        case .none: "none"
        case .checksum: "csum"
        case .remote: "remcsum"
        default: "unknown-\(rawValue)"
        }
    }
}
