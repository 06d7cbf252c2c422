import KeepalivedConfig

/// What is different between the virtual servers of two configurations, as an operator says it.
struct VirtualServerDifference {
    private(set) var phrases: [String] = []

    init(from old: Configuration, to new: Configuration) {
        compareGroups(old, new)
        let before = Dictionary(
            old.virtualServers.map { (Balancer.ServiceKey($0), $0) }, uniquingKeysWith: { first, _ in first })
        let after = Set(new.virtualServers.map(Balancer.ServiceKey.init))
        for service in new.virtualServers {
            guard let earlier = before[Balancer.ServiceKey(service)] else {
                phrases.append(
                    "virtual server \(service.name) is new, with \(Self.count(service.realServers.count))")
                continue
            }
            if earlier != service { compare(earlier, service) }
        }
        for service in old.virtualServers where !after.contains(Balancer.ServiceKey(service)) {
            phrases.append("virtual server \(service.name) goes")
        }
        if old.tls != new.tls { phrases.append("SSL changes: what SSL_GET shows to servers") }
    }

    // MARK: Virtual servers

    private mutating func compare(_ old: VirtualServer, _ new: VirtualServer) {
        let count = phrases.count
        var list = ChangeList(new.name)
        list.note("protocol", old.transport, new.transport, \.rawValue)
        list.note("lb_algo", old.scheduler, new.scheduler, \.rawValue)
        list.note("lb_kind", old.forwarding, new.forwarding, \.text)
        if old.flags != new.flags { list.note("its scheduler flags change") }
        list.note("ip_family", old.family, new.family) { $0?.rawValue ?? "none" }
        list.note("persistence_timeout", old.persistenceTimeout, new.persistenceTimeout, ChangeList.text)
        list.note("persistence_granularity", old.persistenceGranularity, new.persistenceGranularity, ChangeList.text)
        list.note("persistence_engine", old.persistenceEngine, new.persistenceEngine) { $0?.rawValue ?? "none" }
        list.note(old.timing, new.timing)
        list.note("alpha", old.isAlpha, new.isAlpha, ChangeList.text)
        list.note("omega", old.isOmega, new.isOmega, ChangeList.text)
        list.note("inhibit_on_failure", old.inhibitsOnFailure, new.inhibitsOnFailure, ChangeList.text)
        list.note("ha_suspend", old.suspendsWithoutAddress, new.suspendsWithoutAddress, ChangeList.text)
        list.note("virtualhost", old.virtualHost, new.virtualHost, ChangeList.text)
        list.note("weight", old.weight, new.weight) { "\($0)" }
        list.note("smtp_alert", old.sendsMail, new.sendsMail, ChangeList.text)
        list.note("sorry_server", old.sorryServer, new.sorryServer) { $0?.name ?? "none" }
        list.note("sorry_server_inhibit", old.sorryServerInhibits, new.sorryServerInhibits, ChangeList.text)
        list.note("sorry_server_lvs_method", old.sorryServerForwarding, new.sorryServerForwarding) {
            $0?.text ?? "none"
        }
        list.note("quorum", old.quorum, new.quorum) { "\($0)" }
        list.note("hysteresis", old.hysteresis, new.hysteresis) { "\($0)" }
        list.note("quorum_up", old.quorumUp, new.quorumUp) { $0?.text ?? "none" }
        list.note("quorum_down", old.quorumDown, new.quorumDown) { $0?.text ?? "none" }
        phrases += list.phrases
        compareServers(old, new)
        if phrases.count == count { phrases.append("virtual server \(new.name): its real servers have another order") }
    }

    // MARK: Real servers

