import Addresses
import KeepalivedConfig

extension Doctor {
    mutating func examineSysctls() {
        examineForwarding()
        examineRedirects()
        examineReturnPath()
        examineRealServerRole()
        examineSharedNetworks()
        examineBindings()
        examineBalancer()
    }

    // MARK: The director

    /// By which methods packets of a family are forwarded.
    private func methods(_ family: AddressFamily) -> Set<Forwarding.Method> {
        var methods: Set<Forwarding.Method> = []
        for service in virtualServers where Self.family(of: service, configuration) == family {
            for server in service.realServers { methods.insert(server.forwarding.value.method) }
            if service.sorryServer.value != nil {
                methods.insert((service.sorryServerForwarding.value ?? service.forwarding.value).method)
            }
        }
        return methods
    }

    private static func family(of service: VirtualServer, _ configuration: Configuration?) -> AddressFamily {
        switch service.identity.value {
        case .address(let address, _): return address.family
        case .firewallMark:
            if let family = service.family.value { return family == .inet ? .ipv4 : .ipv6 }
            return service.realServers.first?.endpoint.value.address.family ?? .ipv4
        case .group(let name):
            let group = configuration?.virtualServerGroups.first { $0.name.value == name }
            for member in group?.members.map(\.value) ?? [] {
                switch member {
                case .address(let address, _), .range(let address, _, _): return address.family
                case .firewallMark(_, let family?): return family
                case .firewallMark: continue
                }
            }
            return service.realServers.first?.endpoint.value.address.family ?? .ipv4
        }
    }

    private mutating func examineForwarding() {
        for (family, path) in [
            (AddressFamily.ipv4, "net/ipv4/ip_forward"), (.ipv6, "net/ipv6/conf/all/forwarding"),
        ] where methods(family).contains(.masquerade) && host.number(path) == 0 {
            find(
                .error, "no-forwarding", family == .ipv4 ? "IPv4" : "IPv6",
                "virtual servers with lb_kind NAT are configured, and this host forwards nothing: "
                    + "no answer of a real server reaches its client",
                evidence: [evidence(path)], remedies: [.sysctl(path: path, value: "1")])
        }
    }

    /// A director that sends answers out by the interface on which they came tells real servers of a shorter way, past it.
    private mutating func examineRedirects() {
        guard methods(.ipv4).contains(.masquerade), host.number("net/ipv4/ip_forward") == 1 else { return }
        for interface in host.interfaces where interface.isUp && !interface.isLoopback {
            guard host.effective("send_redirects", on: interface.name) == 1 else { continue }
            let networks = interface.addresses.map(\.prefix).filter { !$0.isHost }
            func isHere(_ address: IPAddress) -> Bool { networks.contains { $0.contains(address) } }
            // Clients and real servers in one network.
            let isShared = virtualServers.contains { service in
                guard case .address(let address, _) = service.identity.value, isHere(address) else { return false }
                return service.realServers.contains {
                    $0.forwarding.value.method == .masquerade && isHere($0.endpoint.value.address)
                }
            }
            guard isShared else { continue }
            let paths = ["all", interface.name].map { "net/ipv4/conf/\($0)/send_redirects" }
            find(
                .warning, "sends-redirects", interface.name,
                "virtual servers with lb_kind NAT and their real servers are both on \(interface.name): "
                    + "redirects show the real servers a way past this director",
                evidence: paths.map(evidence),
                remedies: paths.filter { host.number($0) == 1 }.map { .sysctl(path: $0, value: "0") })
        }
    }

    // MARK: The return path

    private mutating func examineReturnPath() {
        guard !host.directorIsSure else { return examineReturnPathOfPeers() }
        for instance in instances where instance.virtualMAC.value != nil && instance.family == .ipv4 {
            guard host.number("net/ipv4/conf/all/rp_filter") == 1 else { continue }
            let path = "net/ipv4/conf/all/rp_filter"
            find(
                .warning, "return-path-filter", instance.name.value,
                "use_vmac with strict filtering by return path on all interfaces: "
                    + "what comes to the virtual MAC is dropped, since the way back goes by \(instance.interface.value ?? "its interface")",
                evidence: [evidence(path)], remedies: [.sysctl(path: path, value: "0")])
            break
        }
        examineReturnPathOfPeers()
    }

