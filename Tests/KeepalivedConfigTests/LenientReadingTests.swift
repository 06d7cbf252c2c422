import Addresses
import KeepalivedConfig
import Testing

/// What keepalived runs although it complains, or without a word: a warning says what is taken instead.
@Suite("What an operator can live with")
struct LenientReadingTests {
    @Test("A word in the wrong case is taken for what it means")
    func wordCase() throws {
        let understood = Understood(instance("state master"))
        #expect(understood.faults == ["warning bad-word 7"])
        #expect(understood.diagnostics.first?.suggestion == "MASTER")
        #expect(understood.configuration.instances.first?.state.value == .active)
        let service = Understood(service("lb_kind dr\nprotocol tcp"))
        #expect(service.codes.filter { $0 == "bad-word" }.count == 2)
        let server = try #require(service.configuration.virtualServers.first)
        #expect(server.forwarding.value.method == .direct)
        #expect(server.transport.value.rawValue == "TCP")
    }

    @Test("A state that is no state, and that people write", arguments: ["SLAVE", "slave", "STANDBY"])
    func states(word: String) {
        let understood = Understood(instance("state \(word)"))
        #expect(understood.faults == ["warning bad-word 7"])
        #expect(understood.configuration.instances.first?.state.value == .backup)
    }

    @Test("A boolean that is none is taken for what it means", arguments: [("1", true), ("No", false), ("TRUE", true)])
    func booleans(word: String, value: Bool) {
        let understood = Understood("global_defs {\nsmtp_alert \(word)\n}\n" + instance())
        #expect(understood.codes.contains("bad-boolean"))
        #expect(understood.diagnostics.allSatisfy { $0.severity == .warning })
        #expect(understood.configuration.global.mail.alerts.value == value)
    }

    @Test("auth_type in lower case authenticates nothing, as with keepalived", arguments: ["pass", "ah", "none"])
    func authenticationType(word: String) throws {
        let understood = Understood(instance("authentication {\nauth_type \(word)\nauth_pass 1234\n}"))
        #expect(understood.faults == ["warning bad-word 8"])
        let instance = try #require(understood.configuration.instances.first)
        #expect(instance.authentication?.kind.value == nil)
    }

    @Test("Authentication without a password is none")
    func noPassword() throws {
        let understood = Understood(instance("authentication {\nauth_type PASS\n}"))
        #expect(understood.faults == ["warning missing-keyword 8"])
        let instance = try #require(understood.configuration.instances.first)
        #expect(instance.authentication == nil)
    }

    @Test(
        "An interval that the version cannot carry: the nearest one is taken, and named",
        arguments: [
            ("advert_int 0.5", "1", Duration.seconds(1)), ("advert_int 1.5", "2", .seconds(2)),
            ("version 3\nadvert_int 60", "40.95", .milliseconds(40_950)),
        ])
    func intervals(lines: String, named: String, taken: Duration) {
        let understood = Understood(instance(lines))
        #expect(understood.diagnostics.map(\.severity) == [.warning])
        #expect(understood.diagnostics.first?.message.hasSuffix(": \(named) is taken") == true)
        #expect(understood.configuration.instances.first?.advertisementInterval.value == taken)
    }

    @Test("Arguments of a command without quotes are its arguments")
    func unquotedCommand() {
        let understood = Understood("vrrp_script c {\nscript /bin/killall -0 haproxy\n}\n" + instance())
        #expect(understood.faults == ["warning unused 1", "warning bad-command 2"])
        let command = understood.configuration.scripts.first?.command.value
        #expect(command?.words == ["/bin/killall", "-0", "haproxy"])
        #expect(command?.user == nil)
    }

