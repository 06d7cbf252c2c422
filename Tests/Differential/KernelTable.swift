import Glibc

/// What the kernel holds, as the attributes that it reports.
struct KernelTable {
    var services: [Service] = []
    /// The three connection timeouts.
    var timeouts: [Attribute] = []
    /// The synchronisation daemons.
    var daemons: [[Attribute]] = []

    struct Service {
        var attributes: [Attribute]
        /// The attributes of each real server, in the kernel's order.
        var servers: [[Attribute]] = []
    }
}

/// Attribute numbers of `linux/ip_vs.h` that have a meaning here.
private enum ServiceAttribute {
    static let family: UInt16 = 1
    static let proto: UInt16 = 2
    static let address: UInt16 = 3
    static let port: UInt16 = 4
    static let fwmark: UInt16 = 5
    static let scheduler: UInt16 = 6
    static let flags: UInt16 = 7
    static let timeout: UInt16 = 8
    static let netmask: UInt16 = 9
    static let engine: UInt16 = 11
    static let statistics: UInt16 = 12

    static let identity = [family, proto, address, port, fwmark]
    static let settings = identity + [scheduler, flags, timeout, netmask, engine]
}

private enum ServerAttribute {
    static let address: UInt16 = 1
    static let port: UInt16 = 2
    static let method: UInt16 = 3
    static let weight: UInt16 = 4
    static let upperThreshold: UInt16 = 5
    static let lowerThreshold: UInt16 = 6
    static let family: UInt16 = 11
    static let statistics: UInt16 = 12
    static let tunnelType: UInt16 = 13
    static let tunnelPort: UInt16 = 14
    static let tunnelFlags: UInt16 = 15

    static let settings =
        [address, port, method, weight, upperThreshold, lowerThreshold, family] + [tunnelType, tunnelPort, tunnelFlags]
}

/// IP_VS_SVC_F_HASHED: the kernel's own mark, which must not be sent back.
private let hashedFlag: UInt8 = 2

extension KernelTable.Service {
    /// The attributes that name the service.
    var identity: [Attribute] { attributes.filter { ServiceAttribute.identity.contains($0.type) } }

    /// The attributes that make the service again.
    var settings: [Attribute] {
        attributes.filter { ServiceAttribute.settings.contains($0.type) }.map { attribute in
            guard attribute.type == ServiceAttribute.flags, !attribute.payload.isEmpty else { return attribute }
            var cleaned = attribute
            cleaned.payload[0] &= ~hashedFlag
            return cleaned
        }
    }

    /// The attributes that make the real servers again.
    var serverSettings: [[Attribute]] { servers.map { $0.filter { ServerAttribute.settings.contains($0.type) } } }

    var name: String {
        if let fwmark = attributes.first(ServiceAttribute.fwmark) {
            return "\(fwmark.number)" + (isIPv6(attributes.first(ServiceAttribute.family)) ? "/6" : "")
        }
        return endpoint(
            attributes.first(ServiceAttribute.address), attributes.first(ServiceAttribute.port),
            isIPv6: isIPv6(attributes.first(ServiceAttribute.family)))
    }
}

extension KernelTable.Service {
    fileprivate var description: String {
        let flags = (attributes.first(ServiceAttribute.flags)?.number ?? 0) & ~UInt32(hashedFlag)
        let parts = [
            "service", name,
            "protocol", number(attributes.first(ServiceAttribute.proto)),
            "scheduler", text(attributes.first(ServiceAttribute.scheduler)),
            "flags", String(flags),
            "timeout", number(attributes.first(ServiceAttribute.timeout)),
            "netmask", hexadecimal(attributes.first(ServiceAttribute.netmask)),
            "engine", text(attributes.first(ServiceAttribute.engine)),
        ]
        return parts.joined(separator: " ")
    }
}

private func serverDescription(_ server: [Attribute]) -> String {
    let parts = [
        "  server", serverName(server),
        "method", number(server.first(ServerAttribute.method)),
        "weight", number(server.first(ServerAttribute.weight)),
        "upper", number(server.first(ServerAttribute.upperThreshold)),
        "lower", number(server.first(ServerAttribute.lowerThreshold)),
        "tunnel", number(server.first(ServerAttribute.tunnelType)),
        "port", hexadecimal(server.first(ServerAttribute.tunnelPort)),
        "flags", number(server.first(ServerAttribute.tunnelFlags)),
    ]
    return parts.joined(separator: " ")
}

