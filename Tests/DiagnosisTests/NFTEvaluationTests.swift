import Addresses
import ControlProtocol
import Diagnosis
import Testing

struct NFTEvaluationTests {
    /// What becomes of a packet, in a word.
    private func outcome(_ ruleset: NFTRuleset, _ packet: SimulatedPacket) -> String {
        var evaluation = NFTEvaluation(ruleset, packet)
        switch evaluation.verdict() {
        case .passes: return "passes"
        case .drops: return "drops"
        case .undecided: return "undecided"
        }
    }

    /// The ruleset of rules.json with one of its chains with a hook: `c1` has the first rule, and so on.
    private func ruleset(rule number: Int) throws -> NFTRuleset {
        let objects = try #require(try Fixture.document("rules.json")["nftables"]?.array)
        let kept = objects.filter { object in
            guard let chain = object["chain"]?["name"]?.string ?? object["rule"]?["chain"]?.string else { return true }
            return chain == "c\(number)" || Int(chain.dropFirst()) == nil
        }
        return try #require(NFTRuleset(.object([.init(name: "nftables", value: .array(kept))])))
    }

    /// Each rule alone in a chain whose policy accepts: what it does with an advertisement of a neighbour in
    /// 10.0.0.0/24 that came in by eth0, or with ours that leaves by it.
    @Test(arguments: [
        (1, "ip protocol vrrp drop", "drops", "passes"),
        (2, "ip daddr 224.0.0.18 drop", "drops", "passes"),
        (3, "ip daddr 224.0.0.0/4 drop", "drops", "passes"),
        (4, "ip daddr @groups drop", "drops", "passes"),
        (5, "ip daddr { 224.0.0.1-224.0.0.17, 224.0.0.20 } drop", "passes", "passes"),
        (6, "meta l4proto { tcp, udp } accept", "passes", "passes"),
        (7, "meta l4proto vmap { ah : accept, vrrp : jump denied }", "drops", "passes"),
        (8, "ip protocol vmap @verdicts", "drops", "passes"),
        (9, "meta pkttype multicast drop", "drops", "passes"),
        (10, "ip ttl != 255 drop", "passes", "passes"),
        (11, "ip ttl < 255 drop", "passes", "passes"),
        (12, "iifname \"eth*\" ip protocol 112 drop", "drops", "passes"),
        (13, "iifname \"lo\" drop", "passes", "passes"),
        (14, "iifname != \"eth1\" drop", "drops", "passes"),
        (15, "ip saddr 10.0.0.0/24 drop", "drops", "passes"),
        (16, "ip saddr 10.0.0.7 drop", "undecided", "passes"),
        (17, "ip saddr != 10.0.0.0/16 drop", "passes", "passes"),
        (18, "ct state invalid drop", "passes", "passes"),
        (19, "ct state new drop", "drops", "passes"),
        (20, "ct state != established drop", "drops", "passes"),
        (21, "limit rate 10/second drop", "undecided", "passes"),
        (22, "meta mark 0x1 drop", "passes", "passes"),
        (23, "meta mark and 0xff == 0x0 drop", "drops", "passes"),
        (24, "tcp dport 22 drop", "passes", "passes"),
        (25, "fib daddr type { broadcast, multicast } drop", "drops", "passes"),
        (26, "fib saddr . iif oif missing drop", "passes", "passes"),
        (27, "iifname . ip daddr { \"eth0\" . 224.0.0.18 } drop", "drops", "passes"),
        (28, "meta protocol ip6 drop", "passes", "passes"),
        (29, "ip frag-off and 0x1fff != 0 drop", "passes", "passes"),
        (30, "ip6 nexthdr vrrp drop", "passes", "passes"),
        (31, "jump nothing", "passes", "passes"),
        (32, "goto denied", "drops", "passes"),
        (33, "jump allowed", "passes", "passes"),
        (34, "meta l4proto vrrp limit rate over 5/second drop", "undecided", "passes"),
        (35, "ip dscp cs6 drop", "undecided", "passes"),
        (36, "oifname \"eth0\" meta l4proto vrrp drop", "passes", "drops"),
        (37, "oifname \"lo\" drop", "passes", "passes"),
        (38, "ip daddr 224.0.0.18 reject", "passes", "drops"),
        (39, "ip daddr 224.0.0.18 drop", "drops", "passes"),
        (40, "ip protocol 112 drop", "passes", "drops"),
        (41, "udp dport 53 drop", "passes", "passes"),
        (42, "meta l4proto 112 reject with icmp type admin-prohibited", "drops", "passes"),
        (43, "oifname \"eth0\" drop", "passes", "passes"),
    ])
    func oneRule(_ number: Int, _ rule: String, _ incoming: String, _ outgoing: String) throws {
        let ruleset = try ruleset(rule: number)
        #expect(outcome(ruleset, .advertisement()) == incoming, "in: \(rule)")
        #expect(outcome(ruleset, .advertisement(.outgoing)) == outgoing, "out: \(rule)")
    }

