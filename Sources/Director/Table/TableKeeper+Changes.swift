import Glibc
import IPVS
import IPVSModel
import VRRPProtocol

extension TableKeeper {
    /// From a refusal until it is tried again.
    static let patienceWithRefusal = Duration.seconds(5)

    /// The difference between what waits and what the kernel has.
    func takeBatch() -> TableBatch {
        var batch = TableBatch()
        let services = queuedServices
        let servers = queuedServers
        queuedServices.removeAll(keepingCapacity: services.count < 64)
        queuedServers.removeAll(keepingCapacity: servers.count < 64)
        for service in services {
            service.isQueued = false
            switch (service.wanted, service.present) {
            case (nil, nil): forget(service)
            case (nil, _?): batch.add(.deleteService(service.identity), about: service)
            case (let wanted?, nil): batch.add(.addService(wanted), about: service)
            case (let wanted?, let present?):
                if wanted.effective != present.effective { batch.add(.editService(wanted), about: service) }
            }
        }
        for (service, endpoint) in servers {
            service.servers[endpoint]?.isQueued = false
            guard service.wanted != nil, let server = service.servers[endpoint] else { continue }
            switch (server.wanted, server.present) {
            case (nil, nil): service.servers[endpoint] = nil
            case (nil, _?): batch.add(.deleteServer(endpoint, service.identity), about: service)
            case (let wanted?, nil): batch.add(.addServer(wanted, service.identity), about: service)
            case (let wanted?, let present?):
                if wanted.effective != present.effective {
                    batch.add(.editServer(wanted, service.identity), about: service)
                }
            }
        }
        batch.close()
        return batch
    }

    /// Nothing of the service is wanted, and nothing is there.
    private func forget(_ service: TableService) { services[service.identity] = nil }

    /// Sends a batch, and takes note of what came of it.
    ///
    /// - Returns: Whether there is more to be done at once.
    func carryOut(_ batch: TableBatch) -> Bool {
        // Written down first: what a crash leaves in the kernel is never more than the file says.
        states.own(batch.changes)
        let failures: [(index: Int, error: IPVSError)]
        do throws(IPVSError) {
            failures = try kernel.apply(batch.changes)
        } catch {
            lose(error)
            return false
        }
        var next = failures[...].makeIterator()
        var failure = next.next()
        var affected: [TableService] = []
        for (index, change) in batch.changes.enumerated() {
            if let refusal = failure, refusal.index == index {
                failure = next.next()
                let service = batch.services[index]
                // One line for a service; its servers are refused because it is.
                if affected.last !== service { affected.append(service) }
                if !isHarmless(refusal.error, of: change), !(isAboutServer(change) && service.present == nil) {
                    report(refusal.error, of: change)
                }
            } else {
                note(change, of: batch.services[index])
            }
        }
        states.disown(batch.changes)
        return affected.isEmpty ? false : settle(affected)
    }

    private func isAboutServer(_ change: TableChange) -> Bool {
        switch change {
        case .addServer, .editServer, .deleteServer: true
        case .addService, .editService, .deleteService: false
        }
    }

    /// The change was made.
    private func note(_ change: TableChange, of service: TableService) {
        switch change {
        case .addService(let new):
            service.isGone()
            service.present = new
        case .editService(let new): service.present = new
        case .deleteService:
            service.isGone()
            if service.wanted == nil { forget(service) }
        case .addServer(let server, _):
            if service.servers[server.endpoint]?.present == nil { service.presentCount += 1 }
            service.servers[server.endpoint]?.present = server
        case .editServer(let server, _): service.servers[server.endpoint]?.present = server
        case .deleteServer(let endpoint, _):
            if service.servers[endpoint]?.present != nil, service.presentCount > 0 { service.presentCount -= 1 }
            service.servers[endpoint]?.present = nil
            if service.servers[endpoint]?.isWanted == false, service.servers[endpoint]?.isQueued == false {
                service.servers[endpoint] = nil
            }
        }
    }

    /// Whether the refusal says that all is well, or that the table is not what it was, which reading it will show.
    private func isHarmless(_ error: IPVSError, of change: TableChange) -> Bool {
        switch (change, error.errno) {
        case (.addService, EEXIST), (.addServer, EEXIST): true
        case (.deleteService, ESRCH), (.deleteServer, ESRCH), (.deleteServer, ENOENT): true
        case (.editService, ESRCH), (.editServer, ESRCH), (.editServer, ENOENT), (.addServer, ESRCH): true
        default: false
        }
    }

    private func report(_ error: IPVSError, of change: TableChange) {
        let reason = error.reason
        log.limited(
            "refused \(change.words) \(reason)", at: time.now, .error,
            "the kernel refused to \(change.words): \(reason)", event: "table-refused",
            ["change": change.words, "reason": reason])
    }

    /// Services of which something was refused are read. If that explains it, there is something to be done at once;
    /// otherwise the kernel does not want it, and it is tried again later.
    private func settle(_ affected: [TableService]) -> Bool {
        var isChanged = false
        do throws(IPVSError) {
            for service in affected {
                let before = (service.present, service.presentCount)
                try read(service)
                if before != (service.present, service.presentCount) {
                    queueWhole(service)
                    isChanged = true
                } else {
                    refused.append(service)
                }
            }
        } catch {
            lose(error)
            return false
        }
        if !refused.isEmpty { retryAlarm?.set(time.now + Self.patienceWithRefusal) }
        return isChanged
    }

    func tryAgain(_ now: Instant) {
        let again = refused
        refused = []
        for service in again where services[service.identity] === service { queueWhole(service) }
        flush()
    }

    /// The kernel has no table any more, or cannot be asked. The watch tries to open it again.
    func lose(_ error: IPVSError) {
        isOpen = false
        for service in services.values { service.isGone() }
        log.limited(
            "no table", at: time.now, .error,
            "the kernel's table of virtual servers is out of reach: \(error.reason); it is tried again every second",
            event: "table-lost", ["reason": error.reason])
    }

    // MARK: What the kernel has

    /// Reads what of ours the kernel has of this service, and how many servers of others.
    func read(_ service: TableService, count: UInt32? = nil) throws(IPVSError) {
        guard let found = try kernel.service(service.identity) else { return service.isGone() }
        service.present = found
        try kernel.readServers(of: service.identity, count: count, into: &watch.servers)
        adopt(watch.servers, in: service)
    }

    /// Takes note of the servers that the kernel has in a service: ours are those that are wanted and those that were.
    func adopt(_ found: [ServerEntry], in service: TableService) {
        var ours: UInt32 = 0
        var missing = Int(service.presentCount)
        for entry in found {
            guard let known = service.servers[entry.server.endpoint], known.isWanted || known.present != nil else {
                continue
            }
            if known.present != nil { missing -= 1 }
            service.servers[entry.server.endpoint]?.present = entry.server
            ours += 1
        }
        if missing > 0 {
            let there = Set(found.map(\.server.endpoint))
            for endpoint in service.servers.endpoints where !there.contains(endpoint) {
                service.servers[endpoint]?.present = nil
            }
        }
        service.presentCount = ours
        service.foreignCount = UInt32(clamping: found.count - Int(ours))
    }
}
