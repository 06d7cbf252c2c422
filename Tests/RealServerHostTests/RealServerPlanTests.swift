import Addresses
import RealServerHost
import Reporting
import Routing
import Testing

/// 10.0.0.3 and others on a host with eth0 (10.0.0.21).
@Suite("A real server's plan")
struct RealServerPlanTests {
    private static func address(_ text: String) -> IPAddress {
        guard let address = IPAddress(virtual: text) else { fatalError("no address: \(text)") }
        return address
    }

    private let address = Self.address("10.0.0.3")
    private let other = Self.address("10.0.0.4")
    private let ipv6 = Self.address("2001:db8::3")

    private static func sysctl(_ interface: String, _ name: String) -> Sysctl { Sysctl(.ipv4, interface, name) }

    /// A host as it comes.
    private static let plain: RealServerFacts = {
        var facts = RealServerFacts()
        facts.links = ["lo": true]
        facts.addresses = [Self.address("10.0.0.21"): ["eth0": "eth0"]]
        for interface in ["all", "lo"] {
            facts.sysctls[sysctl(interface, "arp_ignore")] = 0
            facts.sysctls[sysctl(interface, "arp_announce")] = 0
        }
        facts.sysctls[sysctl("all", "rp_filter")] = 0
        return facts
    }()

    /// The host after the steps.
    private func after(_ steps: [RealServerStep], _ facts: RealServerFacts) -> RealServerFacts {
        var facts = facts
        for step in steps {
            switch step {
            case .loadModule(let module):
                let name = module == "ipip" ? "tunl0" : "ip6tnl0"
                facts.links[name] = false
                for setting in ["arp_ignore", "arp_announce", "rp_filter"] where name == "tunl0" {
                    facts.sysctls[Self.sysctl(name, setting)] = 0
                }
            case .setLink(let name, let isUp): facts.links[name] = isUp
            case .write(let sysctl, let value, _): facts.sysctls[sysctl] = value
            case .add(let address, let interface, let label):
                facts.addresses[address, default: [:]][interface] = label ?? ""
            case .remove(let address, let interface, _):
                facts.addresses[address]?[interface] = nil
                if facts.addresses[address]?.isEmpty == true { facts.addresses[address] = nil }
            }
        }
        return facts
    }

    private func commands(_ plan: RealServerPlan) -> [String] { plan.steps.map(\.command) }

