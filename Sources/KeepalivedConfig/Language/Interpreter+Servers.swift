import Addresses

extension Interpreter {
    /// `INTERFACE [MII|ETHTOOL|IOCTL]`
    mutating func linkbeat(_ item: Statement) -> LinkbeatInterface? {
        guard let interface = interface(item.keyword) else { return nil }
        guard let word = item.arguments.first else { return LinkbeatInterface(interface: interface) }
        let method = choice(word, of: item.keyword, LinkbeatInterface.Method.allCases.map(\.rawValue))
        return LinkbeatInterface(interface: interface, method: method.flatMap(LinkbeatInterface.Method.init))
    }

    /// `INTERFACE DOWN [UP]`
    mutating func interfaceDelay(_ item: Statement) -> InterfaceDelay? {
        guard let interface = interface(item.keyword) else { return nil }
        guard let word = item.arguments.first else {
            error("missing-argument", "\(interface) needs a delay", at: item.keyword, expected: "\(interface) SECONDS")
            return nil
        }
        let range = 0...255_000_000
        guard let down = seconds(word, of: item.keyword, range) else { return nil }
        guard item.arguments.count > 1 else { return InterfaceDelay(interface: interface, down: down, up: down) }
        guard let up = seconds(item.arguments[1], of: item.keyword, range) else { return nil }
        return InterfaceDelay(interface: interface, down: down, up: up)
    }

    // MARK: Virtual servers

    mutating func virtualServerIdentity(_ statement: Statement) -> Setting<VirtualServer.Identity>? {
        guard let word = first(statement, "ADDRESS [PORT]|fwmark NUMBER|group NAME") else { return nil }
        let used: Int
        let identity: VirtualServer.Identity
        switch word.text {
        case "fwmark":
            guard statement.arguments.count > 1,
                let mark = integerOrHexadecimal(statement.arguments[1], of: word, 1...0xffff_ffff)
            else {
                if statement.arguments.count < 2 {
                    error("missing-argument", "fwmark needs a number", at: word, expected: "fwmark NUMBER")
                }
                return nil
            }
            (identity, used) = (.firewallMark(UInt32(mark)), 2)
        case "group":
            guard statement.arguments.count > 1 else {
                error("missing-argument", "group needs a name", at: word, expected: "group NAME")
                return nil
            }
            (identity, used) = (.group(statement.arguments[1].text), 2)
        default:
            guard let endpoint = endpoint(statement) else { return nil }
            (identity, used) = (.address(endpoint.address, port: endpoint.port), 2)
        }
        if statement.arguments.count > used {
            let extra = statement.arguments[used...].map(\.text).joined(separator: " ")
            warn(
                "extra-words", "virtual_server takes no more words: \(extra) is ignored", at: statement.arguments[used])
        }
        return Setting(identity, .file(word.span))
    }

    static func words(_ identity: VirtualServer.Identity) -> [String] {
        switch identity {
        case .address(let address, let port): [address.description] + (port.map { [String($0)] } ?? [])
        case .firewallMark(let mark): ["fwmark", String(mark)]
        case .group(let name): ["group", name]
        }
    }

    mutating func virtualServerGroup(_ statement: Statement, into configuration: inout Configuration) {
        guard let name = name(of: statement) else { return }
        var group = VirtualServerGroup(name: name)
        for item in body(of: statement) {
            guard let member = groupMember(item) else { continue }
            group.members.append(Setting(member, .file(item.keyword.span)))
        }
        if let first = configuration.virtualServerGroups.first(where: { $0.name.value == name.value }) {
            report(
                .error, "duplicate-name",
                "there is already a virtual_server_group \(name.value): this second one is left out", at: name.span,
                related: first.name.span.map { [.init("the first is here", at: $0)] } ?? [])
            return
        }
        configuration.virtualServerGroups.append(group)
    }

