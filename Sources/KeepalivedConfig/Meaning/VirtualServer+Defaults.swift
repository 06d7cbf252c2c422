extension VirtualServer {
    mutating func fillInDefaults(from global: GlobalDefinitions) {
        // Those of other schedulers stay: they do nothing, and the examination says so.
        if let own = flagsOfSchedulers.removeValue(forKey: scheduler.value), !own.value.isEmpty {
            flags = Setting(flags.value.union(own.value), own.origin)
        }
        timing.warmup.settle(timing.delayLoop.value, .delayLoop, timing.delayLoop.span)
        sendsMail.inherit(global.mail.ofCheckers(otherwise: false), from: .globalDefinitions)
        let mail = global.mail.ofCheckers(otherwise: true)
        // Taken out while they change: as a part of what they inherit from, every one of them would be copied.
        var servers = realServers
        realServers = []
        // Servers that had their traits in common before have them in common afterwards.
        var last: (before: Shared<RealServer.Traits>, after: Shared<RealServer.Traits>)?
        for index in servers.indices {
            let before = servers[index].traits
            if let last, last.before.isSame(as: before) {
                servers[index].traits = last.after
            } else {
                fillIn(&servers[index].traits.value, mail)
                last = (before, servers[index].traits)
            }
            fillIn(&servers[index], logs: global.director.logsAllFailures)
        }
        realServers = servers
    }

    private func fillIn(_ traits: inout RealServer.Traits, _ mail: Setting<Bool>) {
        traits.forwarding.inherit(forwarding, from: .virtualServer)
        traits.inhibitsOnFailure.inherit(inhibitsOnFailure, from: .virtualServer)
        traits.isAlpha.inherit(isAlpha, from: .virtualServer)
        traits.virtualHost.inherit(virtualHost, from: .virtualServer)
        traits.sendsMail.inherit(mail, from: .globalDefinitions)
        traits.timing.inherit(timing, from: .virtualServer)
    }

    private func fillIn(_ server: inout RealServer, logs: Setting<Bool>) {
        if server.endpoint.value.port == nil, case .address(_, let port?) = identity.value {
            server.endpoint.value.port = port
        }
        server.weight.inherit(weight, from: .virtualServer)
        var checkers = server.checkers
        server.checkers = []
        for index in checkers.indices { checkers[index].fillInDefaults(from: server, logs: logs) }
        server.checkers = checkers
    }
}

extension CheckTiming {
    /// Takes over what was written in a wider block.
    mutating func inherit(_ wider: CheckTiming, from scope: Scope) {
        delayLoop.inherit(wider.delayLoop, from: scope)
        connectTimeout.inherit(wider.connectTimeout, from: scope)
        retries.inherit(wider.retries, from: scope)
        delayBeforeRetry.inherit(wider.delayBeforeRetry, from: scope)
        if wider.warmup.origin.isWritten { warmup.inherit(wider.warmup, from: scope) }
        warmup.settle(delayLoop.value, .delayLoop, delayLoop.span)
    }
}

extension Checker {
    mutating func fillInDefaults(from server: RealServer, logs: Setting<Bool>) {
        timing.inherit(server.timing, from: .realServer)
        isAlpha.inherit(server.isAlpha, from: .realServer)
        logsAllFailures.inherit(logs, from: .globalDefinitions)
        switch kind {
        case .tcp, .ping, .smtp, .udp, .file, .bfd: break
        case .dns:
            timing.retries.settle(3, .checkerKind, nil)
            timing.delayBeforeRetry.settle(timing.delayLoop.value, .delayLoop, timing.delayLoop.span)
        case .script:
            timing.retries.settle(0, .checkerKind, nil)
            script.timeout.settle(timing.delayLoop.value, .delayLoop, timing.delayLoop.span)
        case .http(var check, let tls):
            timing.delayBeforeRetry.settle(.seconds(3), .checkerKind, nil)
            check.virtualHost.inherit(server.virtualHost, from: .realServer)
            for index in check.pages.indices {
                check.pages[index].virtualHost.inherit(check.virtualHost, from: tls ? .sslCheck : .httpCheck)
                check.pages[index].isTLSCompliant.inherit(check.isTLSCompliant, from: tls ? .sslCheck : .httpCheck)
            }
            kind = .http(check, tls: tls)
        }
    }
}