    @Test("Direct routing: first the settings, then the address")
    func directRouting() throws {
        let plan = try RealServerPlan.up([address], .dr, Self.plain, RealServerRecord())
        #expect(
            commands(plan) == [
                "sysctl -w net/ipv4/conf/all/arp_ignore=1", "sysctl -w net/ipv4/conf/all/arp_announce=2",
                "sysctl -w net/ipv4/conf/lo/arp_ignore=1", "sysctl -w net/ipv4/conf/lo/arp_announce=2",
                "ip address add 10.0.0.3/32 dev lo label lo:0",
            ])
        #expect(RealServerStatus(address, .dr, after(plan.steps, Self.plain), plan.record).isUp)
        #expect(!RealServerStatus(address, .dr, Self.plain, RealServerRecord()).isUp)
    }

    @Test("IPv6 needs the address alone")
    func ipv6Addresses() throws {
        let plan = try RealServerPlan.up([ipv6], .dr, Self.plain, RealServerRecord())
        #expect(commands(plan) == ["ip address add 2001:db8::3/128 dev lo nodad"])
    }

    @Test("Tunnels: the module, the settings, the interface, the address")
    func tunnels() throws {
        let plan = try RealServerPlan.up([address, ipv6], .tun, Self.plain, RealServerRecord())
        #expect(
            commands(plan) == [
                "modprobe ipip", "sysctl -w net/ipv4/conf/all/arp_ignore=1",
                "sysctl -w net/ipv4/conf/all/arp_announce=2", "sysctl -w net/ipv4/conf/tunl0/arp_ignore=1",
                "sysctl -w net/ipv4/conf/tunl0/arp_announce=2", "sysctl -w net/ipv4/conf/tunl0/rp_filter=2",
                "ip link set tunl0 up", "modprobe ip6_tunnel", "ip link set ip6tnl0 up",
                "ip address add 10.0.0.3/32 dev tunl0 label tunl0:0",
                "ip address add 2001:db8::3/128 dev ip6tnl0 nodad",
            ])
    }

    @Test(
        "rp_filter of the tunnel: the greater one of it and all counts, and 1 is too strict",
        arguments: [(0, 0, nil), (0, 1, 2), (1, 0, 2), (1, 1, 2), (2, 0, 2), (2, 2, nil), (1, 2, nil), (0, 2, nil)]
            as [(Int, Int, Int?)])
    func reversePath(all: Int, own: Int, written: Int?) throws {
        var facts = after([.loadModule("ipip")], Self.plain)
        facts.sysctls[Self.sysctl("all", "rp_filter")] = all
        facts.sysctls[Self.sysctl("tunl0", "rp_filter")] = own
        let plan = try RealServerPlan.up([address], .tun, facts, RealServerRecord())
        let steps = plan.steps.filter { $0.command.contains("rp_filter") }
        #expect(
            steps == (written.map { [.write(Self.sysctl("tunl0", "rp_filter"), $0, before: own)] } ?? []))
    }

    @Test("Settings that are stricter stay, and one that would answer does not")
    func stricter() throws {
        var facts = Self.plain
        facts.sysctls[Self.sysctl("all", "arp_ignore")] = 2
        facts.sysctls[Self.sysctl("lo", "arp_ignore")] = 3
        let plan = try RealServerPlan.up([address], .dr, facts, RealServerRecord())
        #expect(!plan.steps.contains { $0.command.contains("all/arp_ignore") })
        #expect(plan.steps.contains(.write(Self.sysctl("lo", "arp_ignore"), 1, before: 3)))
    }

    @Test("Up twice changes nothing, and down undoes exactly what up did", arguments: [RealServerMethod.dr, .tun])
    func undone(method: RealServerMethod) throws {
        var start = method == .tun ? after([.loadModule("ipip"), .loadModule("ip6_tunnel")], Self.plain) : Self.plain
        start.sysctls[Self.sysctl("all", "arp_announce")] = 1
        let up = try RealServerPlan.up([address, other, ipv6], method, start, RealServerRecord())
        let there = after(up.steps, start)
        let again = try RealServerPlan.up([address, other, ipv6], method, there, up.record)
        #expect(again.steps == [] && again.record == up.record)
        let down = RealServerPlan.down([address, other, ipv6], there, up.record)
        #expect(after(down.steps, there) == start)
        #expect(down.record.isEmpty)
        #expect(RealServerPlan.down([address, other, ipv6], start, down.record).steps == [])
    }

    @Test("What addresses share goes with the last of them")
    func shared() throws {
        let first = try RealServerPlan.up([address], .dr, Self.plain, RealServerRecord())
        let one = after(first.steps, Self.plain)
        let second = try RealServerPlan.up([other], .dr, one, first.record)
        #expect(commands(second) == ["ip address add 10.0.0.4/32 dev lo label lo:1"])
        let both = after(second.steps, one)
        let down = RealServerPlan.down([address], both, second.record)
        #expect(commands(down) == ["ip address del 10.0.0.3/32 dev lo"])
        let last = RealServerPlan.down([other], after(down.steps, both), down.record)
        #expect(after(last.steps, after(down.steps, both)) == Self.plain)
    }

    @Test("Of a tunnel and direct routing, each keeps what it needs")
    func methods() throws {
        let start = after([.loadModule("ipip")], Self.plain)
        let first = try RealServerPlan.up([address], .dr, start, RealServerRecord())
        let one = after(first.steps, start)
        let second = try RealServerPlan.up([other], .tun, one, first.record)
        let both = after(second.steps, one)
        let down = RealServerPlan.down([address], both, second.record)
        #expect(
            commands(down) == [
                "ip address del 10.0.0.3/32 dev lo", "sysctl -w net/ipv4/conf/lo/arp_announce=0",
                "sysctl -w net/ipv4/conf/lo/arp_ignore=0",
            ])
        let rest = after(down.steps, both)
        #expect(RealServerStatus(other, .tun, rest, down.record).isUp)
        #expect(after(RealServerPlan.down([other], rest, down.record).steps, rest) == start)
    }

    @Test("What was there before stays, and what somebody else has changed since")
    func others() throws {
        var start = Self.plain
        start.addresses[address] = ["lo": "lo"]
        let up = try RealServerPlan.up([address], .dr, start, RealServerRecord())
        #expect(!up.steps.contains { $0.command.contains("address add") })
        var there = after(up.steps, start)
        there.sysctls[Self.sysctl("all", "arp_ignore")] = 2
        let down = RealServerPlan.down([address], there, up.record)
        #expect(!down.steps.contains { $0.command.contains("address del") || $0.command.contains("all/arp_ignore") })
        #expect(down.notes.count == 2)
        #expect(down.record.isEmpty)
        // An address that nobody brought up by this program.
        #expect(RealServerPlan.down([address], start, RealServerRecord()).steps == [])
        #expect(RealServerPlan.down([address], start, RealServerRecord()).notes.count == 1)
    }

    @Test("An address that another interface has, and one that is up by the other method, are refused")
    func refused() throws {
        #expect(throws: RealServerError.self) {
            _ = try RealServerPlan.up([Self.address("10.0.0.21")], .dr, Self.plain, RealServerRecord())
        }
        let up = try RealServerPlan.up([address], .dr, Self.plain, RealServerRecord())
        #expect(throws: RealServerError.self) {
            _ = try RealServerPlan.up([address], .tun, after(up.steps, Self.plain), up.record)
        }
    }

    @Test("Every step but a module's can be taken back")
    func inverses() throws {
        let start = after([.loadModule("ipip"), .loadModule("ip6_tunnel")], Self.plain)
        let up = try RealServerPlan.up([address, ipv6], .tun, start, RealServerRecord())
        for count in 0...up.steps.count {
            let done = Array(up.steps.prefix(count))
            #expect(after(done.reversed().compactMap(\.inverse), after(done, start)) == start)
        }
        #expect(RealServerStep.loadModule("ipip").inverse == nil)
    }

    @Test("The record survives its file, and one of another boot is empty")
    func file() throws {
        let start = after([.loadModule("ipip")], Self.plain)
        let first = try RealServerPlan.up([address, ipv6], .dr, start, RealServerRecord())
        let up = try RealServerPlan.up([other], .tun, after(first.steps, start), first.record)
        let text = up.record.text(of: "boot 1")
        #expect(RealServerRecord(text, of: "boot 1") == up.record)
        #expect(RealServerRecord(text, of: "boot 2")?.isEmpty == true)
        for broken in ["", "x", text + "sysctl ipv4\n", text + "address 10.0.0.3\n", text + "other\n"] {
            #expect(RealServerRecord(broken, of: "boot 1") == nil)
        }
    }

    @Test(
        "Addresses that no service can have",
        arguments: [
            "", "x", "10.0.0.3/32", "0.0.0.0", "127.0.0.1", "224.0.0.18", "255.255.255.255", "::", "::1", "ff02::12",
            "10.0.0", "fe80::1%eth0",
        ])
    func addresses(text: String) {
        #expect(IPAddress(virtual: text) == nil)
    }

    @Test("JSON of a plan and of a status")
    func json() throws {
        let up = try RealServerPlan.up([ipv6], .dr, Self.plain, RealServerRecord())
        var text = Text()
        RealServerJSON.write(up, isDryRun: true, into: &text)
        #expect(
            String(decoding: text.bytes, as: UTF8.self)
                == #"{"dryRun":true,"changes":[{"command":"ip address add 2001:db8::3/128 dev lo nodad","#
                + #""before":null}],"notes":[]}"# + "\n")
        text.removeAll()
        RealServerJSON.write([RealServerStatus(ipv6, .dr, Self.plain, up.record)], into: &text)
        #expect(
            String(decoding: text.bytes, as: UTF8.self)
                == #"{"up":false,"addresses":[{"address":"2001:db8::3","method":"dr","up":false,"recorded":true,"#
                + #""parts":[{"name":"address","value":"missing","wanted":"on lo","right":false},"#
                + #"{"name":"interface lo","value":"up","wanted":"up","right":true}]}]}"# + "\n")
    }
}
