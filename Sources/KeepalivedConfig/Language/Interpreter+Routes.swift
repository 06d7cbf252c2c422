import Addresses

extension Interpreter {
    /// How a line of `virtual_routes` is written.
    static let routeForm =
        "[TYPE] [src ADDRESS] [to] PREFIX|default [via|gw ADDRESS] [or ADDRESS] [dev INTERFACE] [scope SCOPE] "
        + "[table TABLE] [metric NUMBER] [proto PROTOCOL] [tos NUMBER] [mtu [lock] NUMBER] … "
        + "[nexthop via ADDRESS dev INTERFACE weight NUMBER] … [onlink] [append] [vrf NAME] [no_track] [inet6]"

    private static let metricNames = [
        "mtu", "hoplimit", "advmss", "rtt", "rttvar", "reordering", "window", "cwnd", "ssthresh", "rto_min",
        "initcwnd", "initrwnd", "quickack", "fastopen_no_cookie",
    ]
    private static let routeOptions =
        metricNames + [
            "to", "src", "via", "gw", "or", "dev", "oif", "scope", "table", "metric", "priority", "preference",
            "proto", "protocol", "tos", "dsfield", "weight", "nexthop", "onlink", "add", "append", "no_track",
            "track_group", "inet", "inet6", "vrf", "realms", "features", "congctl", "pref", "expires", "ttl-propagate",
            "as", "encap",
        ]

    mutating func route(_ item: Statement) -> Route? {
        var reader = WordReader(item)
        var route = Route(text: reader.text)
        if let kind = Route.Kind(rawValue: item.keyword.text) {
            route.kind = kind
            reader.index = 1
        }
        let before = found.count
        var isDefault = false
        while let option = reader.next() {
            if let kind = Route.Kind(rawValue: option.text) {
                route.kind = kind
            } else if Self.metricNames.contains(option.text) {
                metric(option, of: &route, &reader)
            } else if !routeOption(option, of: &route, item, &reader, &isDefault) {
                let word = option.text == "to" ? reader.value(of: option, "PREFIX|default", &self) : option
                guard let word else { break }
                let known = found.count
                destination(word, of: &route, item, &isDefault)
                if found.count > known { reader.skipValue(unlessIn: Self.routeOptions) }
            }
        }
        guard found.count == before else { return nil }
        return checked(route, item, isDefault: isDefault)
    }

    /// Reads an option of a route; false where the word is none.
    private mutating func routeOption(
        _ option: Word, of route: inout Route, _ item: Statement, _ reader: inout WordReader, _ isDefault: inout Bool
    ) -> Bool {
        switch option.text {
        case "src": route.source = reader.address(of: option, &self)
        case "via", "gw":
            if let family = reader.peek?.text, family == "inet" || family == "inet6" { reader.index += 1 }
            route.gateway = reader.address(of: option, &self)
        case "or": route.alternative = reader.address(of: option, &self)
        case "dev", "oif": route.interface = reader.interface(of: option, &self)
        case "scope": route.scope = reader.numberOrName(of: option, 0...255, &self)
        case "table": route.table = reader.numberOrName(of: option, 0...0xffff_ffff, &self)
        case "metric", "priority", "preference": route.metric = reader.integer(of: option, 0...0xffff_ffff, &self)
        case "proto", "protocol": route.protocolName = reader.numberOrName(of: option, 0...255, &self)
        case "tos", "dsfield": route.typeOfService = reader.integer(of: option, 0...255, &self)
        case "weight": route.weight = reader.integer(of: option, 1...256, &self)
        case "nexthop": nextHop(of: &route, &reader)
        case "onlink": route.isOnLink = true
        case "append": route.appends = true
        case "add": route.appends = false
        case "no_track": route.isNotTracked = true
        case "track_group": route.trackGroup = reader.name(of: option, &self)
        case "inet": route.family = .ipv4
        case "inet6": route.family = .ipv6
        case "vrf": route.vrf = reader.interface(of: option, &self)
        case "realms": route.realms = reader.name(of: option, &self)
        case "features", "congctl", "pref", "expires", "ttl-propagate": otherOption(option, of: &route, &reader)
        case "encap": route.encapsulation = encapsulation(of: option, &reader)
        case "as":
            // A label that is swapped needs a route of the MPLS family, which has no address as its destination.
            warn("no-effect", "as has no effect here: it is for routes of MPLS alone", at: option)
            if reader.peek?.text == "to" { reader.index += 1 }
            _ = reader.value(of: option, "ADDRESS", &self)
        default: return false
        }
        return true
    }

