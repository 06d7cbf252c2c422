import Addresses
import Diagnosis
import KeepalivedConfig
import Testing

struct HostChecksTests {
    // MARK: sysctls

    @Test
    func natNeedsForwarding() {
        var host = ExaminedHost(ExaminedHost.service("lb_kind NAT"))
        #expect(host.found() == ["error no-forwarding IPv4"])
        #expect(host.finding("no-forwarding")?.remedies == [.sysctl(path: "net/ipv4/ip_forward", value: "1")])
        #expect(host.finding("no-forwarding")?.mend == ["sysctl -w net.ipv4.ip_forward=1"])
        host.state.sysctls["net/ipv4/ip_forward"] = "1"
        #expect(host.found() == [])
        #expect(ExaminedHost(ExaminedHost.service("lb_kind DR")).found() == [])
    }

    @Test
    func natOnOneNetworkSendsRedirects() {
        var host = ExaminedHost(ExaminedHost.service("lb_kind NAT"))
        host.state.sysctls["net/ipv4/ip_forward"] = "1"
        host.state.sysctls["net/ipv4/conf/eth0/send_redirects"] = "1"
        #expect(host.found() == ["warning sends-redirects eth0"])
        #expect(
            host.finding("sends-redirects")?.remedies
                == [.sysctl(path: "net/ipv4/conf/eth0/send_redirects", value: "0")])
    }

    @Test
    func strictReturnPathsAndVirtualMACs() {
        var host = ExaminedHost(ExaminedHost.instance("use_vmac"))
        host.state.modules.present.insert("macvlan")
        host.state.directorRuns = false
        host.state.sysctls["net/ipv4/conf/all/rp_filter"] = "1"
        #expect(host.found() == ["warning return-path-filter VI_1", "note no-director "])
        host.state.sysctls["net/ipv4/conf/all/rp_filter"] = "2"
        #expect(host.found() == ["note no-director "])
    }

    @Test
    func strictReturnPathsAndPeersElsewhere() {
        var host = ExaminedHost(ExaminedHost.instance("unicast_peer {\n 192.168.0.2\n }"))
        #expect(host.found() == [])
        host.state.sysctls["net/ipv4/conf/eth0/rp_filter"] = "1"
        #expect(host.found() == ["error return-path-filter VI_1"])
    }

    @Test
    func aRealServerKeepsQuiet() {
        var host = ExaminedHost(ExaminedHost.service("lb_kind DR"))
        host.change("lo") { $0.addresses.append(ExaminedHost.address("10.0.0.3", 32)) }
        host.change("eth1") { $0.isUp = false }
        #expect(host.found() == ["error answers-arp eth0", "error announces-arp eth0"])
        host.state.sysctls["net/ipv4/conf/all/arp_ignore"] = "1"
        host.state.sysctls["net/ipv4/conf/eth0/arp_announce"] = "2"
        #expect(host.found() == [])
        // Without the configuration the address may be any router's own.
        host.text = ""
        host.state.sysctls["net/ipv4/conf/all/arp_ignore"] = "0"
        #expect(host.found().first == "warning answers-arp eth0")
    }

    @Test
    func twoInterfacesInOneNetwork() {
        var host = ExaminedHost(ExaminedHost.pair)
        host.change("eth1") { $0.addresses = [ExaminedHost.address("10.0.0.9", 24)] }
        #expect(host.found() == ["warning shared-network eth0"])
        host.state.sysctls["net/ipv4/conf/eth1/arp_ignore"] = "1"
        #expect(host.found() == [])
    }

    @Test
    func aProxyThatBindsTheAddress() {
        var host = ExaminedHost(ExaminedHost.pair)
        host.state.processes = [ProcessFacts(number: 7, name: "haproxy")]
        #expect(host.found() == ["note no-nonlocal-bind haproxy"])
    }

    @Test
    func statefulFirewallsAndNAT() throws {
        var host = ExaminedHost(ExaminedHost.service("lb_kind NAT"))
        host.state.sysctls["net/ipv4/ip_forward"] = "1"
        host.state.sysctls["net/ipv4/vs/conntrack"] = "0"
        host.state.sysctls["net/ipv4/vs/expire_nodest_conn"] = "0"
        #expect(host.found() == ["note keeps-connections "])
        host.state.firewall.nftables = try Fixture.ruleset("server.json")
        #expect(host.found() == ["warning no-conntrack ", "note keeps-connections "])
    }

    // MARK: Modules

    @Test
    func schedulers() {
        var host = ExaminedHost(ExaminedHost.service("lb_kind DR").replacing("lb_algo rr", with: "lb_algo wrr"))
        #expect(host.found() == ["note module-not-loaded ip_vs_wrr"])
        #expect(host.finding("module-not-loaded")?.mend == ["modprobe ip_vs_wrr"])
        host.state.modules.isLoadingDisabled = true
        #expect(host.found() == ["error module-missing ip_vs_wrr"])
        host.state.modules.isLoadingDisabled = false
        host.state.modules.loadable = []
        #expect(host.found() == ["error module-missing ip_vs_wrr"])
        host.state.modules.isComplete = false
        #expect(host.found() == ["note module-unknown ip_vs_wrr"])
    }

    @Test
    func ftpAndVirtualMACs() {
        let ftp = ExaminedHost.service("lb_kind NAT", address: "10.0.0.3 21")
        var host = ExaminedHost(ftp + ExaminedHost.instance("use_vmac"))
        host.state.sysctls["net/ipv4/ip_forward"] = "1"
        #expect(host.found() == ["note module-not-loaded ip_vs_ftp", "note module-not-loaded macvlan"])
    }

    // MARK: Bridges

    @Test
    func snoopingWithoutAQuerier() {
        var host = ExaminedHost(ExaminedHost.instance("", interface: "br0"))
        var bridge = ExaminedHost.interface("br0", "10.0.0.1", 25, 4)
        bridge.kind = "bridge"
        host.state.interfaces.append(bridge)
        host.state.bridgeSettings = [
            "/sys/class/net/br0/bridge/multicast_snooping": "1", "/sys/class/net/br0/bridge/multicast_querier": "0",
        ]
        // 224.0.0.0/24 is flooded by every bridge.
        #expect(host.found() == [])
        host.text = "global_defs {\n vrrp_mcast_group4 239.1.2.3\n}\n" + host.text
        #expect(host.found() == ["warning bridge-snooping br0"])
        host.state.bridgeSettings["/sys/class/net/br0/bridge/multicast_querier"] = "1"
        #expect(host.found() == [])
        host.change("eth0") { $0.master = "br0" }
        host.state.bridgeSettings["/sys/class/net/eth0/brport/multicast_flood"] = "0"
        #expect(host.found() == ["error bridge-flooding eth0"])
    }

    // MARK: Processes, clocks, limits

    @Test
    func otherDaemons() {
        var host = ExaminedHost(ExaminedHost.pair)
        host.state.processes = [ProcessFacts(number: 9, name: "vrrpd", path: "/usr/lib/frr/vrrpd")]
        #expect(host.found() == ["error other-daemon vrrpd of FRR"])
        host.state.directorRuns = false
        host.state.processes = [ProcessFacts(number: 9, name: "keepalived")]
        #expect(host.found() == ["warning other-daemon keepalived"])
        host.state.processes = []
        host.state.advertisementSockets = 2
        #expect(host.found() == ["warning other-listener ", "note no-director "])
    }

    @Test
    func clocks() {
        var host = ExaminedHost(ExaminedHost.pair)
        host.state.clock.jump = .milliseconds(-1500)
        host.state.clock.observed = .seconds(2)
        #expect(host.found() == ["warning time-jump "])
        host.state.clock.jump = .milliseconds(20)
        host.state.clock.isSynchronised = false
        #expect(host.found() == ["note clock-unsynchronised "])
        let key = String(repeating: "k", count: 32)
        host.text = ExaminedHost.instance("version 3\nauth_hmac {\n key 1 \(key)\n }")
        #expect(host.found().contains("warning clock-unsynchronised VI_1"), "\(host.found())")
    }

    @Test
    func realTime() {
        var host = ExaminedHost("global_defs {\n vrrp_rt_priority 50\n}\n" + ExaminedHost.pair)
        host.state.clock.realTimePeriod = 1_000_000
        host.state.clock.realTimeRuntime = 950_000
        #expect(host.found() == [])
        host.state.clock.realTimeRuntime = 0
        #expect(host.found() == ["error realtime-throttled "])
        host.state.clock.realTimeRuntime = -1
        #expect(host.found() == [])
    }

    @Test
    func descriptors() {
        var host = ExaminedHost(ExaminedHost.service("lb_kind DR", server: "TCP_CHECK {\n }"))
        host.state.descriptorLimit = 1024
        #expect(host.found() == [])
        host.state.descriptorLimit = 64
        #expect(host.found() == ["warning few-descriptors "])
    }

    // MARK: Files

    @Test
    func passwordsThatAnybodyReads() {
        var host = ExaminedHost(ExaminedHost.pair)
        host.state.files = [FileFacts(path: "/etc/a.conf", role: .configuration(hasSecrets: true), mode: 0o644)]
        #expect(host.found() == ["warning readable-secrets /etc/a.conf"])
        #expect(host.finding("readable-secrets")?.mend == ["chmod o-rwx /etc/a.conf"])
        host.state.files = [FileFacts(path: "/etc/a.conf", role: .configuration(hasSecrets: false), mode: 0o644)]
        #expect(host.found() == [])
        host.state.files = [FileFacts(path: "/etc/key", role: .key, mode: 0o640)]
        #expect(host.finding("readable-secrets")?.mend == ["chmod go-rwx /etc/key"])
    }

    @Test
    func filesThatOthersWrite() {
        var host = ExaminedHost(ExaminedHost.pair)
        host.state.files = [
            FileFacts(
                path: "/etc/a b.conf", role: .configuration(hasSecrets: false), mode: 0o666,
                writer: "anyone can write /etc/a b.conf")
        ]
        #expect(host.found() == ["warning writable-by-others /etc/a b.conf"])
        #expect(host.finding("writable-by-others")?.mend == ["chmod go-w '/etc/a b.conf'"])
        // Its folder is another matter.
        host.state.files[0].mode = 0o644
        #expect(host.finding("writable-by-others")?.remedies == [])
    }

    @Test
    func theConfigurationsOwnFaults() {
        let host = ExaminedHost(ExaminedHost.pair + "no_such_keyword 5\n")
        let finding = host.finding("configuration-faults")
        #expect(finding?.mend == ["vrrpctl check -f lb.conf"])
        #expect(finding?.evidence.first?.contains("no_such_keyword") == true)
        #expect(ExaminedHost("").found() == ["note no-configuration "])
    }

    // MARK: Firewalls

    @Test
    func theFirewallOfAnInstance() throws {
        var host = ExaminedHost(ExaminedHost.pair)
        host.state.firewall.nftables = try Fixture.ruleset("server.json")
        #expect(host.found() == ["error firewall-drops VI_1"])
        let finding = try #require(host.finding("firewall-drops"))
        #expect(finding.evidence == ["nft: table inet filter chain input: policy drop"])
        #expect(
            finding.mend == ["nft insert rule inet filter input iifname \"eth0\" meta l4proto vrrp accept"])
        // Firewall rules are never changed by --fix.
        #expect(finding.remedies == [])
        host.state.firewall.nftables = try Fixture.ruleset("server-with-vrrp.json")
        #expect(host.found() == [])
        host.text = ExaminedHost.instance("authentication {\n auth_type AH\n auth_pass x\n }")
        #expect(host.finding("firewall-drops")?.message.contains("protocol 51") == true)
        host.text = ""
        #expect(host.found().contains("note firewall-drops ") == false)
    }

    @Test
    func firewalldIsMendedByItsOwnProgram() throws {
        var host = ExaminedHost(ExaminedHost.pair)
        host.state.firewall.nftables = try Fixture.ruleset("firewalld.json")
        #expect(host.finding("firewall-drops")?.mend.last == "firewall-cmd --reload")
        host.state.firewall.nftables = try Fixture.ruleset("firewalld-with-vrrp.json")
        #expect(host.found() == [])
    }

    @Test
    func iptablesIsMendedByItsOwnProgram() throws {
        var host = ExaminedHost(ExaminedHost.pair)
        host.state.firewall.iptables = [
            IPTablesRuleset(try Fixture.text("iptables-legacy.save"), family: .ipv4, program: "iptables-legacy")
        ]
        #expect(
            host.finding("firewall-drops")?.mend
                == ["iptables-legacy -t filter -I INPUT -i eth0 -p vrrp -j ACCEPT"])
    }

    @Test
    func unicastPeersAreLetThrough() throws {
        var host = ExaminedHost(ExaminedHost.instance("unicast_peer {\n 10.0.0.2\n 10.0.0.4\n }"))
        host.state.firewall.iptables = [
            IPTablesRuleset(
                "*filter\n:INPUT DROP\n:OUTPUT ACCEPT\n-A INPUT -s 10.0.0.2/32 -p vrrp -j ACCEPT\n-A INPUT -i lo -j ACCEPT",
                family: .ipv4, program: "iptables")
        ]
        let findings = host.report().findings
        #expect(findings.count == 1)
        #expect(findings.first?.check == "firewall-drops")
    }

    @Test
    func whoMayReceiveIsUnclearWhereTheSenderMatters() {
        var host = ExaminedHost(ExaminedHost.pair)
        host.state.firewall.iptables = [
            IPTablesRuleset(
                "*filter\n:INPUT DROP\n:OUTPUT ACCEPT\n-A INPUT -s 10.0.0.2/32 -p vrrp -j ACCEPT", family: .ipv4,
                program: "iptables")
        ]
        #expect(host.found() == ["warning firewall-unclear VI_1"])
    }
}
