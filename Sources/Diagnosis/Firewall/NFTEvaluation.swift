import Addresses
import ControlProtocol
import KeepalivedConfig

/// Sends a packet through the rules of nftables, and says what becomes of it.
package struct NFTEvaluation {
    private let ruleset: NFTRuleset
    private let packet: SimulatedPacket
    /// Whether the tables of iptables are left out, because they are known better from its own listing.
    private let leavesOutIptables: Bool
    /// The packet's mark; nil when a rule may have changed it.
    private var mark: UInt64? = 0
    private var connectionState = "new"
    private var steps = 0

    /// nftables' own limit of jumps within jumps.
    private static let deepest = 16
    /// Rules that are looked at for one packet, at most.
    private static let mostSteps = 200_000

    package init(_ ruleset: NFTRuleset, _ packet: SimulatedPacket, leavesOutIptables: Bool = false) {
        self.ruleset = ruleset
        self.packet = packet
        self.leavesOutIptables = leavesOutIptables
    }

    /// What the whole ruleset does with the packet.
    package mutating func verdict() -> FirewallVerdict {
        var verdict = FirewallVerdict.passes
        let isIncoming = packet.direction == .incoming
        for hook in isIncoming ? ["ingress", "prerouting", "input"] : ["output", "postrouting", "egress"] {
            for chain in baseChains(hook) {
                verdict = verdict.followed(by: walkBase(chain))
                if case .drops = verdict { return verdict }
            }
        }
        return verdict
    }

    private func baseChains(_ hook: String) -> [NFTRuleset.Chain] {
        ruleset.chains.values.filter { chain in
            guard chain.hook == hook, !(leavesOutIptables && NFTRuleset.isOfIptables(chain.name)) else { return false }
            switch chain.name.family {
            case "inet": return hook != "ingress" || isOnDevice(chain)
            case "ip": return packet.family == .ipv4
            case "ip6": return packet.family == .ipv6
            case "netdev": return isOnDevice(chain)
            case "bridge": return packet.interface.isBridge
            default: return false
            }
        }.sorted { ($0.priority, $0.name.table, $0.name.name) < ($1.priority, $1.name.table, $1.name.name) }
    }

    /// Older versions of nft do not list the interface: then any may be it.
    private func isOnDevice(_ chain: NFTRuleset.Chain) -> Bool {
        chain.devices.isEmpty || chain.devices.contains(packet.interface.name)
    }

    private mutating func walkBase(_ chain: NFTRuleset.Chain) -> FirewallVerdict {
        var possible = walk(chain, base: chain.name.name, depth: 0)
        // Its interface is not known: it may not concern the packet at all.
        if ["ingress", "egress"].contains(chain.hook), chain.devices.isEmpty {
            let place = RulePlace(
                owner: owner(chain), table: table(chain), baseChain: chain.name.name, chain: chain.name.name,
                text: "hook \(chain.hook ?? "?") of an interface that this nft does not list")
            var perhaps = Possibilities()
            perhaps.enter(possible, .unknown, at: place, comesBack: true)
            perhaps.end()
            possible = perhaps
        }
        let policy = RulePlace(
            owner: owner(chain), table: table(chain), baseChain: chain.name.name, chain: chain.name.name,
            text: "policy drop")
        return possible.verdict(policyDrop: chain.policyDrops ? policy : nil)
    }

    private mutating func walk(_ chain: NFTRuleset.Chain, base: String, depth: Int) -> Possibilities {
        var possible = Possibilities()
        for rule in chain.rules {
            guard possible.isRunning else { break }
            steps += 1
            guard steps < Self.mostSteps else { break }
            apply(rule, in: chain, base: base, depth: depth, to: &possible)
        }
        possible.end()
        return possible
    }

    private mutating func apply(
        _ rule: NFTRuleset.Rule, in chain: NFTRuleset.Chain, base: String, depth: Int, to possible: inout Possibilities
    ) {
        var truth = Truth.yes
        let place = RulePlace(
            owner: owner(chain), table: table(chain), baseChain: base, chain: chain.name.name, handle: rule.handle,
            text: NFTRuleText.text(rule))
        for statement in rule.statements {
            guard case .object(let members) = statement, let member = members.first else { continue }
            switch member.name {
            case "match": truth = truth && matches(member.value, chain.name)
            case "vmap":
                lookUp(member.value, truth, in: chain, place: place, depth: depth, to: &possible)
                guard possible.isRunning else { return }
            case "limit", "quota", "connlimit", "ct count", "last":
                if truth == .yes { truth = .unknown }
            case "xt":
                // A target that is no verdict, such as LOG, would not matter; nft does not say which it is.
                let name = member.value["name"]?.string ?? ""
                if name == "REJECT" {
                    possible.drop(truth, at: place)
                } else if member.value["type"]?.string != "target", name != "comment" {
                    truth = truth && .unknown
                }
            case "mangle":
                if truth != .no, member.value["key"]?["meta"]?["key"]?.string == "mark" { mark = nil }
            case "notrack":
                if truth == .yes { connectionState = "untracked" }
            default: apply(member, truth, in: chain, place: place, depth: depth, to: &possible)
            }
            guard truth != .no, possible.isRunning else { return }
        }
    }

    /// Applies a verdict.
    private mutating func apply(
        _ verdict: JSONValue.Member, _ truth: Truth, in chain: NFTRuleset.Chain, place: RulePlace, depth: Int,
        to possible: inout Possibilities
    ) {
        switch verdict.name {
        case "accept": possible.accept(truth, at: place)
        case "drop", "reject": possible.drop(truth, at: place)
        case "return": possible.leave(truth, at: place)
        case "queue", "fwd", "synproxy": possible.handOver(truth, at: place)
        case "jump", "goto":
            var name = chain.name
            name.name = verdict.value["target"]?.string ?? ""
            guard depth < Self.deepest, let target = ruleset.chains[name] else { return }
            let inner = walk(target, base: place.baseChain, depth: depth + 1)
            possible.enter(inner, truth, at: place, comesBack: verdict.name == "jump")
        default: break
        }
    }

    /// Applies the verdict that a map has for a key.
    private mutating func lookUp(
        _ body: JSONValue, _ truth: Truth, in chain: NFTRuleset.Chain, place: RulePlace, depth: Int,
        to possible: inout Possibilities
    ) {
        let key = operand(body["key"], chain.name)
        if case .absent = key { return }
        let pairs: [JSONValue]
        if let name = body["data"]?.string, name.hasPrefix("@") {
            pairs = ruleset.elements(name.dropFirst(), for: chain.name) ?? []
        } else {
            pairs = body["data"]?["set"]?.array ?? []
        }
        for pair in pairs {
            guard let pair = pair.array, pair.count == 2, case .object(let verdict) = pair[1], let first = verdict.first
            else { continue }
            let hit = truth && contains(pair[0], key, chain.name)
            guard hit != .no else { continue }
            apply(first, hit, in: chain, place: place, depth: depth, to: &possible)
            // Of a map's keys one can match, and it has been found.
            guard hit != .yes, possible.isRunning else { return }
        }
    }

    private func table(_ chain: NFTRuleset.Chain) -> String { "\(chain.name.family) \(chain.name.table)" }

    private func owner(_ chain: NFTRuleset.Chain) -> RulePlace.Owner {
        if chain.name.table == "firewalld" { return .firewalld }
        guard NFTRuleset.isOfIptables(chain.name) else { return .nftables }
        return .iptables(program: chain.name.family == "ip" ? "iptables" : "ip6tables")
    }

    // MARK: Matches

    private func matches(_ match: JSONValue, _ chain: NFTRuleset.ChainName) -> Truth {
        let left = operand(match["left"], chain)
        if case .absent = left { return .no }
        guard let right = match["right"] else { return .unknown }
        switch match["op"]?.string ?? "==" {
        case "==", "in": return contains(right, left, chain)
        case "!=": return !contains(right, left, chain)
        case let op: return compare(left, op, right)
        }
    }

    private func compare(_ left: NFTOperand, _ op: String, _ right: JSONValue) -> Truth {
        guard case .number(let value) = left, let bound = right.integer.flatMap({ UInt64(exactly: $0) }) else {
            return .unknown
        }
        switch op {
        case "<": return Truth(value < bound)
        case ">": return Truth(value > bound)
        case "<=": return Truth(value <= bound)
        case ">=": return Truth(value >= bound)
        default: return .unknown
        }
    }

    /// Whether the right side of a match has the value.
    private func contains(_ right: JSONValue, _ value: NFTOperand, _ chain: NFTRuleset.ChainName) -> Truth {
        if case .unknown = value { return .unknown }
        switch right {
        case .array(let elements): return any(elements, value, chain)
        case .object(let members):
            guard let member = members.first else { return .unknown }
            switch member.name {
            case "set": return any(member.value.array ?? [member.value], value, chain)
            case "elem": return contains(member.value["val"] ?? .null, value, chain)
            case "prefix": return inNetwork(member.value, value)
            case "range": return inRange(member.value.array ?? [], value)
            case "concat":
                guard case .several(let values) = value, let parts = member.value.array, parts.count == values.count
                else { return .unknown }
                return zip(parts, values).reduce(.yes) { $0 && contains($1.0, $1.1, chain) }
            default: return .unknown
            }
        case .string(let word):
            if word.hasPrefix("@") {
                guard let elements = ruleset.elements(word.dropFirst(), for: chain) else { return .unknown }
                return any(elements, value, chain)
            }
            // The set of all values.
            if word == "*" { return .yes }
            return equals(word, value)
        case .number(let text): return equals(text, value)
        case .bool(let expected):
            guard case .bool(let value) = value else { return .unknown }
            return Truth(value == expected)
        case .null: return .unknown
        }
    }

    private func any(_ elements: [JSONValue], _ value: NFTOperand, _ chain: NFTRuleset.ChainName) -> Truth {
        var best = Truth.no
        for element in elements {
            switch contains(element, value, chain) {
            case .yes: return .yes
            case .unknown: best = .unknown
            case .no: break
            }
        }
        return best
    }

    private func equals(_ word: String, _ value: NFTOperand) -> Truth {
        switch value {
        case .number(let number):
            let other = word.hasPrefix("0x") ? UInt64(word.dropFirst(2), radix: 16) : UInt64(word)
            return other.map { Truth($0 == number) } ?? .unknown
        case .transport(let transport): return TransportNames.matches(word, transport)
        case .address(let range): return AddressText.range(word).map(range.lies(in:)) ?? .unknown
        case .interface(let name):
            return Truth(word.hasSuffix("*") ? name.hasPrefix(word.dropLast()) : name == word)
        case .word(let constant): return Truth(constant == word)
        case .absent: return .no
        case .unknown, .bool, .several: return .unknown
        }
    }

    private func inNetwork(_ prefix: JSONValue, _ value: NFTOperand) -> Truth {
        guard case .address(let range) = value, let text = prefix["addr"]?.string, let length = prefix["len"]?.integer,
            let address = AddressText.address(text)
        else { return .unknown }
        return range.lies(in: AddressRange(AddressPrefix(address, length)))
    }

    private func inRange(_ ends: [JSONValue], _ value: NFTOperand) -> Truth {
        guard ends.count == 2 else { return .unknown }
        switch value {
        case .address(let range):
            guard let first = ends[0].string.flatMap({ AddressText.address($0) }),
                let last = ends[1].string.flatMap({ AddressText.address($0) }),
                let bounds = AddressRange(from: first, through: last)
            else { return .unknown }
            return range.lies(in: bounds)
        case .number, .transport:
            guard let low = ends[0].integer, let high = ends[1].integer, low <= high else { return .unknown }
            if case .number(let number) = value { return Truth(number >= UInt64(low) && number <= UInt64(high)) }
            if case .transport(let number) = value { return Truth((low...high).contains(Int(number))) }
            return .unknown
        default: return .unknown
        }
    }

    // MARK: What the packet has

    private func operand(_ expression: JSONValue?, _ chain: NFTRuleset.ChainName) -> NFTOperand {
        guard case .object(let members) = expression, let member = members.first else { return .unknown }
        let body = member.value
        switch member.name {
        case "meta": return meta(body["key"]?.string ?? "", chain)
        case "payload": return payload(body)
        case "ct": return connection(body["key"]?.string ?? "")
        case "fib": return lookUpRoute(body)
        case "concat":
            let parts = (body.array ?? []).map { operand($0, chain) }
            let isAbsent = parts.contains { if case .absent = $0 { true } else { false } }
            return isAbsent ? .absent : .several(parts)
        case "&":
            guard let parts = body.array, parts.count == 2, case .number(let value) = operand(parts[0], chain),
                let mask = parts[1].integer
            else { return .unknown }
            return .number(value & UInt64(truncatingIfNeeded: mask))
        case "tcp option", "sctp chunk", "dccp option": return .absent
        default: return .unknown
        }
    }

    /// What is kept of the connection. Nobody answers an advertisement, so that each is a new one.
    private func connection(_ key: String) -> NFTOperand {
        switch key {
        case "state": .word(connectionState)
        // Neither source nor destination was changed.
        case "status": .word("unconfirmed")
        case "direction": .word("original")
        default: .unknown
        }
    }

    private func meta(_ key: String, _ chain: NFTRuleset.ChainName) -> NFTOperand {
        let isIncoming = packet.direction == .incoming
        // Within a bridge the interface is one of its ports.
        let interface: NFTOperand = chain.family == "bridge" ? .unknown : .interface(packet.interface.name)
        let group = packet.interface.group.map { NFTOperand.number(UInt64($0)) } ?? .unknown
        switch key {
        case "iif", "iifname": return isIncoming ? interface : .absent
        case "oif", "oifname": return isIncoming ? .absent : interface
        case "iifgroup": return isIncoming ? group : .absent
        case "oifgroup": return isIncoming ? .absent : group
        case "l4proto": return .transport(packet.transport)
        case "nfproto": return .word(packet.family == .ipv4 ? "ipv4" : "ipv6")
        case "protocol": return .word(packet.family == .ipv4 ? "ip" : "ip6")
        case "mark": return mark.map(NFTOperand.number) ?? .unknown
        case "pkttype":
            guard isIncoming else { return .unknown }
            return .word(packet.isMulticast ? "multicast" : "host")
        case "iiftype": return isIncoming ? .word("ether") : .absent
        case "oiftype": return isIncoming ? .absent : .word("ether")
        default: return .unknown
        }
    }

    private func payload(_ body: JSONValue) -> NFTOperand {
        guard let header = body["protocol"]?.string, let field = body["field"]?.string else { return .unknown }
        let isIPv4 = packet.family == .ipv4
        switch (header, field) {
        case ("ip", _) where !isIPv4, ("ip6", _) where isIPv4: return .absent
        case ("ip", "protocol"), ("ip6", "nexthdr"): return .transport(packet.transport)
        case ("ip", "saddr"), ("ip6", "saddr"): return .address(packet.source)
        case ("ip", "daddr"), ("ip6", "daddr"): return .address(AddressRange(packet.destination))
        case ("ip", "ttl"), ("ip6", "hoplimit"): return .number(SimulatedPacket.hopLimit)
        case ("ip", "version"), ("ip6", "version"): return .number(isIPv4 ? 4 : 6)
        case ("ip", "frag-off"): return .number(0)
        case ("ip", _), ("ip6", _): return .unknown
        case ("ether", "type"): return .word(isIPv4 ? "ip" : "ip6")
        case ("ether", _): return .unknown
        case ("ah", _): return packet.transport == 51 ? .unknown : .absent
        case ("th", _): return .unknown
        default: return .absent
        }
    }

    /// What `fib` finds.
    private func lookUpRoute(_ body: JSONValue) -> NFTOperand {
        let flags = body["flags"]?.array?.compactMap(\.string) ?? body["flags"]?.string.map { [$0] } ?? []
        switch body["result"]?.string {
        case "type" where flags.contains("daddr"):
            if packet.isMulticast { return .word("multicast") }
            return .word(packet.direction == .incoming ? "local" : "unicast")
        case "type": return .word(packet.direction == .incoming ? "unicast" : "local")
        case "oif", "oifname":
            guard flags.contains("saddr"), flags.contains("iif"), packet.isReachedBack != .unknown else {
                return .unknown
            }
            return .bool(packet.isReachedBack == .yes)
        default: return .unknown
        }
    }
}