    /// `ADDRESS [PORT]`, `ADDRESS-LAST [PORT]`, `ADDRESS-ADDRESS [PORT]`, `ADDRESS/LENGTH [PORT]` or
    /// `fwmark NUMBER [inet|inet6]`
    private mutating func groupMember(_ item: Statement) -> VirtualServerGroup.Member? {
        if item.body != nil {
            unknown(item, in: .virtualServerGroup)
            return nil
        }
        if item.keyword.text == "fwmark" {
            guard let word = item.arguments.first else {
                error("missing-argument", "fwmark needs a number", at: item.keyword, expected: "fwmark NUMBER")
                return nil
            }
            guard let mark = integerOrHexadecimal(word, of: item.keyword, 1...0xffff_ffff) else { return nil }
            guard item.arguments.count > 1 else { return .firewallMark(UInt32(mark), nil) }
            guard let family = choice(item.arguments[1], of: item.keyword, ["inet", "inet6"]) else { return nil }
            return .firewallMark(UInt32(mark), family == "inet" ? .ipv4 : .ipv6)
        }
        let text = item.keyword.text
        guard Self.address(String(text.prefix { $0 != "/" && $0 != "-" })) != nil else {
            // A keyword of another block is more telling than a word that is no address.
            if Keyword.all.contains(where: { $0.name == text }) {
                unknown(item, in: .virtualServerGroup)
            } else {
                error(
                    "bad-address", "\(text) is no address, range of addresses or fwmark", at: item.keyword,
                    expected: "ADDRESS [PORT], ADDRESS-LAST [PORT], ADDRESS/LENGTH [PORT] or fwmark NUMBER")
            }
            return nil
        }
        var port: Int?
        if let word = item.arguments.first {
            guard let number = integer(word, of: item.keyword, 0...65535) else { return nil }
            port = number
            if item.arguments.count > 1 { warn("extra-words", "nothing follows the port", at: item.arguments[1]) }
        }
        if text.contains("/") { return network(item.keyword, port) }
        if text.contains("-") { return range(item.keyword, port) }
        return Self.address(text).map { .address($0, port: port) }
    }

    /// All addresses of a network.
    private mutating func network(_ word: Word, _ port: Int?) -> VirtualServerGroup.Member? {
        guard let prefix = prefix(word)?.prefix else { return nil }
        switch prefix.address {
        case .v4(let address):
            let host = prefix.length == 0 ? UInt32.max : (1 << UInt32(32 - prefix.length)) &- 1
            return .range(
                .v4(IPv4Address(address.value & ~host)), through: .v4(IPv4Address(address.value | host)), port: port)
        case .v6(let address):
            guard prefix.length >= 112 else {
                error("out-of-range", "\(word.text) is too many virtual servers", at: word, expected: "/112 to /128")
                return nil
            }
            let host = prefix.length == 128 ? 0 : (UInt64(1) << UInt64(128 - prefix.length)) &- 1
            return .range(
                .v6(IPv6Address(high: address.high, low: address.low & ~host)),
                through: .v6(IPv6Address(high: address.high, low: address.low | host)), port: port)
        }
    }

    private mutating func range(_ word: Word, _ port: Int?) -> VirtualServerGroup.Member? {
        let parts = word.text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let low = Self.address(parts[0]) else { return nil }
        let high: IPAddress?
        switch low {
        case .v4(let address):
            high =
                Self.address(parts[1])
                ?? UInt8(parts[1]).map { .v4(IPv4Address(address.value & ~0xff | UInt32($0))) }
        case .v6(let address):
            high =
                Self.address(parts[1])
                ?? UInt16(parts[1], radix: 16).map {
                    .v6(IPv6Address(high: address.high, low: address.low & ~0xffff | UInt64($0)))
                }
        }
        guard let high, high.family == low.family, low <= high else {
            error(
                "bad-range", "\(word.text) is no range of addresses", at: word,
                expected: "192.0.2.1-10, or two addresses of one family, the lower first")
            return nil
        }
        return .range(low, through: high, port: port)
    }

    static func words(_ member: VirtualServerGroup.Member) -> [String] {
        switch member {
        case .address(let address, let port): [address.description] + (port.map { [String($0)] } ?? [])
        case .range(let low, let high, let port): ["\(low)-\(high)"] + (port.map { [String($0)] } ?? [])
        case .firewallMark(let mark, let family):
            ["fwmark", String(mark)] + (family.map { [$0 == .ipv4 ? "inet" : "inet6"] } ?? [])
        }
    }
}
