import Addresses
import CLinux
import KeepalivedConfig
import Routing

extension RouteSpec {
    /// What a line of a configuration asks for.
    ///
    /// Like keepalived's, a route has the scope global unless the line names another; only for `local` and the like,
    /// which the kernel refuses so, scope and table are those of iproute2.
    ///
    /// - Parameter interface: Where it leaves if the line says nothing about that.
    init(_ line: Route, from interface: Int32, _ names: NameResolution) throws(ConfigurationFault) {
        self.init(
            family: line.family, destination: line.destination.map { NetworkPrefix(Self.network($0), $0.length) })
        guard let kind = Kind(line.kind) else { throw ConfigurationFault("the kernel has no \(line.kind) routes") }
        self.kind = kind
        if kind == .local { scope = names.names.scopes["host"].map { UInt8(clamping: $0) } ?? 254 }
        if kind == .broadcast { scope = 253 }
        if kind == .local || kind == .broadcast { table = Self.localTable }
        if let vrf = line.vrf { table = try Self.table(ofVRF: vrf, names) }
        if let word = line.table { table = try names.table(word) }
        if let word = line.scope { scope = try names.scope(word) }
        if let word = line.protocolName { originator = try names.originator(word) }
        typeOfService = UInt8(clamping: line.typeOfService ?? 0)
        priority = line.metric.map { UInt32(clamping: $0) }
        source = line.source
        appends = line.appends
        try takeMetrics(line)
        try takeOptions(line)
        try takePaths(line, interface, names)
    }

    /// The address with the bits behind the prefix clear, as the kernel demands.
    private static func network(_ prefix: AddressPrefix) -> IPAddress {
        switch prefix.address {
        case .v4(let address):
            let mask: UInt32 = prefix.length <= 0 ? 0 : .max << UInt32(32 - prefix.length)
            return .v4(IPv4Address(address.value & mask))
        case .v6(let address):
            let high: UInt64 = prefix.length >= 64 ? .max : prefix.length <= 0 ? 0 : .max << UInt64(64 - prefix.length)
            let low: UInt64 =
                prefix.length >= 128 ? .max : prefix.length <= 64 ? 0 : .max << UInt64(128 - prefix.length)
            return .v6(IPv6Address(high: address.high & high, low: address.low & low))
        }
    }

    private static func table(ofVRF name: String, _ names: NameResolution) throws(ConfigurationFault) -> UInt32 {
        let index = try names.interface(name)
        guard let table = names.state.link(index)?.routingTable else {
            throw ConfigurationFault("the interface \(name) is no VRF")
        }
        return table
    }

    private mutating func takePaths(
        _ line: Route, _ interface: Int32, _ names: NameResolution
    ) throws(ConfigurationFault) {
        var path = NextHop(gateway: line.gateway)
        if let name = line.interface { path.interface = try names.interface(name) }
        path.isOnLink = line.isOnLink
        if let realms = line.realms { path.realms = try names.realms(realms) }
        if let encapsulation = line.encapsulation { path.encapsulation = try Encapsulation(encapsulation) }
        guard line.nextHops.isEmpty else {
            for hop in line.nextHops {
                var next = NextHop(gateway: hop.gateway)
                if let name = hop.interface ?? line.interface { next.interface = try names.interface(name) }
                next.weight = hop.weight ?? 1
                next.isOnLink = hop.isOnLink || line.isOnLink
                if let realms = hop.realms { next.realms = try names.realms(realms) }
                if let encapsulation = hop.encapsulation { next.encapsulation = try Encapsulation(encapsulation) }
                nextHops.append(next)
            }
            return
        }
        if let alternative = line.alternative {
            var other = path
            other.gateway = alternative
            nextHops = [path, other]
            return
        }
        if path.gateway == nil, path.interface == 0, !kind.discards { path.interface = interface }
        self.path = path
    }

