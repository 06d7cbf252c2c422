import Addresses
import Glibc
import Routing

/// `no_accept`: a router has the address, and packets to it are dropped.
extension Resources {
    /// The table of nftables: this process's own, as another one may run beside it.
    private static var table: String { "vrrpctl-\(getpid())" }

    /// Drops packets to those of the addresses that are not accepted, before they are there.
    func drop(_ resources: [Resource]) {
        let addresses = Self.unaccepted(resources)
        guard !addresses.isEmpty else { return }
        do {
            let filter = try self.filter ?? (PacketFilter(table: Self.table), nil)
            let number = filter.number ?? ledger.enter([.filter(table: Self.table)]).first
            self.filter = (filter.table, number)
            try filter.table.drop(addresses)
        } catch {
            report("packets to addresses with no_accept are accepted: \(error)")
        }
    }

    /// Drops them no more, once the addresses have gone.
    func accept(_ resources: [Resource]) {
        guard let filter else { return }
        let going = Set(resources)
        // Another router may have the same address.
        let others = Set(
            records.keys.lazy.filter { !going.contains($0) }.compactMap { resource in
                if case .address(let spec) = resource, !spec.isAccepted { spec.address } else { nil }
            })
        let addresses = Self.unaccepted(resources).filter { !others.contains($0) }
        guard !addresses.isEmpty else { return }
        do {
            try filter.table.accept(addresses)
            if filter.table.isEmpty, let number = filter.number {
                ledger.strike([number])
                self.filter = (filter.table, nil)
            }
        } catch {
            report("packets to addresses that had no_accept are still dropped: \(error)")
        }
    }

    private static func unaccepted(_ resources: [Resource]) -> [IPAddress] {
        resources.compactMap { resource in
            if case .address(let spec) = resource, !spec.isAccepted { spec.address } else { nil }
        }
    }
}
