import Addresses
import KeepalivedConfig

extension Doctor {
    /// Programs that move virtual addresses, by name.
    static let daemons: Set<String> = ["keepalived", "vrrpd", "uvrrpd", "ucarp", "freevrrpd"]

    /// Whether something runs here that may rightly have put virtual addresses on an interface.
    var mayHoldAddresses: Bool {
        host.directorRuns != false || host.processes.contains { Self.daemons.contains($0.name) }
    }

    mutating func examineAddresses() {
        for instance in instances {
            for address in Self.addresses(of: instance) { examine(address, of: instance) }
        }
    }

    private mutating func examine(_ address: VirtualAddress, of instance: VRRPInstance) {
        guard let name = Self.interface(of: address, in: instance), let interface = host.interface(name) else { return }
        let subject = instance.name.value
        let holders = host.interfaces.filter { $0.holds(address.address) }
        for holder in holders where !isMeant(holder, for: name) {
            let isLoopback = holder.isLoopback
            find(
                .error, "address-elsewhere", subject,
                isLoopback
                    ? "\(address.address) is on \(holder.name): this host is set up as a real server for it"
                    : "\(address.address) is on \(holder.name), and belongs to \(name)",
                evidence: shownAddresses(holder, address.address),
                mend: shownPrefixes(holder, address.address).map { "ip address del \($0) dev \(holder.name)" })
        }
        if !holders.isEmpty, !mayHoldAddresses, holders.contains(where: { isMeant($0, for: name) }) {
            let holder = holders.first { isMeant($0, for: name) } ?? interface
            find(
                .warning, "address-left", subject,
                "\(address.address) is on \(holder.name), and no daemon runs that could have put it there",
                evidence: shownAddresses(holder, address.address)
                    + ["no director answers at \(host.controlSocket), and no other VRRP daemon runs"],
                mend: shownPrefixes(holder, address.address).map { "ip address del \($0) dev \(holder.name)" })
        }
        examineNetwork(address, interface, subject)
    }

    /// Whether an address may be on it: it is the interface, or a virtual one of a virtual router above it.
    private func isMeant(_ holder: HostInterface, for name: String) -> Bool {
        holder.name == name || holder.parent == name && ["macvlan", "ipvlan"].contains(holder.kind)
    }

    private func shownPrefixes(_ interface: HostInterface, _ address: IPAddress) -> [String] {
        interface.addresses.filter { $0.prefix.address == address }.map(\.prefix.description)
    }

    private func shownAddresses(_ interface: HostInterface, _ address: IPAddress) -> [String] {
        ["ip address show dev \(interface.name): \(shownPrefixes(interface, address).joined(separator: ", "))"]
    }

    /// Neighbours ask by ARP only for what is in their network.
    private mutating func examineNetwork(_ address: VirtualAddress, _ interface: HostInterface, _ subject: String) {
        guard address.prefix.isHost, address.peer == nil, !interface.isLoopback else { return }
        let networks = interface.addresses.map(\.prefix).filter { prefix in
            prefix.address.family == address.address.family && prefix.address != address.address && !prefix.isHost
                && !Self.isLinkLocal(prefix.address)
        }
        guard !networks.isEmpty, !networks.contains(where: { $0.contains(address.address) }) else { return }
        find(
            .warning, "address-outside", subject,
            "\(address.address) is in no network of \(interface.name): neighbours reach it only if they have a route",
            evidence: [
                "ip address show dev \(interface.name): \(networks.map(\.description).joined(separator: ", "))"
            ], mend: ["write \(address.address) with the length of its network, or on another interface"])
    }
}
