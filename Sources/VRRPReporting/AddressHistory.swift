package import Addresses
package import VRRPProtocol
package import VRRPSimulation

/// Who had a virtual address when, in a simulation.
package struct AddressHistory: Hashable, Sendable {
    package struct Stretch: Hashable, Sendable {
        package var from: Instant
        package var until: Instant
        /// The nodes that have the address, in order.
        package var nodes: [Int]

        package var length: Int64 { until.nanoseconds &- from.nanoseconds }
    }

    package var address: IPAddress
    /// One after the other from the start to the end; neighbours differ.
    package var stretches: [Stretch]

    /// When nobody had it.
    package var absences: [Stretch] { stretches.filter(\.nodes.isEmpty) }
    /// When more than one node had it.
    package var overlaps: [Stretch] { stretches.filter { $0.nodes.count > 1 } }

    package static func all(
        of plan: SimulationPlan, _ record: SimulationRecord, until end: Instant
    ) -> [AddressHistory] {
        var addresses: [IPAddress] = []
        for router in plan.nodes.flatMap(\.routers) {
            for address in router.configuration.heldAddresses where !addresses.contains(address) {
                addresses.append(address)
            }
        }
        return addresses.map { address in
            AddressHistory(
                address: address, stretches: stretches(record.holdings.filter { $0.address == address }, until: end))
        }
    }

    private static func stretches(_ holdings: [Holding], until end: Instant) -> [Stretch] {
        var times: Set<Instant> = [.origin, end]
        for holding in holdings {
            times.insert(holding.from)
            times.insert(min(holding.until ?? end, end))
        }
        let sorted = times.sorted()
        var stretches: [Stretch] = []
        for (from, until) in zip(sorted, sorted.dropFirst()) {
            var nodes: [Int] = []
            for holding in holdings where holding.from <= from && holding.until ?? end >= until {
                if !nodes.contains(holding.node) { nodes.append(holding.node) }
            }
            nodes.sort()
            if let last = stretches.last, last.nodes == nodes {
                stretches[stretches.count - 1].until = until
            } else {
                stretches.append(Stretch(from: from, until: until, nodes: nodes))
            }
        }
        return stretches
    }
}