    private mutating func compareServers(_ old: VirtualServer, _ new: VirtualServer) {
        let before = Dictionary(
            old.realServers.map { ($0.endpoint.value, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Set(new.realServers.map(\.endpoint.value))
        for server in new.realServers {
            guard let earlier = before[server.endpoint.value] else {
                phrases.append("virtual server \(new.name): real server \(server.endpoint.value.name) is new")
                continue
            }
            if earlier != server { compare(earlier, server, in: new) }
        }
        for server in old.realServers where !after.contains(server.endpoint.value) {
            phrases.append("virtual server \(new.name): real server \(server.endpoint.value.name) goes")
        }
    }

    /// What is inherited was said of the virtual server.
    private mutating func compare(_ old: RealServer, _ new: RealServer, in service: VirtualServer) {
        var list = ChangeList("\(new.endpoint.value.name) of \(service.name)", skipsInherited: true)
        list.note("weight", old.weight, new.weight) { "\($0)" }
        list.note("lvs_method", old.forwarding, new.forwarding, \.text)
        list.note("uthreshold", old.upperThreshold, new.upperThreshold) { "\($0)" }
        list.note("lthreshold", old.lowerThreshold, new.lowerThreshold) { "\($0)" }
        list.note("inhibit_on_failure", old.inhibitsOnFailure, new.inhibitsOnFailure, ChangeList.text)
        list.note("alpha", old.isAlpha, new.isAlpha, ChangeList.text)
        list.note("smtp_alert", old.sendsMail, new.sendsMail, ChangeList.text)
        list.note("notify_up", old.notifyUp, new.notifyUp) { $0?.text ?? "none" }
        list.note("notify_down", old.notifyDown, new.notifyDown) { $0?.text ?? "none" }
        list.note("virtualhost", old.virtualHost, new.virtualHost, ChangeList.text)
        list.note(old.timing, new.timing)
        phrases += list.phrases
        compareChecks(old, new, in: service)
    }

    private mutating func compareChecks(_ old: RealServer, _ new: RealServer, in service: VirtualServer) {
        guard old.checkers != new.checkers else { return }
        let server = "\(new.endpoint.value.name) of \(service.name)"
        var left: [Checker?] = old.checkers
        var added: [Checker] = []
        for checker in new.checkers {
            if let same = left.firstIndex(where: { $0?.asksTheSame(as: checker) == true }), let earlier = left[same] {
                left[same] = nil
                guard earlier != checker else { continue }
                var list = ChangeList("\(server): \(checker.keyword)", skipsInherited: true)
                list.note(earlier.timing, checker.timing)
                list.note("alpha", earlier.isAlpha, checker.isAlpha, ChangeList.text)
                list.note("log_all_failures", earlier.logsAllFailures, checker.logsAllFailures, ChangeList.text)
                if earlier.kind != checker.kind { list.note("misc_timeout changes") }
                phrases += list.phrases
            } else {
                added.append(checker)
            }
        }
        for checker in added {
            if let other = left.firstIndex(where: { $0?.keyword == checker.keyword }) {
                left[other] = nil
                phrases.append("\(server): \(checker.keyword) asks for something else and begins anew")
            } else {
                phrases.append("\(server): \(checker.keyword) is new")
            }
        }
        for checker in left { if let checker { phrases.append("\(server): \(checker.keyword) goes") } }
    }

    // MARK: What they use

    private mutating func compareGroups(_ old: Configuration, _ new: Configuration) {
        let before = Dictionary(
            old.virtualServerGroups.map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Set(new.virtualServerGroups.map(\.name.value))
        for group in new.virtualServerGroups {
            let name = "virtual_server_group \(group.name.value)"
            guard let earlier = before[group.name.value] else {
                phrases.append("\(name) is new")
                continue
            }
            guard earlier != group else { continue }
            let (gone, added) = (
                earlier.members.filter { !group.members.contains($0) },
                group.members.filter { !earlier.members.contains($0) }
            )
            let parts =
                gone.map { "without \($0.value.text)" } + added.map { "with \($0.value.text)" }
            phrases.append("\(name): \(parts.isEmpty ? "another order" : parts.joined(separator: ", "))")
        }
        for group in old.virtualServerGroups where !after.contains(group.name.value) {
            phrases.append("virtual_server_group \(group.name.value) goes")
        }
    }

    private static func count(_ servers: Int) -> String { servers == 1 ? "1 real server" : "\(servers) real servers" }
}
