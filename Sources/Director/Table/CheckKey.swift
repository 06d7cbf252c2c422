package import KeepalivedConfig

/// Names a check over restarts and reloads: by its virtual server, its real server and what is checked. When it is
/// checked and how often it may fail are not part of it, nor is anything else of the configuration.
package struct CheckKey: Hashable, Sendable {
    let value: UInt64
}

/// Names a virtual server over restarts and reloads.
package struct ServiceKey: Hashable, Sendable {
    let value: UInt64
}

extension KnownStates {
    package static func key(of service: VirtualServer) -> ServiceKey {
        var hash = StableHash()
        hash.add(service)
        return ServiceKey(value: hash.value)
    }

    /// - Returns: By the place of the real server and the place of the check in it.
    package static func keys(of service: VirtualServer) -> [[CheckKey]] {
        var base = StableHash()
        base.add(service)
        return service.realServers.indices.map { place in
            var hash = base
            hash.add("\(service.realServers[place].endpoint.value.address)")
            hash.add(service.realServers[place].endpoint.value.port)
            var keys: [CheckKey] = []
            for index in service.realServers[place].checkers.indices {
                var key = hash
                key.add(service.realServers[place].checkers[index])
                // The same check once more under one server is another one.
                while keys.contains(CheckKey(value: key.value)) { key.add("again") }
                keys.append(CheckKey(value: key.value))
            }
            return keys
        }
    }
}

extension StableHash {
    fileprivate mutating func add(_ service: VirtualServer) {
        switch service.identity.value {
        case .address(let address, let port):
            add("\(address)")
            add(port ?? 0)
            add(service.transport.value.rawValue)
        case .firewallMark(let mark):
            add("fwmark")
            add(mark)
            add(service.family.value?.rawValue ?? "")
        case .group(let name):
            add("group")
            add(name)
            add(service.transport.value.rawValue)
        }
    }

    fileprivate mutating func add(_ checker: Checker) {
        add(checker.keyword)
        add(checker.connection)
        switch checker.kind {
        case .tcp, .ping: break
        case .http(let check, _):
            add(check.version.value.rawValue)
            add(check.serverName.value ?? (check.sendsServerName.value ? "sni" : ""))
            for page in check.pages { add(page) }
        case .smtp(let check):
            add(check.helloName.value ?? "")
            for host in check.hosts { add(host) }
        case .dns(let check):
            add(check.type.value.rawValue)
            add(check.name.value)
        case .udp(let check):
            add(check.payload.value)
            add(check.reply.value)
            add(check.minimumReplyLength.value)
            add(check.maximumReplyLength.value)
        case .script(let check):
            for word in check.command.value?.words ?? [] { add(word) }
            add(check.isDynamic.value)
            add(check.user.value?.user ?? "")
        case .file(let check):
            add(check.file.value ?? "")
            add(check.weight.value?.value)
            add(check.weight.value?.isReversed ?? false)
        case .bfd(let check): add(check.session.value ?? "")
        }
    }

    private mutating func add(_ connection: CheckConnection) {
        add(connection.address.value.map { "\($0)" } ?? "")
        add(connection.port.value)
        add(connection.sourceAddress.value.map { "\($0)" } ?? "")
        add(connection.sourceInterface.value ?? "")
        add(connection.sourcePort.value)
        add(connection.mark.value)
    }

    private mutating func add(_ page: HTTPCheck.Page) {
        add(page.path.value)
        for range in page.statusCodes.value {
            add(range.lowerBound)
            add(range.upperBound)
        }
        add(page.digest.value ?? "")
        add(page.virtualHost.value ?? "")
        add(page.regex.pattern.value ?? "")
        add(page.regex.isInverted.value)
        for option in page.regex.options.value { add(option) }
    }

    private mutating func add(_ pattern: UDPCheck.Pattern?) {
        guard let pattern else { return add("") }
        add("\(pattern.bytes)")
        add("\(pattern.masks)")
    }
}