    /// An option of routes that takes a word and is handed on as it is.
    private mutating func otherOption(_ option: Word, of route: inout Route, _ reader: inout WordReader) {
        guard let word = reader.value(of: option, "VALUE", &self) else { return }
        if option.text == "congctl", word.text == "lock" {
            route.options[option.text] = reader.next()?.text
            return
        }
        route.options[option.text] = word.text
        if option.text == "features", word.text != "ecn" {
            error("bad-word", "features takes no \(word.text)", at: word, expected: "ecn")
        }
    }

    private mutating func metric(_ option: Word, of route: inout Route, _ reader: inout WordReader) {
        var isLocked = false
        if reader.peek?.text == "lock" {
            isLocked = true
            reader.index += 1
        }
        guard let word = reader.value(of: option, "NUMBER", &self) else { return }
        // Times may have a unit here, as iproute2 takes it.
        var digits = word.text
        var milliseconds = 1
        if option.text.hasPrefix("rt") {
            for (unit, factor) in [("ms", 1), ("s", 1000)] where digits.hasSuffix(unit) {
                digits.removeLast(unit.count)
                milliseconds = factor
                break
            }
        }
        let limit = 0xffff_ffff / milliseconds
        guard let value = integer(Word(digits, at: word.span), of: option, 0...limit) else { return }
        route.metrics.append(Route.Metric(name: option.text, value: value * milliseconds, isLocked: isLocked))
    }

    private mutating func nextHop(of route: inout Route, _ reader: inout WordReader) {
        var hop = Route.NextHop()
        loop: while let option = reader.peek {
            reader.index += 1
            switch option.text {
            case "via":
                if let family = reader.peek?.text, family == "inet" || family == "inet6" { reader.index += 1 }
                hop.gateway = reader.address(of: option, &self)
            case "dev": hop.interface = reader.interface(of: option, &self)
            case "weight": hop.weight = reader.integer(of: option, 1...256, &self)
            case "onlink": hop.isOnLink = true
            case "realms": hop.realms = reader.name(of: option, &self)
            case "encap": hop.encapsulation = encapsulation(of: option, &reader)
            default:
                reader.index -= 1
                break loop
            }
        }
        route.nextHops.append(hop)
    }

    private mutating func destination(
        _ word: Word, of route: inout Route, _ item: Statement, _ isDefault: inout Bool
    ) {
        if word.text == "default" || word.text == "any" || word.text == "all" {
            isDefault = true
            return
        }
        guard Self.address(String(word.text.prefix { $0 != "/" })) != nil else {
            unknownOption(word, of: item, Self.routeOptions + ["default"] + Route.Kind.allCases.map(\.rawValue))
            return
        }
        guard route.destination == nil, !isDefault else {
            error("extra-words", "the route has a second destination, \(word.text)", at: word)
            return
        }
        route.destination = prefix(word)?.prefix
        if let destination = route.destination { route.family = destination.address.family }
    }

    /// What must hold between the parts of a route.
    private mutating func checked(_ route: Route, _ item: Statement, isDefault: Bool) -> Route? {
        var route = route
        guard isDefault || route.destination != nil else {
            error("missing-argument", "the route has no destination", at: item.keyword, expected: "PREFIX or default")
            return nil
        }
        if isDefault, route.destination == nil {
            let others = [route.gateway, route.source].compactMap { $0?.family }
            if let family = others.first { route.family = family }
        }
        if let gateway = route.gateway, gateway.family == .ipv4, route.family == .ipv6 {
            error("mixed-families", "an IPv6 route cannot go via the IPv4 address \(gateway)", at: item.keyword)
            return nil
        }
        if let source = route.source, source.family != route.family {
            error("mixed-families", "the source \(source) is of another family than the route", at: item.keyword)
            return nil
        }
        if route.kind.discards, route.gateway != nil || !route.nextHops.isEmpty {
            error("bad-route", "a \(route.kind.rawValue) route goes nowhere and has no gateway", at: item.keyword)
            return nil
        }
        if !route.kind.discards, route.gateway == nil, route.interface == nil, route.nextHops.isEmpty,
            route.vrf == nil
        {
            warn(
                "bad-route", "the route has neither a gateway nor an interface: the default interface is taken",
                at: item.keyword)
        }
        return route
    }
}
