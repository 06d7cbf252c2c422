import Addresses

/// Sends a packet through the rules of iptables, and says what becomes of it.
package struct IPTablesEvaluation {
    private let ruleset: IPTablesRuleset
    private let packet: SimulatedPacket
    /// The packet's mark; nil when a rule may have changed it.
    private var mark: UInt64? = 0
    private var connectionState = "NEW"
    private var steps = 0

    private static let deepest = 64
    /// Rules that are looked at for one packet, at most.
    private static let mostSteps = 200_000
    /// In the order in which the kernel asks them.
    private static let tables = ["raw", "mangle", "nat", "filter", "security"]

    package init(_ ruleset: IPTablesRuleset, _ packet: SimulatedPacket) {
        self.ruleset = ruleset
        self.packet = packet
    }

    package mutating func verdict() -> FirewallVerdict {
        guard packet.family == ruleset.family else { return .passes }
        var verdict = FirewallVerdict.passes
        for hook in packet.direction == .incoming ? ["PREROUTING", "INPUT"] : ["OUTPUT", "POSTROUTING"] {
            for name in Self.tables {
                for table in ruleset.tables where table.name == name {
                    verdict = verdict.followed(by: walkBase(table, hook))
                    if case .drops = verdict { return verdict }
                }
            }
        }
        return verdict
    }

    private mutating func walkBase(_ table: IPTablesRuleset.Table, _ hook: String) -> FirewallVerdict {
        guard let chain = table.chains[hook], let policy = chain.policy else { return .passes }
        let possible = walk(hook, in: table, base: hook, depth: 0)
        return possible.verdict(
            policyDrop: policy == "DROP" ? place(table, hook, hook, "-P \(hook) DROP") : nil)
    }

    private mutating func walk(_ name: String, in table: IPTablesRuleset.Table, base: String, depth: Int)
        -> Possibilities
    {
        var possible = Possibilities()
        for words in table.chains[name]?.rules ?? [] {
            guard possible.isRunning else { break }
            steps += 1
            guard steps < Self.mostSteps else { break }
            let rule = IPTablesRule(words)
            let truth = matches(rule)
            guard truth != .no else { continue }
            let place = place(table, base, name, "-A \(name) \(IPTablesRule.quoted(words))")
            switch rule.target {
            case nil: break
            case "ACCEPT": possible.accept(truth, at: place)
            case "DROP", "REJECT": possible.drop(truth, at: place)
            case "RETURN": possible.leave(truth, at: place)
            case "QUEUE", "NFQUEUE", "TARPIT", "STEAL", "DELUDE", "SYNPROXY": possible.handOver(truth, at: place)
            case "MARK", "CONNMARK": mark = nil
            case "NOTRACK": if truth == .yes { connectionState = "UNTRACKED" }
            case "CT": if truth == .yes, words.contains("--notrack") { connectionState = "UNTRACKED" }
            case let target?:
                // What is no chain here is a target that changes or counts, and goes on.
                guard table.chains[target] != nil, depth < Self.deepest else { break }
                let inner = walk(target, in: table, base: base, depth: depth + 1)
                possible.enter(inner, truth, at: place, comesBack: !rule.isGoto)
            }
        }
        possible.end()
        return possible
    }

    private func place(_ table: IPTablesRuleset.Table, _ base: String, _ chain: String, _ text: String) -> RulePlace {
        RulePlace(
            owner: .iptables(program: ruleset.program), table: table.name, baseChain: base, chain: chain, text: text)
    }

    // MARK: Matches

    private func matches(_ rule: IPTablesRule) -> Truth {
        var truth = Truth.yes
        for match in rule.matches {
            truth = truth && (match.isInverted ? !value(match) : value(match))
            if truth == .no { return .no }
        }
        return truth
    }

    private func value(_ match: IPTablesRule.Match) -> Truth {
        let isIncoming = packet.direction == .incoming
        switch match.option {
        case "-p": return match.value == "all" ? .yes : TransportNames.matches(match.value, packet.transport)
        case "-s": return AddressText.range(match.value).map(packet.source.lies(in:)) ?? .unknown
        case "-d":
            return AddressText.range(match.value).map(AddressRange(packet.destination).lies(in:)) ?? .unknown
        // In the chains where there is no such interface, the name is empty.
        case "-i": return interface(match.value, isIncoming ? packet.interface.name : "")
        case "-o": return interface(match.value, isIncoming ? "" : packet.interface.name)
        case "--ctstate", "--state":
            return Truth(match.value.split(separator: ",").contains { $0 == connectionState })
        // Neither source nor destination was changed, and nobody has answered.
        case "--ctstatus": return Truth(match.value == "NONE")
        case "--pkt-type":
            guard isIncoming else { return .unknown }
            return Truth(match.value == (packet.isMulticast ? "multicast" : "unicast"))
        case "--dst-type":
            let type = packet.isMulticast ? "MULTICAST" : isIncoming ? "LOCAL" : "UNICAST"
            return Truth(match.value.split(separator: ",").contains { $0 == type })
        case "--src-type":
            return Truth(match.value.split(separator: ",").contains { $0 == (isIncoming ? "UNICAST" : "LOCAL") })
        case "--src-range": return AddressText.range(match.value).map(packet.source.lies(in:)) ?? .unknown
        case "--dst-range":
            return AddressText.range(match.value).map(AddressRange(packet.destination).lies(in:)) ?? .unknown
        case "--ttl-eq", "--hl-eq": return number(match.value) { $0 == SimulatedPacket.hopLimit }
        case "--ttl-lt", "--hl-lt": return number(match.value) { SimulatedPacket.hopLimit < $0 }
        case "--ttl-gt", "--hl-gt": return number(match.value) { SimulatedPacket.hopLimit > $0 }
        case "--mark": return marked(match.value)
        case "--comment": return .yes
        // A later part of a packet that was cut up; advertisements are whole.
        case "-f": return .no
        case "-m rpfilter": return packet.isReachedBack
        default: return .unknown
        }
    }

    private func interface(_ pattern: String, _ name: String) -> Truth {
        Truth(pattern.hasSuffix("+") ? name.hasPrefix(pattern.dropLast()) : name == pattern)
    }

    private func number(_ text: String, _ test: (UInt64) -> Bool) -> Truth {
        UInt64(text).map { Truth(test($0)) } ?? .unknown
    }

    private func marked(_ text: String) -> Truth {
        let parts = text.split(separator: "/").map { part in
            part.hasPrefix("0x") ? UInt64(part.dropFirst(2), radix: 16) : UInt64(part)
        }
        guard let mark, let value = parts.first ?? nil else { return .unknown }
        let mask = parts.count > 1 ? parts[1] ?? 0 : UInt64(UInt32.max)
        return Truth(mark & mask == value)
    }
}
