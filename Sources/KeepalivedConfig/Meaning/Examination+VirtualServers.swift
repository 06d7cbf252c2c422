import Addresses
import IPVSModel

extension Examination {
    mutating func examineVirtualServers() {
        var seen: [ServerKey: SourceSpan?] = [:]
        let groups = configuration.virtualServerGroups.map(\.name.value)
        var used: Set<String> = []
        var repeated: [Int] = []
        for index in configuration.virtualServers.indices {
            let server = configuration.virtualServers[index]
            let isMark = if case .firewallMark = server.identity.value { true } else { false }
            let key = ServerKey(
                identity: server.identity.value, transport: server.transport.value,
                family: isMark ? server.family.value : nil)
            if let first = seen[key] {
                repeated.append(index)
                warn(
                    "duplicate-virtual-server",
                    "there is already a virtual_server \(Self.name(server)) \(server.transport.value.rawValue): "
                        + "this second one is left out",
                    at: server.identity.span, related: Self.related("the first is here", first))
            } else {
                seen[key] = .some(server.identity.span)
            }
            if case .group(let name) = server.identity.value {
                used.insert(name)
                if !groups.contains(name) {
                    error(
                        "unknown-virtual-server-group", "there is no virtual_server_group \(name)",
                        at: server.identity.span, suggestion: Spelling.nearest(to: name, among: groups))
                }
            }
            examineService(server)
            examineQuorum(index)
            examineRealServers(of: server, index)
        }
        for index in repeated.reversed() { configuration.virtualServers.remove(at: index) }
        for group in configuration.virtualServerGroups {
            if group.members.isEmpty {
                warn("empty-group", "virtual_server_group \(group.name.value) is empty", at: group.name.span)
            }
            if !used.contains(group.name.value) {
                warn(
                    "unused", "no virtual_server uses the group \(group.name.value)", at: group.name.span,
                    expected: "virtual_server group \(group.name.value) { … }")
            }
        }
    }

    private struct ServerKey: Hashable {
        var identity: VirtualServer.Identity
        var transport: VirtualServer.TransportName
        /// A firewall mark stands for a service of each family.
        var family: VirtualServer.FamilyName?
    }

    static func name(_ server: VirtualServer) -> String {
        Interpreter.words(server.identity.value).joined(separator: " ")
    }

    // MARK: The service

    private mutating func examineService(_ server: VirtualServer) {
        let span = server.identity.span
        let isMark = if case .firewallMark = server.identity.value { true } else { false }
        if server.transport.origin.isStandard, !isMark {
            warn(
                "missing-keyword", "virtual_server \(Self.name(server)) has no protocol: UDP is taken", at: span,
                expected: "protocol TCP, UDP or SCTP")
        }
        if server.scheduler.origin.isStandard {
            warn(
                "missing-keyword", "virtual_server \(Self.name(server)) has no lb_algo: wlc is taken", at: span,
                expected: "lb_algo SCHEDULER")
        }
        if server.forwarding.origin.isStandard,
            server.realServers.indices.contains(where: { server.realServers[$0].forwarding.origin.isStandard })
        {
            warn(
                "missing-keyword", "virtual_server \(Self.name(server)) has no lb_kind: NAT is taken", at: span,
                expected: "lb_kind NAT, DR or TUN")
        }
        if case .address(_, let port) = server.identity.value, port ?? 0 == 0, server.persistenceTimeout.value == nil {
            error(
                "port-needed", "a virtual server without a port needs persistence_timeout", at: span,
                expected: "virtual_server ADDRESS PORT, or persistence_timeout")
        }
        if server.flags.value.contains(.onePacket), server.transport.value != .udp, !isMark {
            error("one-packet-udp", "ops is for UDP only", at: server.flags.span)
        }
        for scheduler in [Scheduler.sh, .mh] where scheduler != server.scheduler.value {
            guard let flags = server.flagsOfSchedulers[scheduler], !flags.value.isEmpty else { continue }
            warn(
                "other-scheduler",
                "\(scheduler.rawValue)-port and \(scheduler.rawValue)-fallback are for lvs_sched "
                    + "\(scheduler.rawValue): they do nothing with \(server.scheduler.value.rawValue)", at: flags.span,
                expected: "lvs_sched \(scheduler.rawValue)")
        }
        if let mask = server.persistenceGranularity.value, case .address(let address, _) = server.identity.value,
            mask.contains(".") != (address.family == .ipv4)
        {
            error(
                "bad-mask", "\(mask) is no mask for \(address)", at: server.persistenceGranularity.span,
                expected: address.family == .ipv4 ? "a netmask such as 255.255.255.0" : "a prefix length")
        }
        if server.suspendsWithoutAddress.value, isMark {
            warn("no-address", "ha_suspend needs an address to look for", at: server.suspendsWithoutAddress.span)
        }
        if server.realServers.isEmpty {
            warn(
                "no-real-server", "virtual_server \(Self.name(server)) has no real servers", at: span,
                expected: "real_server ADDRESS PORT { … }")
        }
        if let sorry = server.sorryServer.value {
            let forwarding = server.sorryServerForwarding.value ?? server.forwarding.value
            examineFamily(of: sorry.address, forwarding, of: server, at: server.sorryServer.span)
        } else if server.sorryServerInhibits.value {
            warn("no-sorry-server", "there is no sorry_server to inhibit", at: server.sorryServerInhibits.span)
        }
    }