    @Test("A list of peers with this node in it: the others are left")
    func peerIsSelf() {
        let lines = "unicast_src_ip 192.0.2.1\nunicast_peer {\n192.0.2.1\n192.0.2.2\n}"
        let understood = Understood(instance(lines))
        #expect(understood.faults == ["warning peer-is-self 9"])
        #expect(
            understood.configuration.instances.first?.unicastPeers.map(\.value.address.description) == ["192.0.2.2"])
    }

    @Test("A second script, server or real server of one name is left out")
    func secondOnes() {
        let real = "real_server 192.0.2.20 80 {\nweight 7\n}"
        let understood = Understood(
            "vrrp_script c {\nscript /bin/a\n}\nvrrp_script c {\nscript /bin/b\n}\n"
                + instance("track_script {\nc\n}") + service(real) + service())
        #expect(
            understood.codes.filter { $0.hasPrefix("duplicate") }
                == ["duplicate-name", "duplicate-real-server", "duplicate-virtual-server"])
        #expect(understood.diagnostics.allSatisfy { $0.severity == .warning })
        #expect(understood.configuration.scripts.map(\.command.value?.words) == [["/bin/a"]])
        #expect(understood.configuration.virtualServers.count == 1)
        #expect(understood.configuration.virtualServers.first?.realServers.map(\.weight.value) == [7])
    }

    @Test("Keywords of old samples", arguments: ["lvs_id", "router_id"])
    func oldName(keyword: String) {
        let understood = Understood("global_defs {\n\(keyword) LVS_DEVEL\n}\n" + instance())
        #expect(understood.faults == (keyword == "lvs_id" ? ["warning old-spelling 2"] : []))
        #expect(understood.configuration.global.routerID.value == "LVS_DEVEL")
    }

    @Test("A keyword that a sample misspelled is taken for what it meant")
    func misspelledSample() {
        let understood = Understood(instance("lvs_sync_daemon_inteface eth1"))
        #expect(understood.faults == ["warning old-spelling 7"])
        #expect(understood.configuration.instances.first?.syncDaemonInterface.value == "eth1")
    }

    @Test("Version 2 with IPv6 addresses: version 3 is taken")
    func versionOfIPv6() {
        let understood = Understood(instance("version 2", address: "fe80::10"))
        #expect(understood.faults == ["warning ipv6-needs-version-3 7"])
        #expect(understood.configuration.instances.first?.version.value == 3)
    }

    @Test("The lines of a server with a bad address are read all the same")
    func bodiesOfBadServers() {
        let understood = Understood(service("lb_algo foo", real: "weight x", address: "web1 80"))
        #expect(understood.codes.contains("bad-address"))
        #expect(understood.codes.contains("bad-word"))
        #expect(understood.codes.contains("bad-number"))
        #expect(understood.configuration.virtualServers.isEmpty)
    }

    @Test(
        "What is wrong with a value is told at the value, not at its keyword",
        arguments: [
            ("advert_int 0.5", "interval-version", 16),
            ("authentication {\nauth_pass 123456789\n}", "password-too-long", 11),
            ("notify_master \"/bin/a && /bin/b\"", "shell-syntax", 19),
            ("nopreempt\nstate MASTER\npriority 9", "nopreempt-with-master", 5),
        ])
    func columns(lines: String, code: String, column: Int) {
        let found = Understood(instance(lines)).diagnostics.first { $0.code == code }
        #expect(found?.span.map { Int($0.column) } == column)
    }

    @Test("vrrp_version 2 with IPv6 addresses is told, too")
    func globalVersionOfIPv6() {
        let text = "global_defs {\nvrrp_version 2\n}\n"
        #expect(Understood(text + instance(address: "fe80::10")).faults == ["warning ipv6-needs-version-3 2"])
        #expect(Understood(text + instance()).faults.isEmpty)
    }

    @Test("One closing brace too many is harmless at the end, and not before lines that it shuts out")
    func closingBraces() {
        #expect(Understood(instance() + "}\n").faults == ["warning unexpected-closing-brace 9"])
        #expect(
            Understood(instance("}\npriority 5\n")).faults
                == ["warning misplaced-keyword 8", "error unexpected-closing-brace 10"])
    }

    @Test("A check of pages without a page")
    func noPage() {
        #expect(Understood(service(real: "HTTP_GET {\n}")).faults == ["warning missing-keyword 7"])
    }
}