    @Test
    func authenticationHeadersAreAnotherProtocol() throws {
        #expect(outcome(try ruleset(rule: 1), .advertisement(transport: 51)) == "passes")
        #expect(outcome(try ruleset(rule: 8), .advertisement(transport: 51)) == "passes")
        #expect(outcome(try ruleset(rule: 2), .advertisement(transport: 51)) == "drops")
    }

    @Test
    func unicastIsNoMulticast() throws {
        let packet = SimulatedPacket.advertisement(to: "10.0.0.1")
        #expect(outcome(try ruleset(rule: 2), packet) == "passes")
        #expect(outcome(try ruleset(rule: 9), packet) == "passes")
        #expect(outcome(try ruleset(rule: 1), packet) == "drops")
    }

    @Test
    func versionSixHasItsOwnHeader() throws {
        #expect(outcome(try ruleset(rule: 30), .advertisement6()) == "drops")
        #expect(outcome(try ruleset(rule: 28), .advertisement6()) == "drops")
        #expect(outcome(try ruleset(rule: 1), .advertisement6()) == "passes")
        #expect(outcome(try ruleset(rule: 17), .advertisement6()) == "passes")
    }

    @Test
    func theWayBackMatters() throws {
        #expect(outcome(try ruleset(rule: 26), .advertisement(isReachedBack: .no)) == "drops")
        #expect(outcome(try ruleset(rule: 26), .advertisement(isReachedBack: .unknown)) == "undecided")
    }

    /// A server's firewall with `policy drop`: nothing lets an advertisement in, until a rule does.
    @Test
    func policyDrops() throws {
        var evaluation = NFTEvaluation(try Fixture.ruleset("server.json"), .advertisement())
        guard case .drops(let place) = evaluation.verdict() else {
            Issue.record("it passes")
            return
        }
        #expect(place.owner == .nftables)
        #expect(place.table == "inet filter")
        #expect(place.chain == "input")
        #expect(place.text == "policy drop")
        #expect(outcome(try Fixture.ruleset("server.json"), .advertisement(.outgoing)) == "passes")
        #expect(outcome(try Fixture.ruleset("server.json"), .advertisement6()) == "drops")
        #expect(outcome(try Fixture.ruleset("server-with-vrrp.json"), .advertisement()) == "passes")
        #expect(outcome(try Fixture.ruleset("server-with-vrrp.json"), .advertisement(transport: 51)) == "drops")
    }

    /// firewalld's public zone, through five jumps and a goto.
    @Test
    func firewalldRejects() throws {
        var evaluation = NFTEvaluation(try Fixture.ruleset("firewalld.json"), .advertisement())
        guard case .drops(let place) = evaluation.verdict() else {
            Issue.record("it passes")
            return
        }
        #expect(place.owner == .firewalld)
        #expect(place.chain == "filter_IN_public")
        #expect(place.baseChain == "filter_INPUT")
        #expect(place.text == "reject with icmpx admin-prohibited")
        #expect(outcome(try Fixture.ruleset("firewalld.json"), .advertisement(.outgoing)) == "passes")
        #expect(outcome(try Fixture.ruleset("firewalld.json"), .advertisement6()) == "drops")
        #expect(outcome(try Fixture.ruleset("firewalld-with-vrrp.json"), .advertisement()) == "passes")
        #expect(outcome(try Fixture.ruleset("firewalld-with-vrrp.json"), .advertisement6()) == "passes")
    }

    /// nft 1.0.6 does not list the interface of an ingress hook.
    @Test
    func anInterfaceThatIsNotListedIsADoubt() throws {
        let ruleset = try Fixture.ruleset("ingress.json")
        #expect(outcome(ruleset, .advertisement()) == "undecided")
        #expect(outcome(ruleset, .advertisement(.outgoing)) == "passes")
    }

    /// nft shows the matches of iptables as names only.
    @Test
    func matchesOfIptablesAreDoubts() throws {
        let ruleset = try Fixture.ruleset("iptables-nft.json")
        #expect(ruleset.hasTablesOfIptables)
        #expect(outcome(ruleset, .advertisement()) != "passes")
        var evaluation = NFTEvaluation(ruleset, .advertisement(), leavesOutIptables: true)
        #expect(evaluation.verdict() == .passes)
    }

    @Test
    func statesAreAskedFor() throws {
        #expect(try Fixture.ruleset("server.json").tracksConnections)
        #expect(try !Fixture.ruleset("ingress.json").tracksConnections)
        #expect(try Fixture.ruleset("firewalld.json").hasFirewalld)
    }
}
