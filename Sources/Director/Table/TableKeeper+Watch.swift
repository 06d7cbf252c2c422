import Addresses
import IPVS
import IPVSModel
import VRRPProtocol

/// The kernel tells nobody what changes in its table, so it is compared with what it should be, a little more often than
/// once a second. Services and how many servers each has are read every time, in one call; the servers themselves as far
/// as the budget goes, and the next time from there: up to some thousand servers that is all of them.
extension TableKeeper {
    /// What was removed or changed is to be back within a second.
    static let watchInterval = Duration.milliseconds(800)

    /// What may be read each time, in servers that are read quickly.
    private static let budget = 12_000
    private static let costOfService = 10
    private static let costOfSlowService = 60
    private static let costOfSlowServer = 25

    func lookAtTable(_ now: Instant) {
        guard isStarted, isNeeded else { return }
        watchAlarm?.set(now + Self.watchInterval)
        guard isOpen else { return open() }
        var findings = TableFindings()
        do throws(IPVSError) {
            try compare(&findings)
        } catch {
            return lose(error)
        }
        guard !findings.isEmpty else { return }
        report(findings, now)
        flush()
    }

    private func compare(_ findings: inout TableFindings) throws(IPVSError) {
        watch.round &+= 1
        watch.debt = max(watch.debt - Self.budget, 0)
        let isListed = listServices(&findings)
        // From where it ended the last time; each service once at most.
        for _ in 0..<order.count where watch.debt < Self.budget {
            if watch.next >= order.count { watch.next = 0 }
            let service = order[watch.next]
            watch.next += 1
            guard service.present != nil || !isListed || service.identity.family == .ipv6 else { continue }
            try look(at: service, isListed: isListed, &findings)
        }
        // A service that was refused before is not there, and that is known.
        watch.debt = min(watch.debt, Self.budget * 60)
    }

    /// Reads all IPv4 services with their numbers of servers.
    ///
    /// - Returns: Whether that is possible.
    private func listServices(_ findings: inout TableFindings) -> Bool {
        var place = 0
        var changed: [(TableService, VirtualService)] = []
        var recounted: [(TableService, UInt32)] = []
        let round = watch.round
        let isListed = kernel.forEachIPv4Service { found, count in
            defer { place += 1 }
            var service = place < watch.listed.count ? watch.listed[place] : nil
            if service?.identity != found.identity {
                service = services[found.identity]
                while watch.listed.count <= place { watch.listed.append(nil) }
                watch.listed[place] = service
            }
            guard let service, let present = service.present else { return }
            service.seen = round
            if !found.isEqual(to: present) { changed.append((service, found)) }
            if count != service.presentCount + service.foreignCount { recounted.append((service, count)) }
        }
        guard isListed else { return false }
        if watch.listed.count > place { watch.listed.removeLast(watch.listed.count - place) }
        for service in order where service.seen != round && service.identity.family == .ipv4 && service.present != nil {
            note(missing: service, &findings)
        }
        for (service, found) in changed { note(found, of: service, &findings) }
        for (service, count) in recounted where service.present != nil {
            try? lookAtServers(of: service, count: count, &findings)
        }
        watch.debt += place * 2
        return true
    }

    /// Looks at one service and its servers.
    private func look(
        at service: TableService, isListed: Bool, _ findings: inout TableFindings
    ) throws(IPVSError) {
        let isSlow = service.readsSlowly
        if !isListed || service.identity.family == .ipv6 || service.wanted?.persistenceEngine.isEmpty == false {
            watch.debt += Self.costOfSlowService
            guard let found = try kernel.service(service.identity) else {
                if service.present != nil { note(missing: service, &findings) }
                return
            }
            if let present = service.present, found.effective != present.effective {
                note(found, of: service, &findings)
            }
        }
        let count = service.presentCount + service.foreignCount
        watch.debt += isSlow ? Self.costOfSlowService : Self.costOfService
        watch.debt += Int(count) * (isSlow ? Self.costOfSlowServer : 1)
        guard service.present != nil else { return }
        try lookAtServers(of: service, count: isSlow ? nil : count, &findings)
    }

    private func lookAtServers(
        of service: TableService, count: UInt32?, _ findings: inout TableFindings
    ) throws(IPVSError) {
        try kernel.readServers(of: service.identity, count: count, into: &watch.servers)
        var ours: UInt32 = 0
        for entry in watch.servers {
            let endpoint = entry.server.endpoint
            guard let present = service.servers[endpoint]?.present else { continue }
            ours += 1
            guard entry.server != present, entry.server.effective != present.effective else { continue }
            service.servers[endpoint]?.present = entry.server
            queue(endpoint, of: service)
            findings.add(
                \.changedServers,
                "somebody changed \(endpoint.words) in \(service.identity.words): it had "
                    + "\(entry.server.differences(from: present)); it is changed back")
        }
        service.foreignCount = UInt32(clamping: watch.servers.count - Int(ours))
        guard ours != service.presentCount else { return }
        let there = Set(watch.servers.map(\.server.endpoint))
        for endpoint in service.endpointsInOrder where !there.contains(endpoint) {
            guard service.servers[endpoint]?.present != nil else { continue }
            service.servers[endpoint]?.present = nil
            queue(endpoint, of: service)
            findings.add(
                \.missingServers, "somebody removed \(endpoint.words) from \(service.identity.words); it is put back")
        }
        service.presentCount = ours
    }

    // MARK: Findings

    private func note(missing service: TableService, _ findings: inout TableFindings) {
        let count = Int(service.presentCount)
        service.isGone()
        queueWhole(service)
        findings.missingServers += count
        findings.add(
            \.missingServices,
            "somebody removed the service \(service.identity.words) with \(count) "
                + "\(count == 1 ? "server" : "servers"); it is put back")
    }

    private func note(_ found: VirtualService, of service: TableService, _ findings: inout TableFindings) {
        guard let present = service.present else { return }
        service.present = found
        queue(service)
        findings.add(
            \.changedServices,
            "somebody changed the service \(service.identity.words): it had \(found.differences(from: present)); it is "
                + "changed back")
    }

    private func report(_ findings: TableFindings, _ now: Instant) {
        if findings.lines.count < TableFindings.mostLines {
            for line in findings.lines { log.limited(line, at: now, .warning, line, event: "table-healed") }
        } else {
            log.limited(
                "table-healed", at: now, .warning, findings.summary, event: "table-healed",
                ["entries": "\(findings.count)"])
        }
    }
}

extension VirtualService {
    /// As `==` of what is effective, but for the persistence engine; without a copy of either, since it is asked for
    /// every service every second.
    fileprivate func isEqual(to other: VirtualService) -> Bool {
        if scheduler != other.scheduler { return false }
        let flags = self.flags.subtracting(.hashed)
        if flags != other.flags.subtracting(.hashed) { return false }
        return !flags.contains(.persistent)
            || (persistenceTimeout == other.persistenceTimeout && persistenceMask == other.persistenceMask)
    }
}
