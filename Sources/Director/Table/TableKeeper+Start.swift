import Glibc
import IPVS
import IPVSModel
import KeepalivedConfig
import VRRPProtocol

extension TableKeeper {
    /// Begins to drive the table: what is there already and equal is taken over without a request, so that connections
    /// and counters go on; what differs is changed; what the last run left and the configuration does not have any more
    /// is removed.
    ///
    /// - Parameter isReplacement: Whether this process takes the place of one that crashed: then `lvs_flush` is over.
    package func start(isReplacement: Bool) {
        guard !isStarted else { return }
        isStarted = true
        guard isNeeded else { return }
        open(emptying: !isReplacement && configuration.global.director.flushes.value)
        if !isOpen { states.rewrite() }
        watchAlarm?.set(time.now + Self.watchInterval)
    }

    /// Whether the configuration has anything to do with the kernel's table. Otherwise it is left alone, and so is the
    /// module that has it.
    var isNeeded: Bool { !services.isEmpty || extras.isNeeded || states.ownsEntries }

    /// Begins anew with what the kernel has.
    func open(emptying: Bool = false) {
        guard isNeeded else { return }
        do throws(IPVSError) {
            try kernel.open()
            isOpen = true
            if emptying {
                try kernel.empty()
                log.notice("lvs_flush: the kernel's table of virtual servers was emptied", event: "table-flushed")
            }
            try takeOver()
        } catch .unavailable {
            isOpen = false
            log.limited(
                "no table", at: time.now, .error,
                "this kernel has no IP Virtual Server (is there a module ip_vs?): the virtual servers do not work; it is "
                    + "tried again every second", event: "no-ipvs")
            return
        } catch {
            return lose(error)
        }
        flush()
        states.rewrite()
        extras.carryOut()
    }

    private func takeOver() throws(IPVSError) {
        var taken = (services: 0, servers: 0)
        var foreign = (services: 0, servers: 0)
        var leftovers = (services: 0, servers: 0)
        for service in services.values { service.isGone() }
        for entry in try kernel.services() {
            let identity = entry.service.identity
            guard let service = services[identity] else {
                guard states.owned(identity) else {
                    foreign.services += 1
                    continue
                }
                let left = TableService(identity)
                left.present = entry.service
                services[identity] = left
                leftovers.services += 1
                continue
            }
            service.present = entry.service
            try kernel.readServers(of: identity, count: entry.serverCount, into: &watch.servers)
            for found in watch.servers where service.servers[found.server.endpoint]?.isWanted != true {
                guard states.owned(found.server.endpoint, of: identity) else { continue }
                var left = TableServer(found.server.endpoint, order: service.takeOrder())
                left.present = found.server
                service.servers[found.server.endpoint] = left
                service.presentCount += 1
                leftovers.servers += 1
            }
            let old = Int(service.presentCount)
            adopt(watch.servers, in: service)
            taken.services += 1
            taken.servers += Int(service.presentCount) - old
            foreign.servers += Int(service.foreignCount)
        }
        states.forgetOwned()
        for service in order { queueWhole(service) }
        for service in services.values where service.wanted == nil { queue(service) }
        say(taken, foreign, leftovers)
    }

    private func say(
        _ taken: (services: Int, servers: Int), _ foreign: (services: Int, servers: Int),
        _ leftovers: (services: Int, servers: Int)
    ) {
        func count(_ number: (services: Int, servers: Int)) -> String {
            "\(number.services) \(number.services == 1 ? "service" : "services") and "
                + "\(number.servers) \(number.servers == 1 ? "server" : "servers")"
        }
        if taken.services > 0 {
            log.notice(
                "\(count(taken)) are in the kernel's table already and are taken over", event: "table-taken-over",
                ["services": "\(taken.services)", "servers": "\(taken.servers)"])
        }
        if leftovers != (0, 0) {
            log.notice(
                "\(count(leftovers)) that the last run left in the kernel's table are removed",
                event: "table-leftovers",
                ["services": "\(leftovers.services)", "servers": "\(leftovers.servers)"])
        }
        if foreign != (0, 0) {
            log.info(
                "\(count(foreign)) of others are in the kernel's table and are left alone", event: "table-foreign",
                ["services": "\(foreign.services)", "servers": "\(foreign.servers)"])
        }
    }

    /// Ends: removes what is ours, or everything if `lvs_flush_on_stop` says so, and puts back sync daemons and timeouts.
    package func stop() {
        guard isStarted else { return }
        isStarted = false
        watchAlarm?.set(nil)
        retryAlarm?.set(nil)
        guard isOpen else { return states.rewrite() }
        extras.stop()
        do throws(IPVSError) {
            if configuration.global.director.flushesOnStop.value == .everything {
                try kernel.empty()
                log.notice(
                    "lvs_flush_on_stop: the kernel's table of virtual servers was emptied", event: "table-flushed")
            } else {
                let present = services.values.filter { $0.present != nil }.sorted { $0.identity < $1.identity }
                let failures = try kernel.apply(present.map { .deleteService($0.identity) })
                for (index, error) in failures where error.errno != ESRCH {
                    let words = TableChange.deleteService(present[index].identity).words
                    log.warning("the kernel refused to \(words): \(error.reason)", event: "table-refused")
                }
            }
        } catch {
            log.warning(
                "the kernel's table of virtual servers could not be cleared: \(error.reason)", event: "table-lost")
            return
        }
        for service in services.values { service.isGone() }
        states.rewrite()
    }
}
