package import Addresses
package import KeepalivedConfig

/// Which interfaces of the nodes are on the same network, and the addresses that they have there.
///
/// - Interfaces of the same name are on the same network. What is left, because nodes name their interfaces
///   differently, is joined in the order of the files: the first one left of each node, then the second, and so on.
/// - A node sends from the address that its configuration names (`mcast_src_ip`, `unicast_src_ip`). A node of a unicast
///   instance without one has the first peer address of another node's instance that nobody claims.
/// - Otherwise addresses are given out. IPv4: from 1 up in the /24 network of the first virtual address of the network,
///   leaving out addresses that are used or virtual; node by node, so that a later node has the higher address. IPv6:
///   fe80::1 and up.
package struct SimulatedNetworks: Sendable {
    /// The LAN of each interface, by node and name.
    private var lans: [[String: Int]]
    /// How many LANs there are.
    package private(set) var count = 0
    private var used: Set<IPAddress> = []
    private var given: [Key: IPAddress] = [:]

    private struct Key: Hashable {
        var node: Int
        var lan: Int
        var family: AddressFamily
    }

    package init(_ hosts: [SimulatedHost]) {
        lans = hosts.map { _ in [:] }
        join(hosts)
        for host in hosts {
            for instance in host.instances {
                if let source = instance.configuredSource { used.insert(source) }
                used.formUnion((instance.addresses + instance.excludedAddresses).map(\.value.address))
            }
        }
        for (node, host) in hosts.enumerated() {
            for instance in host.instances where instance.isUnicast && instance.configuredSource == nil {
                claimPeerAddress(for: instance, of: node, hosts)
            }
        }
        for (node, host) in hosts.enumerated() {
            for instance in host.instances { give(to: instance, of: node, hosts) }
        }
    }

    package func lan(of interface: String, node: Int) -> Int? { lans[node][interface] }

    /// What an instance of a node sends from.
    package func address(of instance: VRRPInstance, node: Int) -> IPAddress? {
        instance.configuredSource ?? given[key(instance, node)]
    }

    private func key(_ instance: VRRPInstance, _ node: Int) -> Key {
        Key(node: node, lan: lans[node][instance.interface.value ?? ""] ?? 0, family: instance.family)
    }

    private mutating func join(_ hosts: [SimulatedHost]) {
        var left: [[String]] = hosts.map { _ in [] }
        var byName: [String: Int] = [:]
        for (node, host) in hosts.enumerated() {
            for interface in host.interfaces {
                let isShared = hosts.indices.contains { $0 != node && hosts[$0].interfaces.contains(interface) }
                guard isShared || hosts.count == 1 else {
                    left[node].append(interface)
                    continue
                }
                let lan = byName[interface] ?? count
                if byName[interface] == nil { count += 1 }
                byName[interface] = lan
                lans[node][interface] = lan
            }
        }
        // A node with interfaces left joins the network that it is missing from, or else a new one.
        for node in hosts.indices {
            for interface in left[node] {
                let missing = (0..<count).first { !lans[node].values.contains($0) }
                lans[node][interface] = missing ?? count
                if missing == nil { count += 1 }
            }
        }
    }

    private mutating func claimPeerAddress(for instance: VRRPInstance, of node: Int, _ hosts: [SimulatedHost]) {
        let key = key(instance, node)
        guard given[key] == nil else { return }
        for (other, host) in hosts.enumerated() where other != node {
            for theirs in host.instances where theirs.virtualRouterID.value == instance.virtualRouterID.value {
                let free = theirs.unicastPeers.map(\.value.address).first {
                    $0.family == instance.family && !used.contains($0)
                }
                guard let free else { continue }
                given[key] = free
                used.insert(free)
                return
            }
        }
    }

    private mutating func give(to instance: VRRPInstance, of node: Int, _ hosts: [SimulatedHost]) {
        let key = key(instance, node)
        guard instance.configuredSource == nil, given[key] == nil else { return }
        var number: UInt32 = 1
        while let candidate = candidate(number, key, hosts) {
            if used.insert(candidate).inserted {
                given[key] = candidate
                return
            }
            number += 1
        }
    }

    private func candidate(_ number: UInt32, _ key: Key, _ hosts: [SimulatedHost]) -> IPAddress? {
        guard key.family == .ipv4 else { return .v6(IPv6Address(high: 0xfe80 << 48, low: UInt64(number))) }
        guard number < 255 else { return nil }
        return .v4(IPv4Address((network(of: key.lan, hosts) & 0xffff_ff00) + number))
    }

    /// The first virtual IPv4 address of a network; 192.0.2.0 (RFC 5737) where there is none.
    private func network(of lan: Int, _ hosts: [SimulatedHost]) -> UInt32 {
        for (node, host) in hosts.enumerated() {
            for instance in host.instances where lans[node][instance.interface.value ?? ""] == lan {
                for address in instance.addresses + instance.excludedAddresses {
                    if case .v4(let address) = address.value.address { return address.value }
                }
            }
        }
        return 0xc000_0200
    }
}
