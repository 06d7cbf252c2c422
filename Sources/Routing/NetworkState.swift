package import Addresses

/// The interfaces and addresses of this network namespace, kept current by `NetworkMonitor`.
package struct NetworkState: Sendable {
    /// By index.
    package private(set) var links: [Int32: Link] = [:]
    private var indexes: [String: Int32] = [:]
    /// By interface and address; an IPv4 address can be there with several prefix lengths.
    private var entries: [Int32: [IPAddress: [Entry]]] = [:]
    private var nextOrder = 0

    private struct Entry {
        /// Counts in the order of the kernel.
        var order: Int
        var value: InterfaceAddress
    }

    package init() {}

    package func link(named name: String) -> Link? { indexes[name].flatMap { links[$0] } }

    package func link(_ index: Int32) -> Link? { links[index] }

    /// The interface's addresses, the oldest first.
    package func addresses(on interface: Int32) -> [InterfaceAddress] {
        (entries[interface] ?? [:]).values.joined().sorted { $0.order < $1.order }.map(\.value)
    }

    package func address(_ address: IPAddress, on interface: Int32) -> InterfaceAddress? {
        entries[interface]?[address]?.first?.value
    }

    /// Whether this very address is there: IPv6 once on an interface, IPv4 once with each prefix length and peer.
    package func has(_ spec: AddressSpec) -> Bool {
        guard let there = entries[spec.interface]?[spec.address] else { return false }
        return spec.address.family == .ipv6 || there.contains { $0.value.isSame(as: spec) }
    }

    /// Whether any interface has this address.
    package func has(_ address: IPAddress) -> Bool { entries.values.contains { $0[address] != nil } }

    /// Whether any interface has an address from `first` through `last`.
    package func hasAny(from first: IPAddress, through last: IPAddress) -> Bool {
        first <= last && entries.values.contains { $0.keys.contains { first <= $0 && $0 <= last } }
    }

    // MARK: Changes

    /// Returns the link as it was before.
    mutating func set(_ link: Link) -> Link? {
        let before = links.updateValue(link, forKey: link.index)
        if let before, before.name != link.name, indexes[before.name] == before.index { indexes[before.name] = nil }
        indexes[link.name] = link.index
        return before
    }

    /// Returns the link, and the addresses that the kernel did not say goodbye to.
    mutating func removeLink(_ index: Int32) -> (link: Link, addresses: [InterfaceAddress])? {
        guard let link = links.removeValue(forKey: index) else { return nil }
        if indexes[link.name] == index { indexes[link.name] = nil }
        let rest = addresses(on: index)
        entries[index] = nil
        return (link, rest)
    }

    /// Returns the address as it was before.
    mutating func set(_ address: InterfaceAddress) -> InterfaceAddress? {
        var there = entries[address.interface, default: [:]][address.address] ?? []
        if let index = there.firstIndex(where: { $0.value.isSame(as: address) }) {
            let before = there[index].value
            there[index].value = address
            entries[address.interface, default: [:]][address.address] = there
            return before
        }
        there.append(Entry(order: nextOrder, value: address))
        nextOrder += 1
        entries[address.interface, default: [:]][address.address] = there
        return nil
    }

    /// Returns the address where it was there.
    mutating func remove(_ address: InterfaceAddress) -> InterfaceAddress? {
        guard var there = entries[address.interface]?[address.address],
            let index = there.firstIndex(where: { $0.value.isSame(as: address) })
        else { return nil }
        let removed = there.remove(at: index).value
        entries[address.interface]?[address.address] = there.isEmpty ? nil : there
        return removed
    }

    /// All addresses of all interfaces.
    var allAddresses: [InterfaceAddress] { entries.keys.flatMap { addresses(on: $0) } }
}

extension InterfaceAddress {
    /// Whether the kernel takes both for one entry of the interface.
    func isSame(as other: InterfaceAddress) -> Bool {
        interface == other.interface && address == other.address && prefixLength == other.prefixLength
            && peer == other.peer
    }

    /// Whether this is the address of the spec, put there by whomever.
    package func isSame(as spec: AddressSpec) -> Bool {
        guard interface == spec.interface, address == spec.address else { return false }
        if address.family == .ipv6 { return true }
        return prefixLength == (spec.peer?.length ?? spec.prefixLength)
            && (peer ?? address) == (spec.peer?.address ?? address)
    }
}
