import Addresses
import KeepalivedConfig

extension Doctor {
    /// What bridges below the instances' interfaces do with multicast.
    mutating func examineBridges() {
        var told: Set<String> = []
        for instance in instances where !instance.isUnicast {
            guard let interface = instance.interface.value.flatMap(host.interface) else { continue }
            for bridge in bridges(below: interface) where told.insert("\(bridge.name) \(instance.family)").inserted {
                examineSnooping(bridge, instance)
            }
            for port in ports(below: interface) where told.insert(port.name).inserted {
                examineFlooding(port, instance)
            }
        }
        examineFilteredBridges()
    }

    /// The interface, the bridge that it is a port of, and those of the interfaces below it.
    private func bridges(below interface: HostInterface) -> [HostInterface] {
        var found: [HostInterface] = []
        for link in chain(interface) {
            for bridge in [link, link.master.flatMap(host.interface)].compactMap({ $0 })
            where bridge.kind == "bridge" && !found.contains(bridge) { found.append(bridge) }
        }
        return found
    }

    private func ports(below interface: HostInterface) -> [HostInterface] {
        let bridges = bridges(below: interface).map(\.name)
        return host.interfaces.filter { $0.master.map(bridges.contains) ?? false }
    }

    /// The interface and those that it stands on.
    private func chain(_ interface: HostInterface) -> [HostInterface] {
        var chain = [interface]
        while chain.count < 8, let below = chain.last?.parent.flatMap(host.interface), !chain.contains(below) {
            chain.append(below)
        }
        return chain
    }

    /// A bridge that snoops forwards a group only to ports that reported it. 224.0.0.0/24 it always floods (RFC 4541,
    /// section 2.1.2), other groups only as long as it hears reports, which nobody asks for without a querier.
    private mutating func examineSnooping(_ bridge: HostInterface, _ instance: VRRPInstance) {
        let folder = "/sys/class/net/\(bridge.name)/bridge"
        guard host.bridgeSettings["\(folder)/multicast_snooping"] == "1",
            host.bridgeSettings["\(folder)/multicast_querier"] == "0", let global = configuration?.global
        else { return }
        let group =
            instance.multicastGroup.value
            ?? (instance.family == .ipv4 ? global.multicastGroup4.value : global.multicastGroup6.value)
        if case .v4(let address) = group, address.value >> 8 == 0xe00000 { return }
        find(
            .warning, "bridge-snooping", bridge.name,
            "the bridge snoops multicast and no querier is on it: advertisements to \(group) stop when reports expire",
            evidence: [
                "\(folder)/multicast_snooping is 1", "\(folder)/multicast_querier is 0",
            ],
            mend: [
                "ip link set dev \(bridge.name) type bridge mcast_querier 1",
                "ip link set dev \(bridge.name) type bridge mcast_snooping 0",
            ])
    }

    private mutating func examineFlooding(_ port: HostInterface, _ instance: VRRPInstance) {
        let path = "/sys/class/net/\(port.name)/brport/multicast_flood"
        guard host.bridgeSettings[path] == "0" else { return }
        find(
            .error, "bridge-flooding", port.name,
            "the bridge port floods no multicast: advertisements of \(instance.name.value) do not pass it",
            evidence: ["\(path) is 0"], mend: ["bridge link set dev \(port.name) mcast_flood on"])
    }

    /// With br_netfilter, what a bridge only passes on goes through the firewall of this host.
    private mutating func examineFilteredBridges() {
        let path = "net/bridge/bridge-nf-call-iptables"
        guard host.number(path) == 1, host.interfaces.contains(where: { $0.kind == "bridge" }),
            instances.contains(where: { !bridges(of: $0).isEmpty })
        else { return }
        find(
            .note, "bridge-filtered", "",
            "what bridges pass on goes through this host's firewall: guests' advertisements need a rule in FORWARD too",
            evidence: [evidence(path)], mend: ["sysctl -w net.bridge.bridge-nf-call-iptables=0"])
    }

    private func bridges(of instance: VRRPInstance) -> [HostInterface] {
        instance.interface.value.flatMap(host.interface).map(bridges(below:)) ?? []
    }
}
