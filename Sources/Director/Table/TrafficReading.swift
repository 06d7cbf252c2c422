package import ControlProtocol
import IPVS
package import IPVSModel
package import KeepalivedConfig

/// What the kernel has counted of a virtual server and its real servers: read on request only, one service of the table
/// at a time, since a group may stand for thousands.
package final class TrafficReading {
    private let settings: VirtualServer
    private let kernel: any KernelTable
    private let identities: [VirtualService.Identity]
    private var rest: ArraySlice<VirtualService.Identity>
    private var total: Statistics?
    /// By the service and what the server is called in it.
    private var servers: [VirtualService.Identity: [IPVSModel.RealServer.Endpoint: MeasuredServer]] = [:]

    /// - Parameter identities: The services that it stands for.
    package init(
        of settings: VirtualServer, _ identities: [VirtualService.Identity], from kernel: any KernelTable
    ) {
        self.settings = settings
        self.kernel = kernel
        self.identities = identities
        rest = identities[...]
    }

    /// Reads one more service. What the kernel refuses counts as not there.
    ///
    /// - Returns: Whether there are others to be read.
    package func step() -> Bool {
        guard let identity = rest.popFirst() else { return false }
        do throws(IPVSError) {
            guard let found = try kernel.measure(identity) else { return !rest.isEmpty }
            total = (total ?? Statistics()).adding(found.service)
            servers[identity] = Dictionary(found.servers.map { ($0.entry.server.endpoint, $0) }) { first, _ in first }
        } catch {
            return !rest.isEmpty
        }
        return !rest.isEmpty
    }

    /// Of the virtual server; nil where the kernel has none of its services.
    package var service: TrafficReport? { total.map { TrafficReport($0, active: nil, inactive: nil) } }

    /// Of a real server, by its place; nil where it is not in the table.
    package func server(_ place: Int) -> TrafficReport? {
        guard settings.realServers.indices.contains(place) else { return nil }
        var sum: (statistics: Statistics, active: Int, inactive: Int)?
        for identity in identities {
            guard let entry = settings.entry(of: settings.realServers[place], weight: 0, in: identity),
                let found = servers[identity]?[entry.endpoint]
            else { continue }
            sum = (
                (sum?.statistics ?? Statistics()).adding(found.statistics),
                (sum?.active ?? 0) + Int(found.entry.activeConnections),
                (sum?.inactive ?? 0) + Int(found.entry.inactiveConnections)
            )
        }
        return sum.map { TrafficReport($0.statistics, active: $0.active, inactive: $0.inactive) }
    }
}

extension Statistics {
    fileprivate func adding(_ other: Statistics) -> Statistics {
        var sum = self
        sum.total.add(other.total)
        sum.rate.add(other.rate)
        return sum
    }
}

extension IPVSModel.Counters {
    fileprivate mutating func add(_ other: IPVSModel.Counters) {
        connections &+= other.connections
        packetsIn &+= other.packetsIn
        packetsOut &+= other.packetsOut
        bytesIn &+= other.bytesIn
        bytesOut &+= other.bytesOut
    }
}

extension TrafficReport {
    fileprivate init(_ statistics: Statistics, active: Int?, inactive: Int?) {
        let (total, rate) = (statistics.total, statistics.rate)
        self.init(
            activeConnections: active, inactiveConnections: inactive, connections: total.connections,
            incomingPackets: total.packetsIn, outgoingPackets: total.packetsOut, incomingBytes: total.bytesIn,
            outgoingBytes: total.bytesOut, connectionRate: rate.connections, incomingPacketRate: rate.packetsIn,
            outgoingPacketRate: rate.packetsOut, incomingByteRate: rate.bytesIn, outgoingByteRate: rate.bytesOut)
    }
}