    /// A strict filter drops what a unicast peer sends if the way to it goes elsewhere.
    private mutating func examineReturnPathOfPeers() {
        for instance in instances where instance.isUnicast && instance.family == .ipv4 {
            guard let interface = instance.interface.value.flatMap(host.interface),
                host.effective("rp_filter", on: interface.name) == 1
            else { continue }
            for peer in instance.unicastPeers.map(\.value.address) where peer.family == .ipv4 {
                let others = host.interfaces.filter { other in
                    other.name != interface.name && other.isUp
                        && other.addresses.contains { !$0.prefix.isHost && $0.prefix.contains(peer) }
                }
                guard let other = others.first, !interface.addresses.contains(where: { $0.prefix.contains(peer) })
                else { continue }
                let path = "net/ipv4/conf/\(interface.name)/rp_filter"
                find(
                    .error, "return-path-filter", instance.name.value,
                    "the way to its peer \(peer) goes by \(other.name): "
                        + "what comes from it by \(interface.name) is dropped by the filter of return paths",
                    evidence: [evidence("net/ipv4/conf/all/rp_filter"), evidence(path)],
                    // The kernel takes the larger of both: 2 is loose and outdoes a strict `all`.
                    remedies: [.sysctl(path: path, value: "2")])
            }
        }
    }

    // MARK: A real server

    /// Addresses on the loopback interface by which a host takes part in direct routing or tunnelling.
    private var loopbackAddresses: [(interface: HostInterface, address: IPv4Address)] {
        host.interfaces.filter { $0.isLoopback || ["dummy", "ipip"].contains($0.kind) }.flatMap { interface in
            interface.addresses.compactMap { address in
                guard address.prefix.isHost, case .v4(let value) = address.prefix.address, value.value >> 24 != 127
                else { return nil }
                return (interface, value)
            }
        }
    }

    private mutating func examineRealServerRole() {
        let held = loopbackAddresses
        guard !held.isEmpty else { return }
        let virtual = Set(
            virtualServers.compactMap { service -> IPAddress? in
                guard case .address(let address, _) = service.identity.value else { return nil }
                return address
            })
        let addresses = held.map { "\($0.address) on \($0.interface.name)" }.joined(separator: ", ")
        let isConfigured = held.contains { virtual.contains(.v4($0.address)) }
        for interface in host.interfaces where interface.isUp && !interface.isLoopback {
            guard interface.hardwareAddress != nil, interface.kind != "dummy",
                interface.addresses.contains(where: { $0.prefix.address.family == .ipv4 })
            else { continue }
            examineARP(
                interface, "arp_ignore", least: 1, isConfigured ? .error : .warning,
                "this host answers ARP for \(addresses) on \(interface.name): it takes the address from the director")
            examineARP(
                interface, "arp_announce", least: 2, isConfigured ? .error : .warning,
                "this host asks by ARP in the name of \(addresses) on \(interface.name): "
                    + "neighbours learn that the address is here")
        }
        // What comes out of a tunnel is from clients, and the way to them is not through the tunnel.
        for interface in host.interfaces where interface.kind == "ipip" && interface.isUp {
            guard held.contains(where: { $0.interface.name == interface.name }),
                host.effective("rp_filter", on: interface.name) == 1
            else { continue }
            let paths = ["all", interface.name].map { "net/ipv4/conf/\($0)/rp_filter" }
            find(
                .error, "return-path-filter", interface.name,
                "what comes through the tunnel is dropped by the filter of return paths", evidence: paths.map(evidence),
                remedies: [.sysctl(path: paths[1], value: "2")])
        }
    }

    private mutating func examineARP(
        _ interface: HostInterface, _ name: String, least: Int, _ severity: Severity, _ message: String
    ) {
        guard let value = host.effective(name, on: interface.name), value < least else { return }
        let paths = ["all", interface.name].map { "net/ipv4/conf/\($0)/\(name)" }
        find(
            severity, name == "arp_ignore" ? "answers-arp" : "announces-arp", interface.name, message,
            evidence: paths.map(evidence), remedies: [.sysctl(path: paths[0], value: String(least))])
    }

    // MARK: Several interfaces

