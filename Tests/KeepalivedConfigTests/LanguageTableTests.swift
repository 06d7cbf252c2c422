import Addresses
import KeepalivedConfig
import Testing

@Suite("The table of keywords")
struct LanguageTableTests {
    /// Block names with their keywords, from Fixtures/keywords.txt.
    private func known() throws -> [(block: String, keyword: String)] {
        let text = String(decoding: try FixtureFiles.bytes("keywords.txt"), as: UTF8.self)
        var block = ""
        var all: [(block: String, keyword: String)] = []
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            if line.hasSuffix(":") {
                block = String(line.dropLast())
            } else {
                all += line.split(separator: " ").map { (block, String($0)) }
            }
        }
        return all
    }

    @Test("It has every keyword of keepalived 2.2 and later, in its block")
    func completeness() throws {
        let table = Set(Keyword.all.map { "\($0.scope.name) \($0.name)" })
        let known = try known()
        #expect(known.count > 400)
        for (block, keyword) in known { #expect(table.contains("\(block) \(keyword)")) }
        #expect(table.count == known.count)
    }

    @Test("No block has a keyword twice, and each says in a sentence what it does")
    func consistency() {
        var seen: Set<String> = []
        for keyword in Keyword.all {
            #expect(seen.insert("\(keyword.scope) \(keyword.name)").inserted, "\(keyword.name)")
            #expect(keyword.summary.hasSuffix("."), "\(keyword.name)")
            if case .noEffectHere(let reason) = keyword.effect { #expect(!reason.isEmpty, "\(keyword.name)") }
        }
    }

    @Test("Every old spelling names a modern one, and works")
    func oldSpellings() {
        let old = Keyword.all.filter { if case .oldSpelling = $0.effect { true } else { false } }
        #expect(old.count >= 10)
        let text = instance("lvs_sync_daemon_interface eth0") + service(real: "TCP_CHECK {\nnb_get_retry 7\n}")
        let understood = Understood(text)
        #expect(understood.codes == ["old-spelling", "old-spelling"])
        #expect(understood.diagnostics.map(\.suggestion) == ["lvs_sync_daemon in global_defs", "retry"])
        #expect(
            understood.configuration.virtualServers.first?.realServers.first?.checkers.first?.timing.retries.value == 7)
    }

    @Test(
        "A keyword without effect here is named in a warning, and kept for show-config",
        arguments: [
            "enable_snmp_vrrp", "enable_dbus", "snmp_socket udp:127.0.0.1:705", "checker_priority -5",
            "max_auto_priority 10", "dbus_service_name org.example", "json_version 2",
        ])
    func withoutEffect(line: String) {
        let understood = Understood("global_defs {\n\(line)\n}\n" + instance())
        #expect(understood.faults == ["warning no-effect 2"])
        #expect(understood.configuration.ignored.map(\.value.keyword) == [String(line.prefix { $0 != " " })])
    }

    @Test(
        "A misspelled keyword is an error with the nearest one of its block",
        arguments: [
            ("prioritty 120", "priority"), ("virtual_ruoter_id 9", "virtual_router_id"), ("adver_int 1", "advert_int"),
            ("no_preempt", "nopreempt"), ("Priority 100", "priority"), ("notify_mastr \"/bin/x\"", "notify_master"),
        ])
    func misspelled(line: String, keyword: String) {
        let understood = Understood(instance(line))
        #expect(understood.faults == ["error unknown-keyword 7"])
        #expect(understood.diagnostics.first?.suggestion == keyword)
    }

    @Test("A keyword of another block says where it belongs")
    func misplaced() {
        let understood = Understood("enable_script_security\n" + instance("weight 5"))
        #expect(understood.faults == ["warning misplaced-keyword 1", "warning misplaced-keyword 8"])
        #expect(understood.diagnostics.first?.expected == "it belongs in global_defs")
    }

    @Test("A block within one that is not closed points at the missing brace")
    func unclosed() {
        let understood = Understood("vrrp_instance A {\n interface eth0\n virtual_router_id 1\n" + instance())
        #expect(understood.codes.contains("misplaced-keyword"))
        #expect(
            understood.diagnostics.first { $0.code == "misplaced-keyword" }?.expected
                == "a } that closes vrrp_instance before it")
    }

    @Test("What is far from every keyword gets no suggestion")
    func strange() {
        let understood = Understood("net.ipv4.ip_nonlocal_bind=1\n" + instance())
        #expect(understood.faults == ["error unknown-keyword 1"])
        #expect(understood.diagnostics.first?.suggestion == nil)
    }

    @Test(
        "Lines with too little, too much or the wrong kind of words",
        arguments: [
            ("priority", "error missing-argument 7"),
            ("priority 100 advert_int 1", "warning extra-words 7"),
            ("priority 100 please", "warning extra-words 7"),
            ("priority 100;", "error bad-number 7"),
            ("priority 0x33", "error bad-number 7"),
            ("advert_int 1s", "error bad-number 7"),
            ("state Master", "warning bad-word 7"),
            ("smtp_alert OFF", "warning bad-boolean 7"),
            ("nopreempt 1", "warning bad-boolean 7"),
            ("interface", "error missing-argument 7"),
            ("mcast_src_ip 192.0.2.1/24", "error bad-address 7"),
            ("interface enp0s31f6interface", "error bad-interface 7"),
            ("notify_master /bin/x -a", "warning bad-command 7"),
            ("notify_master \"\"", "error missing-argument 7"),
            ("track_script", "error block-expected 7"),
        ])
    func words(line: String, fault: String) {
        // The instance's own interface stands before the line, so a second one is a duplicate too.
        #expect(Understood(instance(line)).faults.filter { !$0.contains("duplicate") } == [fault])
    }

    @Test("A block where none belongs")
    func blockWhereNoneBelongs() {
        #expect(Understood(instance("priority 100 {\n}")).faults == ["error unexpected-block 7"])
    }

    @Test("The second of two equal keywords counts, and is warned of")
    func duplicate() {
        let understood = Understood(instance("priority 100\npriority 110"))
        #expect(understood.faults == ["warning duplicate-keyword 8"])
        #expect(understood.diagnostics.first?.related.map(\.span.line) == [7])
        #expect(understood.configuration.instances.first?.priority.value == 110)
    }

    @Test("Where a wider block decides, the default is named after it")
    func widerDefaults() {
        func standard(_ name: String, _ scope: Scope) -> String? {
            Keyword.all.first { $0.name == name && $0.scope == scope }?.standard
        }
        #expect(standard("garp_master_repeat", .instance) == "vrrp_garp_master_repeat")
        #expect(standard("garp_lower_prio_repeat", .instance) == "garp_master_repeat")
        #expect(standard("strict_mode", .instance) == "vrrp_strict")
        #expect(standard("alpha", .virtualServer) == "no")
        #expect(standard("alpha", .realServer) == "the virtual server's")
        #expect(standard("alpha", .tcpCheck) == "the real server's")
        // What is named is a keyword that is there.
        let names = Set(Keyword.all.map(\.name))
        for keyword in Keyword.all {
            guard let wider = Keyword.widerDefault(of: keyword.name, in: keyword.scope), wider.contains("_") else {
                continue
            }
            let name = wider.split { $0 == " " || $0 == "," }.first { $0.contains("_") }.map(String.init) ?? ""
            #expect(names.contains(name), "\(keyword.scope) \(keyword.name): \(wider)")
        }
    }

    @Test("A host of an SMTP_CHECK has a connection of its own; what else it says is said of the whole check")
    func smtpHost() throws {
        let understood = Understood(
            service(
                real: """
                    SMTP_CHECK {
                    connect_port 26
                    host {
                    connect_ip 192.0.2.30
                    connect_timeout 7
                    alpha
                    }
                    }
                    """))
        #expect(understood.codes == ["old-spelling"])
        let check = try #require(understood.configuration.virtualServers.first?.realServers.first?.checkers.first)
        guard case .smtp(let smtp) = check.kind else {
            Issue.record("it is no SMTP_CHECK")
            return
        }
        #expect(smtp.hosts.map(\.address.value?.description) == ["192.0.2.30"])
        #expect(smtp.hosts.map(\.port.value) == [nil])
        #expect(check.connection.address.value == nil)
        #expect(check.connection.port.value == 26)
        #expect(check.timing.connectTimeout.value == .seconds(7))
        #expect(check.isAlpha.value)
    }

    @Test("All faults of a file are found in one run")
    func allAtOnce() {
        let understood = Understood(
            instance("state MASTR\npriority 300\nadvert_int x\nfoo_bar_baz 1") + instance(name: "VI_2"))
        #expect(
            understood.faults == [
                "error bad-word 7", "error out-of-range 8", "error bad-number 9", "error unknown-keyword 10",
                "error duplicate-vrid 14", "warning duplicate-address 16",
            ])
    }
}