    private mutating func takeMetrics(_ line: Route) throws(ConfigurationFault) {
        for metric in line.metrics {
            guard let (number, factor) = Self.metricNumbers[metric.name] else {
                throw ConfigurationFault("a route has no \(metric.name)")
            }
            metrics[UInt16(number)] = UInt32(clamping: metric.value * factor)
            if metric.isLocked { lockedMetrics |= 1 << UInt32(number) }
        }
    }

    /// The number of each metric, and what a unit of the configuration is to the kernel: it counts the round trip in
    /// eighths of a millisecond and its variance in quarters.
    private static let metricNumbers: [String: (number: Int, factor: Int)] = [
        "mtu": (RTAX_MTU, 1), "window": (RTAX_WINDOW, 1), "rtt": (RTAX_RTT, 8), "rttvar": (RTAX_RTTVAR, 4),
        "ssthresh": (RTAX_SSTHRESH, 1), "cwnd": (RTAX_CWND, 1), "advmss": (RTAX_ADVMSS, 1),
        "reordering": (RTAX_REORDERING, 1), "hoplimit": (RTAX_HOPLIMIT, 1), "initcwnd": (RTAX_INITCWND, 1),
        "rto_min": (RTAX_RTO_MIN, 1), "initrwnd": (RTAX_INITRWND, 1), "quickack": (RTAX_QUICKACK, 1),
        "fastopen_no_cookie": (RTAX_FASTOPEN_NO_COOKIE, 1),
    ]

    private mutating func takeOptions(_ line: Route) throws(ConfigurationFault) {
        for (name, word) in line.options {
            switch name {
            case "features": metrics[UInt16(RTAX_FEATURES)] = UInt32(RTAX_FEATURE_ECN)
            case "congctl": congestionControl = word
            case "pref":
                let preferences: [String: UInt8] = ["medium": 0, "high": 1, "low": 3]
                guard let number = preferences[word] else {
                    throw ConfigurationFault("the preference \(word) of a route is none of low, medium and high")
                }
                preference = number
            case "expires":
                guard let seconds = UInt32(word) else { throw ConfigurationFault("expires \(word) is no number") }
                lifetime = seconds
            case "ttl-propagate": propagatesTTL = word == "enabled"
            default: break
            }
        }
    }
}

extension RouteSpec.Kind {
    init?(_ kind: Route.Kind) {
        switch kind {
        case .unicast: self = .unicast
        case .local: self = .local
        case .broadcast: self = .broadcast
        case .multicast: self = .multicast
        case .throw: self = .throw
        case .unreachable: self = .unreachable
        case .prohibit: self = .prohibit
        case .blackhole: self = .blackhole
        case .nat: return nil
        }
    }
}

extension RouteSpec.Encapsulation {
    init(_ line: RouteEncapsulation) throws(ConfigurationFault) {
        var tunnel = RouteSpec.Tunnel()
        tunnel.identifier = line.identifier.map { UInt64(clamping: $0) }
        tunnel.source = line.source
        tunnel.destination = line.destination
        tunnel.typeOfService = line.typeOfService.map { UInt8(clamping: $0) }
        tunnel.hopLimit = line.hopLimit.map { UInt8(clamping: $0) }
        tunnel.flags = line.flags.map { UInt16(clamping: $0) }
        switch line.kind {
        case .mpls: self = .mpls(line.labels.map { UInt32(clamping: $0) })
        case .ip: self = .ip(tunnel)
        case .ip6: self = .ip6(tunnel)
        case .ila:
            guard let locator = line.locator.flatMap(Self.locator) else {
                throw ConfigurationFault("\(line.locator ?? "") is no locator")
            }
            self = .ila(locator)
        }
    }

    /// Four groups of up to four hexadecimal digits with colons between them.
    private static func locator(_ text: String) -> UInt64? {
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        guard groups.count == 4 else { return nil }
        var value: UInt64 = 0
        for group in groups {
            guard let number = UInt16(group, radix: 16) else { return nil }
            value = value << 16 | UInt64(number)
        }
        return value
    }
}
