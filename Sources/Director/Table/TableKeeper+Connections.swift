import IPVS
import IPVSModel
import KeepalivedConfig

extension TableKeeper {
    /// How many connections the kernel has to a real server, in all services of its virtual server.
    ///
    /// - Returns: Nil where the table has no such server, or cannot be read.
    package func connections(service place: Int, server: Int) -> (active: Int, inactive: Int)? {
        guard isOpen, configuration.virtualServers.indices.contains(place),
            configuration.virtualServers[place].realServers.indices.contains(server)
        else { return nil }
        let settings = configuration.virtualServers[place]
        var sum: (active: Int, inactive: Int)?
        var entries: [ServerEntry] = []
        for service in expansions[place] {
            let entry = settings.entry(of: settings.realServers[server], weight: 0, in: service.identity)
            guard let endpoint = entry?.endpoint else { continue }
            entries.removeAll(keepingCapacity: true)
            do throws(IPVSError) {
                try kernel.readServers(of: service.identity, count: nil, into: &entries)
            } catch {
                continue
            }
            for entry in entries where entry.server.endpoint == endpoint {
                sum = (
                    (sum?.active ?? 0) + Int(entry.activeConnections),
                    (sum?.inactive ?? 0) + Int(entry.inactiveConnections)
                )
            }
        }
        return sum
    }
}
