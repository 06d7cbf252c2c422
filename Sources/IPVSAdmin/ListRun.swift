import CLinux
import Glibc
import IPVS
import IPVSGrammar
import IPVSModel
import Reporting

/// `-L`: the table, one service, timeouts, daemons; connections are `ConnectionList`'s.
enum ListRun {
    static func run(_ listing: Command.Listing, _ kernel: borrowing Kernel) -> Int32 {
        if let interval = listing.interval { return WatchRun.run(listing, interval, kernel) }
        var output = Output()
        let status = write(listing, kernel, &output)
        return status == 0 ? output.finish() : status
    }

    /// Writes one picture.
    static func write(_ listing: Command.Listing, _ kernel: borrowing Kernel, _ output: inout Output) -> Int32 {
        do throws(IPVSError) {
            switch listing.subject {
            case .table(let identity):
                let services = try services(identity, listing, kernel)
                if listing.isJSON {
                    try writeJSON(services, listing, kernel, &output, withState: true)
                } else if listing.isNumeric {
                    let format = TableListing(listing, names: NumericEndpoints())
                    try write(services, format, isWhole: identity == nil, listing, kernel, &output)
                } else {
                    let format = TableListing(listing, names: try lookUpNames(of: services, kernel))
                    try write(services, format, isWhole: identity == nil, listing, kernel, &output)
                }
            case .connections(let identity, let server):
                return ConnectionList.run(identity, server, listing, &output)
            case .timeouts:
                SmallListings.write(try kernel.table.timeouts(), asJSON: listing.isJSON, &output)
            case .daemons:
                SmallListings.write(try kernel.table.daemons(), asJSON: listing.isJSON, &output)
            }
            return 0
        } catch {
            complain(error.message)
            return 1
        }
    }

    private static func services(
        _ identity: VirtualService.Identity?, _ listing: Command.Listing, _ kernel: borrowing Kernel
    ) throws(IPVSError) -> [ServiceEntry] {
        if let identity { return [try kernel.table.service(identity)] }
        return try kernel.sortedServices(unless: listing.options.contains(.noSort))
    }

    private static func write(
        _ services: [ServiceEntry], _ format: TableListing, isWhole: Bool,
        _ listing: Command.Listing, _ kernel: borrowing Kernel, _ output: inout Output
    ) throws(IPVSError) {
        var text = Output.text()
        if isWhole { format.writeVersion(kernel.information, into: &text) }
        format.writeTitles(into: &text)
        let keepsOrder = listing.options.contains(.noSort)
        var servers: [ServerEntry] = []
        for entry in services {
            let identity = entry.service.identity
            format.write(entry, into: &text)
            if format.columns.needStatistics {
                for server in try kernel.measuredServers(of: identity, sorted: !keepsOrder) {
                    format.write(server.entry, server.statistics, of: identity, into: &text)
                    output.drain(&text)
                }
            } else {
                try kernel.readServers(of: entry, into: &servers, sorted: !keepsOrder)
                for server in servers {
                    format.write(server, of: identity, into: &text)
                    output.drain(&text)
                }
            }
            output.drain(&text)
            if output.hasFailed { return }
        }
        output.flush(&text)
    }

    /// Writes services as JSON, one service or server a line.
    static func writeJSON(
        _ services: [ServiceEntry], _ listing: Command.Listing?, _ kernel: borrowing Kernel,
        _ output: inout Output, withState: Bool
    ) throws(IPVSError) {
        var json = TableJSON(withState: withState)
        json.begin(kernel.information)
        let keepsOrder = listing?.options.contains(.noSort) ?? false
        for entry in services {
            json.beginService(entry)
            for server in try kernel.measuredServers(of: entry.service.identity, sorted: !keepsOrder) {
                json.write(server.entry, withState ? server.statistics : nil)
                output.drain(&json.writer.text)
            }
            json.endService()
            if output.hasFailed { return }
        }
        json.end()
        output.flush(&json.writer.text)
    }

    /// Looks up, side by side, every name that the table holds.
    static func lookUpNames(
        of services: [ServiceEntry], _ kernel: borrowing Kernel
    ) throws(IPVSError) -> LookedUpNames {
        var wanted = LookedUpNames.Wanted()
        var servers: [ServerEntry] = []
        for entry in services {
            let identity = entry.service.identity
            wanted.add(identity)
            try kernel.readServers(of: entry, into: &servers, sorted: false)
            for server in servers { wanted.add(server.server.endpoint, identity) }
        }
        let names = LookedUpNames()
        names.lookUp(wanted)
        return names
    }
}

extension TableListing {
    init(_ listing: Command.Listing, names: any EndpointNames) {
        let options = listing.options
        let columns: Columns =
            if options.contains(.statistics) {
                .statistics
            } else if options.contains(.rate) {
                .rates
            } else if options.contains(.thresholds) {
                .thresholds
            } else if options.contains(.persistentConnections) {
                .persistentConnections
            } else if options.contains(.tunnelInformation) {
                .tunnels
            } else {
                .standard
            }
        self.init(columns: columns, exact: options.contains(.exact), names: names)
    }
}

extension Kernel {
    borrowing func sortedServices(unless keepsOrder: Bool = false) throws(IPVSError) -> [ServiceEntry] {
        // Most of what is resident by now is code that only the start needed. Give it back before a large table comes.
        if table.ipv4ServiceCount() >= 64 { clinux_forget_code() }
        var services = try table.services()
        if !keepsOrder { services.sort { $0.service.identity < $1.service.identity } }
        return services
    }

    /// The real servers of a service. One that was deleted since the services were read has none.
    borrowing func readServers(
        of entry: ServiceEntry, into servers: inout [ServerEntry], sorted: Bool
    ) throws(IPVSError) {
        do throws(IPVSError) {
            try table.readServers(of: entry.service.identity, count: entry.serverCount, into: &servers)
        } catch .refused(_, errno: ESRCH) {
            servers.removeAll(keepingCapacity: true)
        }
        if sorted { servers.sort { $0.server.endpoint < $1.server.endpoint } }
    }

    /// As `readServers`, with statistics.
    borrowing func measuredServers(
        of identity: VirtualService.Identity, sorted: Bool
    ) throws(IPVSError) -> [MeasuredServer] {
        var servers: [MeasuredServer] = []
        do throws(IPVSError) {
            servers = try table.measuredServers(of: identity)
        } catch .refused(_, errno: ESRCH) {}
        if sorted { servers.sort { $0.entry.server.endpoint < $1.entry.server.endpoint } }
        return servers
    }
}
