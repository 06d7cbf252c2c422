import Addresses
import Diagnosis
import Testing

struct IPTablesEvaluationTests {
    private func outcome(
        _ rules: [String], _ packet: SimulatedPacket = .advertisement(), policy: String = "ACCEPT",
        chains: [String] = []
    ) -> String {
        let lines =
            ["*filter", ":INPUT \(policy) [0:0]", ":FORWARD ACCEPT [0:0]", ":OUTPUT ACCEPT [0:0]"]
            + chains.map { ":\($0) - [0:0]" } + rules + ["COMMIT"]
        return outcome(
            IPTablesRuleset(lines.joined(separator: "\n"), family: .ipv4, program: "iptables"), packet)
    }

    private func outcome(_ ruleset: IPTablesRuleset, _ packet: SimulatedPacket) -> String {
        var evaluation = IPTablesEvaluation(ruleset, packet)
        switch evaluation.verdict() {
        case .passes: return "passes"
        case .drops(let place): return "drops: \(place.text)"
        case .undecided: return "undecided"
        }
    }

    /// As iptables-save writes them; each alone, with a policy that accepts.
    @Test(arguments: [
        ("-A INPUT -p vrrp -j DROP", true), ("-A INPUT -p 112 -j DROP", true), ("-A INPUT -p tcp -j DROP", false),
        ("-A INPUT ! -p tcp -j DROP", true), ("-A INPUT -d 224.0.0.18/32 -p vrrp -j REJECT --reject-with x", true),
        ("-A INPUT -d 224.0.0.0/4 -j DROP", true), ("-A INPUT -d 224.0.0.0/255.255.255.0 -j DROP", true),
        ("-A INPUT -d 239.0.0.0/8 -j DROP", false), ("-A INPUT ! -d 10.0.0.1/32 -j DROP", true),
        ("-A INPUT -s 10.0.0.0/24 -j DROP", true), ("-A INPUT -s 192.168.0.0/16 -j DROP", false),
        ("-A INPUT -i eth0 -j DROP", true), ("-A INPUT -i eth+ -j DROP", true), ("-A INPUT -i eth1 -j DROP", false),
        ("-A INPUT ! -i lo -j DROP", true), ("-A INPUT -o eth0 -j DROP", false),
        ("-A INPUT -m conntrack --ctstate INVALID -j DROP", false),
        ("-A INPUT -m conntrack ! --ctstate RELATED,ESTABLISHED -j DROP", true),
        ("-A INPUT -m state --state NEW -j DROP", true),
        ("-A INPUT -m comment --comment \"no -j ACCEPT here\" -j DROP", true),
        ("-A INPUT -m pkttype --pkt-type multicast -j DROP", true),
        ("-A INPUT -m pkttype --pkt-type broadcast -j DROP", false),
        ("-A INPUT -m addrtype --dst-type MULTICAST -j DROP", true),
        ("-A INPUT -m addrtype --dst-type BROADCAST -j DROP", false),
        ("-A INPUT -m ttl --ttl-lt 255 -j DROP", false), ("-A INPUT -m ttl --ttl-eq 255 -j DROP", true),
        ("-A INPUT -m mark --mark 0x1/0xff -j DROP", false), ("-A INPUT -m mark ! --mark 0x1 -j DROP", true),
        ("-A INPUT -m rpfilter --invert -j DROP", false),
        ("-A INPUT -p tcp -m multiport --dports 22,80 -j DROP", false),
        ("-A INPUT -p ah -m ah --ahspi 1:4 -j DROP", false), ("-A INPUT -f -j DROP", false),
        ("-A INPUT -m iprange --src-range 10.0.0.0-10.0.0.255 -j DROP", true),
        ("-A INPUT -j LOG --log-prefix DROP", false), ("-A OUTPUT -p vrrp -j DROP", false),
    ])
    func oneRule(_ rule: String, _ drops: Bool) {
        #expect(outcome([rule]) == (drops ? "drops: \(rule)" : "passes"))
    }

    @Test(arguments: [
        "-A INPUT -m limit --limit 5/min -j DROP", "-A INPUT -s 10.0.0.9/32 -j DROP", "-A INPUT -j NFQUEUE",
        "-A INPUT -m set --match-set bad src -j DROP", "-A INPUT -m recent --update --seconds 60 -j DROP",
    ])
    func whatCannotBeKnownIsADoubt(_ rule: String) {
        #expect(outcome([rule]) == "undecided")
        // Where both ways end the same, it does not matter.
        #expect(outcome([rule, "-A INPUT -j DROP"]) != "passes")
    }

    @Test
    func aDoubtThatMakesNoDifferenceIsNone() {
        #expect(
            outcome(["-A INPUT -m limit --limit 5/min -j DROP", "-A INPUT -j DROP"]).hasPrefix("drops"))
        #expect(outcome(["-A INPUT -m limit --limit 5/min -j ACCEPT"]) == "passes")
    }

    @Test
    func chainsAreEnteredAndLeft() {
        let jump = ["-A INPUT -j guard", "-A INPUT -j DROP", "-A guard -p tcp -j DROP", "-A guard -j RETURN"]
        #expect(outcome(jump, chains: ["guard"]) == "drops: -A INPUT -j DROP")
        let accepted = ["-A INPUT -j guard", "-A INPUT -j DROP", "-A guard -p vrrp -j ACCEPT"]
        #expect(outcome(accepted, chains: ["guard"]) == "passes")
        let gone = ["-A INPUT -g guard", "-A INPUT -j DROP", "-A guard -p tcp -j DROP"]
        #expect(outcome(gone, chains: ["guard"]) == "passes")
        #expect(outcome(gone, policy: "DROP", chains: ["guard"]) == "drops: -P INPUT DROP")
    }

    @Test
    func outgoingRulesAreOfTheOutput() {
        #expect(outcome(["-A OUTPUT ! -o lo -p vrrp -j DROP"], .advertisement(.outgoing)).hasPrefix("drops"))
        #expect(outcome(["-A OUTPUT -o lo -p vrrp -j DROP"], .advertisement(.outgoing)) == "passes")
        #expect(outcome(["-A INPUT -p vrrp -j DROP"], .advertisement(.outgoing)) == "passes")
    }

    /// What both kinds of iptables saved of the firewall that Red Hat's used to begin with.
    @Test(arguments: ["iptables-nft.save", "iptables-legacy.save"])
    func realListings(_ name: String) throws {
        let ruleset = IPTablesRuleset(try Fixture.text(name), family: .ipv4, program: "iptables")
        #expect(ruleset.tracksConnections)
        #expect(
            outcome(ruleset, .advertisement())
                == "drops: -A INPUT -j REJECT --reject-with icmp-host-prohibited")
        #expect(outcome(ruleset, .advertisement(.outgoing)) == "passes")
        #expect(outcome(ruleset, .advertisement6()) == "passes")
    }

    @Test(arguments: [
        "", "*filter", ":INPUT", "-A", "-A INPUT", "*filter\n-A INPUT -j", "*filter\n:INPUT DROP\n-A x ! -p",
    ])
    func brokenListingsDoNoHarm(_ text: String) {
        let ruleset = IPTablesRuleset(text, family: .ipv4, program: "iptables")
        var evaluation = IPTablesEvaluation(ruleset, .advertisement())
        _ = evaluation.verdict()
    }
}
