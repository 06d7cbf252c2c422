import Addresses

extension Interpreter {
    /// How a line of `virtual_rules` is written.
    static let ruleForm =
        "[not] [from PREFIX] [to PREFIX] [table TABLE|goto NUMBER|blackhole|unreachable|prohibit] "
        + "[preference NUMBER] [iif INTERFACE] [oif INTERFACE] [fwmark NUMBER[/MASK]] [tos NUMBER] [realms REALMS] "
        + "[uidrange A-B] [l3mdev] [ip_proto PROTOCOL] [sport A[-B]] [dport A[-B]] [suppress_prefixlength NUMBER] "
        + "[no_track] [inet6]"

    private static let ruleOptions = [
        "not", "from", "to", "table", "lookup", "goto", "blackhole", "unreachable", "prohibit", "nop", "preference",
        "pref", "priority", "order", "iif", "dev", "oif", "fwmark", "tos", "dsfield", "realms", "uidrange", "l3mdev",
        "ip_proto", "ipproto", "sport", "dport", "suppress_prefixlength", "suppress_ifgroup", "protocol", "tun_id",
        "no_track", "track_group", "inet", "inet6",
    ]

    mutating func rule(_ item: Statement) -> RoutingRule? {
        var reader = WordReader(item)
        var rule = RoutingRule(text: reader.text)
        let before = found.count
        while let option = reader.next() {
            if !selector(option, of: &rule, &reader), !action(option, of: &rule, &reader) {
                unknownOption(option, of: item, Self.ruleOptions)
                reader.skipValue(unlessIn: Self.ruleOptions)
            }
        }
        guard found.count == before else { return nil }
        if let source = rule.source, let destination = rule.destination,
            source.address.family != destination.address.family
        {
            error("mixed-families", "the rule goes from one family to the other", at: item.keyword)
            return nil
        }
        if let family = (rule.source ?? rule.destination)?.address.family { rule.family = family }
        if rule.action == nil, !rule.isL3MasterDevice {
            error(
                "missing-argument", "the rule says nothing about what to do", at: item.keyword,
                expected: "table TABLE, goto NUMBER, blackhole, unreachable or prohibit")
            return nil
        }
        if rule.preference == nil {
            warn(
                "no-preference", "the rule has no preference, so that its place among the others is chance",
                at: item.keyword, expected: "preference NUMBER")
        }
        return rule
    }

    /// What a rule looks at.
    private mutating func selector(_ option: Word, of rule: inout RoutingRule, _ reader: inout WordReader) -> Bool {
        switch option.text {
        case "not": rule.isInverted = true
        case "from": rule.source = rulePrefix(of: option, &rule, &reader)
        case "to": rule.destination = rulePrefix(of: option, &rule, &reader)
        case "iif", "dev": rule.inputInterface = reader.interface(of: option, &self)
        case "oif": rule.outputInterface = reader.interface(of: option, &self)
        case "fwmark":
            guard let word = reader.value(of: option, "NUMBER[/MASK]", &self) else { break }
            rule.mark = mark(word, of: option)
        case "tos", "dsfield": rule.typeOfService = reader.integer(of: option, 0...255, &self)
        case "uidrange": rule.users = range(of: option, 0...0xffff_fffe, &reader)
        case "sport": rule.sourcePorts = range(of: option, 0...65535, &reader)
        case "dport": rule.destinationPorts = range(of: option, 0...65535, &reader)
        case "ip_proto", "ipproto": rule.transport = reader.numberOrName(of: option, 0...255, &self)
        case "tun_id": rule.tunnelID = reader.integer(of: option, 0...Int.max, &self)
        case "inet": rule.family = .ipv4
        case "inet6": rule.family = .ipv6
        default: return false
        }
        return true
    }

    /// What a rule does, and how it is kept.
    private mutating func action(_ option: Word, of rule: inout RoutingRule, _ reader: inout WordReader) -> Bool {
        switch option.text {
        case "table", "lookup":
            rule.action = reader.numberOrName(of: option, 0...0xffff_ffff, &self).map { .table($0) }
        case "goto": rule.action = reader.integer(of: option, 0...0xffff_ffff, &self).map { .goto($0) }
        case "blackhole": rule.action = .blackhole
        case "unreachable": rule.action = .unreachable
        case "prohibit": rule.action = .prohibit
        case "nop": rule.action = .nothing
        case "preference", "pref", "priority", "order":
            rule.preference = reader.integer(of: option, 0...0xffff_ffff, &self)
        case "realms": rule.realms = reader.name(of: option, &self)
        case "l3mdev": rule.isL3MasterDevice = true
        case "suppress_prefixlength":
            rule.suppressedPrefixLength = reader.integer(of: option, 0...128, &self)
        case "suppress_ifgroup": rule.suppressedGroup = reader.numberOrName(of: option, 0...0x7fff_ffff, &self)
        case "protocol": rule.protocolName = reader.numberOrName(of: option, 0...255, &self)
        case "no_track": rule.isNotTracked = true
        case "track_group": rule.trackGroup = reader.name(of: option, &self)
        default: return false
        }
        return true
    }

    private mutating func rulePrefix(
        of option: Word, _ rule: inout RoutingRule, _ reader: inout WordReader
    ) -> AddressPrefix? {
        guard let word = reader.value(of: option, "PREFIX", &self) else { return nil }
        return ["all", "any", "default"].contains(word.text) ? nil : prefix(word)?.prefix
    }

    private mutating func mark(_ word: Word, of option: Word) -> RoutingRule.Mark? {
        let parts = word.text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map {
            Word(String($0), at: word.span)
        }
        guard let value = integerOrHexadecimal(parts[0], of: option, 0...0xffff_ffff) else { return nil }
        guard parts.count > 1 else { return RoutingRule.Mark(value: UInt32(value)) }
        guard let mask = integerOrHexadecimal(parts[1], of: option, 0...0xffff_ffff) else { return nil }
        return RoutingRule.Mark(value: UInt32(value), mask: UInt32(mask))
    }

    private mutating func range(
        of option: Word, _ limits: ClosedRange<Int>, _ reader: inout WordReader
    ) -> ClosedRange<Int>? {
        guard let word = reader.value(of: option, "A-B", &self) else { return nil }
        let parts = word.text.split(separator: "-", maxSplits: 1).map { Word(String($0), at: word.span) }
        guard let first = parts.first, let low = integer(first, of: option, limits) else { return nil }
        guard parts.count > 1 else { return low...low }
        guard let high = integer(parts[1], of: option, limits) else { return nil }
        guard low <= high else {
            error("out-of-range", "\(option.text) \(word.text) ends before it begins", at: word)
            return nil
        }
        return low...high
    }
}
