import Addresses
package import IPVSModel

/// `ipvsadm -L`: the virtual server table in the columns of ipvsadm 1.31, trailing blanks and all.
package struct TableListing {
    /// What the columns show.
    package enum Columns: Sendable {
        case standard, statistics, rates, thresholds, persistentConnections, tunnels

        /// Whether the real servers' statistics are shown.
        package var needStatistics: Bool { self == .statistics || self == .rates }
    }

    package var columns: Columns
    /// Whether counters are written in full where they outgrow their column.
    package var exact: Bool
    package var names: any EndpointNames

    package init(columns: Columns, exact: Bool, names: any EndpointNames) {
        self.columns = columns
        self.exact = exact
        self.names = names
    }

    package func writeVersion(_ information: IPVSInformation, into text: inout Text) {
        text.append("IP Virtual Server version ")
        text.appendVersion(information.version)
        text.append(" (size=")
        text.append(information.connectionTableSize)
        text.append(")\n")
    }

    package func writeTitles(into text: inout Text) {
        switch columns {
        case .standard:
            text.append("Prot LocalAddress:Port Scheduler Flags\n")
            text.append("  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\n")
        case .tunnels:
            text.append("Prot LocalAddress:Port Scheduler Flags\n")
            text.append("  -> RemoteAddress:Port           Forward TunnelInfo    Weight ActiveConn InActConn\n")
        case .statistics:
            text.append("Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes\n")
            text.append("  -> RemoteAddress:Port\n")
        case .rates:
            text.append("Prot LocalAddress:Port                 CPS    InPPS   OutPPS    InBPS   OutBPS\n")
            text.append("  -> RemoteAddress:Port\n")
        case .thresholds:
            text.append("Prot LocalAddress:Port            Uthreshold Lthreshold ActiveConn InActConn \n")
            text.append("  -> RemoteAddress:Port\n")
        case .persistentConnections:
            text.append("Prot LocalAddress:Port            Weight    PersistConn ActiveConn InActConn \n")
            text.append("  -> RemoteAddress:Port\n")
        }
    }

    package func write(_ entry: ServiceEntry, into text: inout Text) {
        switch columns {
        case .statistics:
            text.left(Width.name) { writeName(of: entry.service.identity, into: &$0) }
            write(entry.statistics.total, into: &text)
        case .rates:
            text.left(Width.name) { writeName(of: entry.service.identity, into: &$0) }
            write(entry.statistics.rate, into: &text)
        case .standard, .tunnels, .thresholds, .persistentConnections:
            writeName(of: entry.service.identity, into: &text)
            writeScheduling(of: entry.service, into: &text)
        }
        text.newline()
    }

    /// - Parameter statistics: What the columns of numbers show.
    package func write(
        _ entry: ServerEntry, _ statistics: Statistics? = nil, of identity: VirtualService.Identity,
        into text: inout Text
    ) {
        let server = entry.server
        text.append("  -> ")
        if server.endpoint.address.family == .ipv4 {
            text.leftCut(Width.server) { names.write(server.endpoint, identity.transport, into: &$0) }
        } else {
            text.left(Width.server) { names.write(server.endpoint, identity.transport, into: &$0) }
        }
        switch columns {
        case .standard, .tunnels:
            text.append(byte: UInt8(ascii: " "))
            text.left(7) { $0.append(server.forwarding.listingName) }
            text.append(byte: UInt8(ascii: " "))
            if columns == .tunnels {
                text.left(13) { writeTunnel(of: server, into: &$0) }
                text.append(byte: UInt8(ascii: " "))
            }
            text.left(6, server.weight)
            text.append(byte: UInt8(ascii: " "))
            writeConnections(of: entry, into: &text)
        case .thresholds:
            text.append(byte: UInt8(ascii: " "))
            text.left(10, server.upperThreshold)
            text.append(byte: UInt8(ascii: " "))
            text.left(10, server.lowerThreshold)
            text.append(byte: UInt8(ascii: " "))
            writeConnections(of: entry, into: &text)
        case .persistentConnections:
            text.append(byte: UInt8(ascii: " "))
            text.left(9, UInt32(bitPattern: server.weight))
            text.append(byte: UInt8(ascii: " "))
            text.left(11, entry.persistentConnections)
            text.append(byte: UInt8(ascii: " "))
            writeConnections(of: entry, into: &text)
        case .statistics:
            write(statistics?.total ?? Counters(), into: &text)
        case .rates:
            let rate = statistics?.rate ?? Counters()
            for number in [rate.connections, rate.packetsIn, rate.packetsOut] {
                text.append(byte: UInt8(ascii: " "))
                text.right(8, number)
            }
            text.appendCounter(rate.bytesIn, exact: exact)
            text.appendCounter(rate.bytesOut, exact: exact)
        }
        text.newline()
    }

    // MARK: Cells

    private func writeName(of identity: VirtualService.Identity, into text: inout Text) {
        switch identity {
        case .firewallMark(let mark, let family):
            text.append("FWM  ")
            text.append(mark)
            if family == .ipv6 { text.append(" IPv6") }
        case .address(let transport, let address, let port):
            let start = text.count
            text.left(4) { $0.append(transport.listingName) }
            text.append(byte: UInt8(ascii: " "))
            names.write(address, port, transport, into: &text)
            if address.family == .ipv4 { text.truncate(to: start + Width.name) }
        }
    }

    private func writeScheduling(of service: VirtualService, into text: inout Text) {
        text.append(byte: UInt8(ascii: " "))
        text.append(service.scheduler)
        let flags = service.schedulerFlagNames
        if !flags.isEmpty {
            text.append(" (")
            text.appendList(flags)
            text.append(")")
        }
        if service.flags.contains(.persistent) {
            text.append(" persistent ")
            text.append(service.persistenceTimeout)
            if !service.hasWholeMask {
                text.append(" mask ")
                text.append(maskOf: service)
            }
            if !service.persistenceEngine.isEmpty {
                text.append(" pe ")
                text.append(service.persistenceEngine)
            }
        }
        if service.flags.contains(.onePacket) { text.append(" ops") }
    }

    private func writeConnections(of entry: ServerEntry, into text: inout Text) {
        text.left(10, entry.activeConnections)
        text.append(byte: UInt8(ascii: " "))
        text.left(10, entry.inactiveConnections)
    }

    private func writeTunnel(of server: RealServer, into text: inout Text) {
        guard server.forwarding == .tunnel else {
            text.append("n/a")
            return
        }
        let tunnel = server.tunnel
        switch tunnel.type {
        case .ipip:
            text.append("ipip")
        case .gue:
            text.append("gue:")
            text.append(tunnel.port)
            text.append(":")
            text.append(tunnel.checksum.listingName)
        case .gre:
            text.append("gre:")
            text.append(tunnel.checksum.listingName)
        default:
            text.append("type-")
            text.append(tunnel.type.rawValue)
        }
    }

    private func write(_ counters: Counters, into text: inout Text) {
        text.appendCounter(counters.connections, exact: exact)
        text.appendCounter(counters.packetsIn, exact: exact)
        text.appendCounter(counters.packetsOut, exact: exact)
        text.appendCounter(counters.bytesIn, exact: exact)
        text.appendCounter(counters.bytesOut, exact: exact)
    }
}