    private mutating func examineQuorum(_ index: Int) {
        let server = configuration.virtualServers[index]
        let sum = server.realServers.indices.reduce(0) { $0 + server.realServers[$1].weight.value }
        var quorum = server.quorum.value
        if !server.realServers.isEmpty, sum == 0 {
            warn(
                "quorum-too-high", "all weights are 0, so that the quorum is never reached", at: server.identity.span,
                expected: "a weight above 0 for the servers that take connections")
        }
        if !server.realServers.isEmpty, sum > 0, quorum > sum {
            warn(
                "quorum-too-high", "the quorum of \(quorum) is above the sum of all weights, \(sum), which is taken",
                at: server.quorum.span)
            configuration.virtualServers[index].quorum.force(sum, .sumOfWeights, server.quorum.span)
            quorum = sum
        }
        if server.hysteresis.value >= quorum, server.hysteresis.value > 0 {
            warn(
                "hysteresis-too-high",
                "the hysteresis of \(server.hysteresis.value) is not below the quorum of \(quorum): \(quorum - 1) is taken",
                at: server.hysteresis.span)
            configuration.virtualServers[index].hysteresis.force(quorum - 1, .sumOfWeights, server.hysteresis.span)
        }
    }

    // MARK: Real servers

    private mutating func examineRealServers(of server: VirtualServer, _ index: Int) {
        var repeated: [Int] = []
        var seen: [ServerEndpoint: SourceSpan?] = [:]
        for (place, real) in server.realServers.enumerated() {
            let endpoint = real.endpoint
            if let first = seen[endpoint.value] {
                repeated.append(place)
                warn(
                    "duplicate-real-server",
                    "the real server \(Interpreter.words(endpoint.value).joined(separator: " ")) is there already: "
                        + "this second one is left out",
                    at: endpoint.span, related: Self.related("the first is here", first))
            }
            seen[endpoint.value] = .some(endpoint.span)
            examineFamily(of: endpoint.value.address, real.forwarding.value, of: server, at: endpoint.span)
            if case .address(_, let port?) = server.identity.value, let own = endpoint.value.port, own != port,
                real.forwarding.value.method != .masquerade, port != 0
            {
                warn(
                    "port-kept",
                    "with \(real.forwarding.value.method.rawValue) packets keep the port \(port): "
                        + "the \(own) of this real server is for its checks only", at: endpoint.span)
            }
            if real.lowerThreshold.value > real.upperThreshold.value, real.upperThreshold.value > 0 {
                error(
                    "contradiction", "lthreshold is above uthreshold", at: real.lowerThreshold.span,
                    related: Self.related("uthreshold is here", real.upperThreshold.span))
            }
            for checker in real.checkers { examine(checker, of: real) }
        }
        for place in repeated.reversed() { configuration.virtualServers[index].realServers.remove(at: place) }
    }

    private mutating func examineFamily(
        of address: IPAddress, _ forwarding: Forwarding, of server: VirtualServer, at span: SourceSpan?
    ) {
        guard forwarding.method != .tunnel, case .address(let own, _) = server.identity.value,
            own.family != address.family
        else { return }
        error(
            "mixed-families", "\(address) is of another family than \(own): only tunnels lead there", at: span,
            expected: "lb_kind TUN, or an address of the same family")
    }
}