    /// Two interfaces in one network answer ARP for each other, and a virtual address is found behind either.
    private mutating func examineSharedNetworks() {
        let candidates = host.interfaces.filter { $0.isUp && !$0.isLoopback && $0.hardwareAddress != nil }
        for interface in candidates where instanceInterfaces.contains(interface.name) {
            for other in candidates where other.name != interface.name && other.parent != interface.name {
                guard let network = Self.sharedNetwork(interface, other), other.master == nil,
                    host.effective("arp_ignore", on: other.name) == 0,
                    host.number("net/ipv4/conf/\(other.name)/arp_filter") != 1,
                    host.number("net/ipv4/conf/all/arp_filter") != 1
                else { continue }
                let path = "net/ipv4/conf/\(other.name)/arp_ignore"
                find(
                    .warning, "shared-network", interface.name,
                    "\(other.name) is in the same network \(network) and answers ARP for the addresses of "
                        + "\(interface.name): virtual addresses are found behind the wrong interface",
                    evidence: [evidence("net/ipv4/conf/all/arp_ignore"), evidence(path)],
                    remedies: [.sysctl(path: path, value: "1")])
            }
        }
    }

    private static func sharedNetwork(_ left: HostInterface, _ right: HostInterface) -> AddressPrefix? {
        left.addresses.map(\.prefix).first { prefix in
            prefix.address.family == .ipv4 && !prefix.isHost
                && right.addresses.contains {
                    !$0.prefix.isHost && $0.prefix.length == prefix.length
                        && prefix.contains($0.prefix.address)
                }
        }
    }

    /// A proxy that binds a virtual address cannot start where that is not held.
    private mutating func examineBindings() {
        let proxies: Set<String> = ["haproxy", "nginx", "varnishd", "envoy", "squid", "pound", "hitch", "traefik"]
        guard let proxy = host.processes.first(where: { proxies.contains($0.name) }) else { return }
        for (family, path) in [
            (AddressFamily.ipv4, "net/ipv4/ip_nonlocal_bind"), (.ipv6, "net/ipv6/ip_nonlocal_bind"),
        ] where host.number(path) == 0 {
            guard instances.contains(where: { Self.addresses(of: $0).contains { $0.address.family == family } }) else {
                continue
            }
            find(
                .note, "no-nonlocal-bind", proxy.name,
                "\(proxy.name) runs here; if it binds a virtual address, it cannot start while another node has that",
                evidence: [evidence(path), "process \(proxy.number) \(proxy.name)"],
                remedies: [.sysctl(path: path, value: "1")])
        }
    }

    // MARK: IPVS

    private mutating func examineBalancer() {
        guard !virtualServers.isEmpty else { return }
        let conntrack = "net/ipv4/vs/conntrack"
        if methods(.ipv4).union(methods(.ipv6)).contains(.masquerade), host.firewall.tracksConnections,
            host.number(conntrack) == 0
        {
            find(
                .warning, "no-conntrack", "",
                "the firewall goes by the state of connections, and IPVS does not keep it for lb_kind NAT: "
                    + "answers may be dropped as invalid",
                evidence: [evidence(conntrack)], remedies: [.sysctl(path: conntrack, value: "1")])
        }
        let quiescent = "net/ipv4/vs/expire_quiescent_template"
        if virtualServers.contains(where: { $0.persistenceTimeout.value != nil && $0.inhibitsOnFailure.value }),
            host.number(quiescent) == 0
        {
            find(
                .note, "keeps-persistence", "",
                "clients with persistence stay with a real server whose check fails (inhibit_on_failure)",
                evidence: [evidence(quiescent)], remedies: [.sysctl(path: quiescent, value: "1")])
        }
        let noDestination = "net/ipv4/vs/expire_nodest_conn"
        if host.number(noDestination) == 0 {
            find(
                .note, "keeps-connections", "",
                "connections to a real server that was removed are not ended: their clients wait for a timeout",
                evidence: [evidence(noDestination)], remedies: [.sysctl(path: noDestination, value: "1")])
        }
    }
}

extension HostState {
    /// Whether a director of ours runs, which sets what virtual MACs need itself.
    var directorIsSure: Bool { directorRuns == true }
}