/// Column widths that more than one line shares.
private enum Width {
    /// A service in the tables of numbers.
    static let name = 33
    /// A real server behind its arrow.
    static let server = 28
}

extension Text {
    /// Appends a counter in nine columns. One that outgrows them is divided by a power of a thousand, or written in full
    /// with `exact`.
    package mutating func appendCounter(_ number: UInt64, exact: Bool) {
        if exact {
            append(byte: UInt8(ascii: " "))
            right(8, number)
            return
        }
        switch number {
        case ..<100_000_000:
            right(9, number)
        case ..<1_000_000_000:
            right(8, number / 1000)
            append(byte: UInt8(ascii: "K"))
        case ..<100_000_000_000:
            right(8, number / 1_000_000)
            append(byte: UInt8(ascii: "M"))
        case ..<100_000_000_000_000:
            right(8, number / 1_000_000_000)
            append(byte: UInt8(ascii: "G"))
        default:
            right(8, number / 1_000_000_000_000)
            append(byte: UInt8(ascii: "T"))
        }
    }

    /// Appends `IP_VS_VERSION_CODE` as three numbers.
    package mutating func appendVersion(_ version: UInt32) {
        append(version >> 16 & 0xff)
        append(byte: UInt8(ascii: "."))
        append(version >> 8 & 0xff)
        append(byte: UInt8(ascii: "."))
        append(version & 0xff)
    }

    package mutating func appendList(_ words: [String]) {
        for (index, word) in words.enumerated() {
            if index > 0 { append(byte: UInt8(ascii: ",")) }
            append(word)
        }
    }

    /// Appends the mask as `-M` takes it: a dotted quad for IPv4, a prefix length for IPv6.
    package mutating func append(maskOf service: VirtualService) {
        let mask = service.persistenceMask.value
        if service.identity.family == .ipv4 {
            append(IPv4Address(mask))
        } else {
            append(mask)
        }
    }
}
