/// The firewalls of this host, as their programs list them.
package struct FirewallFacts: Sendable {
    /// What `nft -j list ruleset` lists; nil where it could not be asked.
    package var nftables: NFTRuleset?
    package var iptables: [IPTablesRuleset] = []
    /// Whether iptables' rules in nftables are among `iptables`.
    package var listsIptablesInNftables = false
    /// What could not be asked, and why: a sentence each.
    package var unanswered: [String] = []
    package var hasFirewalld = false

    package init() {}

    /// Whether any rule asks for the state of connections.
    package var tracksConnections: Bool {
        nftables?.tracksConnections ?? false || iptables.contains { $0.tracksConnections }
    }

    /// What all of them together do with a packet.
    package func verdict(_ packet: SimulatedPacket) -> FirewallVerdict {
        var verdict = FirewallVerdict.passes
        if let nftables {
            var evaluation = NFTEvaluation(nftables, packet, leavesOutIptables: listsIptablesInNftables)
            verdict = evaluation.verdict()
        }
        for ruleset in iptables {
            verdict = verdict.followed(by: Self.verdict(ruleset, packet))
        }
        return verdict
    }

    private static func verdict(_ ruleset: IPTablesRuleset, _ packet: SimulatedPacket) -> FirewallVerdict {
        var evaluation = IPTablesEvaluation(ruleset, packet)
        return evaluation.verdict()
    }
}
