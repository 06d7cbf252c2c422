package import ControlProtocol

/// What `nft -j list ruleset` lists (libnftables-json(5)).
package struct NFTRuleset: Sendable {
    package struct ChainName: Hashable, Sendable {
        package var family: String
        package var table: String
        package var name: String
    }

    struct Chain {
        var name: ChainName
        /// Nil where no packet comes by itself.
        var hook: String?
        var priority = 0
        var policyDrops = false
        /// The interfaces of an `ingress` or `egress` hook, as far as nft tells.
        var devices: [String] = []
        var rules: [Rule] = []
    }

    struct Rule {
        var handle: Int?
        var comment: String?
        var statements: [JSONValue]
    }

    private(set) var chains: [ChainName: Chain] = [:]
    /// Elements of named sets and maps.
    private var elements: [ChainName: [JSONValue]] = [:]

    /// - Returns: Nil if it is not what nft lists.
    package init?(_ document: JSONValue) {
        guard let objects = document["nftables"]?.array else { return nil }
        var order: [(ChainName, Rule)] = []
        for object in objects {
            if let chain = object["chain"] {
                guard let name = Self.name(chain, "name") else { return nil }
                chains[name] = Chain(
                    name: name, hook: chain["hook"]?.string, priority: chain["prio"]?.integer ?? 0,
                    policyDrops: chain["policy"]?.string == "drop", devices: Self.devices(chain["dev"]))
            } else if let rule = object["rule"] {
                guard let name = Self.name(rule, "chain") else { return nil }
                order.append(
                    (
                        name,
                        Rule(
                            handle: rule["handle"]?.integer, comment: rule["comment"]?.string,
                            statements: rule["expr"]?.array ?? [])
                    ))
            } else if let set = object["set"] ?? object["map"] {
                guard let name = Self.name(set, "name") else { return nil }
                elements[name] = set["elem"]?.array ?? []
            }
        }
        for (name, rule) in order { chains[name]?.rules.append(rule) }
    }

    private static func name(_ object: JSONValue, _ member: String) -> ChainName? {
        guard let family = object["family"]?.string, let table = object["table"]?.string,
            let name = object[member]?.string
        else { return nil }
        return ChainName(family: family, table: table, name: name)
    }

    private static func devices(_ value: JSONValue?) -> [String] {
        value?.array?.compactMap(\.string) ?? value?.string.map { [$0] } ?? []
    }

    /// The elements of the set or map `name` of a chain's table; nil where there is none.
    func elements(_ name: some StringProtocol, for chain: ChainName) -> [JSONValue]? {
        elements[ChainName(family: chain.family, table: chain.table, name: String(name))]
    }

    // MARK: Questions about the whole

    /// Whether iptables made tables in it, whose matches nft cannot name.
    package var hasTablesOfIptables: Bool {
        chains.values.contains { Self.isOfIptables($0.name) }
    }

    /// Whether a table is one of those that `iptables-nft` makes: its names, with chains in capitals.
    static func isOfIptables(_ chain: ChainName) -> Bool {
        ["ip", "ip6"].contains(chain.family)
            && ["filter", "mangle", "nat", "raw", "security"].contains(chain.table)
            && (chain.name == chain.name.uppercased())
    }

    package var hasFirewalld: Bool { chains.keys.contains { $0.table == "firewalld" } }

    /// Whether a rule asks for the state of connections.
    package var tracksConnections: Bool {
        chains.values.contains { chain in chain.rules.contains { $0.statements.contains(where: Self.asksForState) } }
    }

    private static func asksForState(_ statement: JSONValue) -> Bool {
        let key = statement["match"]?["left"] ?? statement["vmap"]?["key"]
        return key?["ct"] != nil
    }
}