private func number(_ attribute: Attribute?) -> String { String(attribute?.number ?? 0) }

extension KernelTable {
    /// One line for each thing in the table: equal lines, equal tables. Counters are not part of it.
    var lines: [String] {
        var lines: [String] = []
        for service in services {
            lines.append(service.description)
            lines += service.servers.map(serverDescription)
        }
        lines.append("timeouts " + timeouts.map { "\($0.number)" }.joined(separator: " "))
        for daemon in daemons {
            lines.append("daemon " + daemon.map { "\($0.type)=\(hexadecimal($0))" }.joined(separator: " "))
        }
        return lines
    }

    /// The counters of every service and server, connections and packets and bytes.
    var counters: [String] {
        services.flatMap { service in
            [service.name + counted(service.attributes.first(ServiceAttribute.statistics))]
                + service.servers.map { serverName($0) + counted($0.first(ServerAttribute.statistics)) }
        }
    }

    /// Which services and servers have counted anything.
    var hasCounted: [String] {
        func line(_ name: String, _ statistics: Attribute?) -> String {
            name + (counted(statistics).allSatisfy { $0 == "0" || $0 == " " } ? " zero" : " counted")
        }
        return services.flatMap { service in
            [line(service.name, service.attributes.first(ServiceAttribute.statistics))]
                + service.servers.map { line(serverName($0), $0.first(ServerAttribute.statistics)) }
        }
    }

    /// Whether the kernel has worked out any rate yet.
    var hasRates: Bool {
        services.contains { service in
            let statistics = service.attributes.first(ServiceAttribute.statistics)?.nested ?? []
            return statistics.contains { $0.type > 5 && $0.payload.contains { $0 != 0 } }
        }
    }

    /// Changes an attribute of what the poke names; false if the table has no such thing.
    mutating func apply(_ poke: TablePoke) -> Bool {
        guard let service = services.firstIndex(where: { $0.name == poke.service }) else { return false }
        guard let wanted = poke.server else {
            return poke.attribute == "flags"
                && services[service].attributes.set(ServiceAttribute.flags, to: poke.value)
        }
        guard let server = services[service].servers.firstIndex(where: { serverName($0) == wanted }) else {
            return false
        }
        let known = [
            "tunnel-flags": ServerAttribute.tunnelFlags, "tunnel-type": ServerAttribute.tunnelType,
            "method": ServerAttribute.method,
        ]
        guard let type = known[poke.attribute] else { return false }
        return services[service].servers[server].set(type, to: poke.value)
    }
}

extension [Attribute] {
    /// Puts the number into the first bytes of the attribute's payload.
    fileprivate mutating func set(_ type: UInt16, to number: UInt32) -> Bool {
        guard let index = firstIndex(where: { $0.type == type }) else { return false }
        let size = Swift.min(4, self[index].payload.count)
        Swift.withUnsafeBytes(of: number) { bytes in
            self[index].payload.replaceSubrange(..<size, with: bytes.prefix(size))
        }
        return true
    }
}

private func serverName(_ server: [Attribute]) -> String {
    endpoint(
        server.first(ServerAttribute.address), server.first(ServerAttribute.port),
        isIPv6: isIPv6(server.first(ServerAttribute.family)))
}

private func isIPv6(_ family: Attribute?) -> Bool { family?.number == UInt32(AF_INET6) }

/// `10.0.0.1:80`; an IPv6 address as its 32 digits in brackets.
private func endpoint(_ address: Attribute?, _ port: Attribute?, isIPv6: Bool) -> String {
    let bytes = address?.payload ?? []
    let number = (port?.payload ?? []).reduce(0) { $0 << 8 | Int($1) }
    let host =
        isIPv6
        ? "[" + hexadecimal(address) + "]" : bytes.prefix(4).map { String($0) }.joined(separator: ".")
    return "\(host):\(number)"
}

private func hexadecimal(_ attribute: Attribute?) -> String {
    (attribute?.payload ?? []).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

private func text(_ attribute: Attribute?) -> String {
    guard let attribute else { return "-" }
    return String(decoding: attribute.payload.prefix { $0 != 0 }, as: UTF8.self)
}

/// The first five counters of a statistics attribute.
private func counted(_ statistics: Attribute?) -> String {
    (statistics?.nested ?? []).filter { (1...5).contains($0.type) }
        .map { " \(hexadecimal($0))" }.joined()
}
