import Testing

@testable import Director
@testable import KeepalivedConfig

/// What is told about servers; the words were recorded from keepalived 2.2.7.
struct HealthNoticeTests {
    private func configuration(_ text: String) -> Configuration {
        Configuration.understand(ConfigurationReader.read(text: text)).configuration
    }

    private func service(_ head: String, _ body: String = "", server: String = "", checks: String = "") -> VirtualServer
    {
        let configuration = configuration(
            """
            global_defs {
                smtp_alert
                notification_email {
                    a@b
                }
                smtp_server 192.0.2.25
            }
            virtual_server_group GR {
                192.0.2.1 80
            }
            virtual_server \(head) {
                lb_algo rr
                lb_kind NAT
                \(body)
                real_server \(server.isEmpty ? "192.0.2.9 8080" : server) {
                    notify_up "/bin/up 1 2"
                    notify_down "/bin/down"
                    \(checks)
                }
            }
            """)
        return configuration.virtualServers[0]
    }

    @Test(arguments: [
        ("192.0.2.1 80", "protocol TCP", "", "RS [192.0.2.9]:tcp:8080 [192.0.2.1]:tcp:80"),
        ("192.0.2.1 80", "protocol SCTP", "192.0.2.9", "RS [192.0.2.9]:sctp:80 [192.0.2.1]:sctp:80"),
        ("192.0.2.1 0", "protocol TCP", "192.0.2.9 0", "RS [192.0.2.9]:tcp:0 [192.0.2.1]:tcp:0"),
        ("2001:db8::1 53", "protocol UDP", "2001:db8::9 53", "RS [2001:db8::9]:udp:53 [2001:db8::1]:udp:53"),
        ("fwmark 5", "protocol TCP", "", "RS [192.0.2.9]:none:8080 FWM 5"),
        ("group GR", "protocol TCP", "", "RS [192.0.2.9]:tcp:8080 [GR]:0"),
    ])
    func linesAreKeepaliveds(_ head: String, _ body: String, _ server: String, _ line: String) {
        let service = service(head, body, server: server)
        #expect(HealthNotice.server(0, of: service, isUp: true).line == "\(line) UP\n")
        #expect(HealthNotice.server(0, of: service, isUp: false).line == "\(line) DOWN\n")
        let name = service.toldName
        #expect(line.hasSuffix(name))
        #expect(HealthNotice.quorum(of: service, isUp: true, sum: 1).line == "VS \(name) UP\n")
        #expect(HealthNotice.quorum(of: service, isUp: false, sum: 1).line == "VS \(name) DOWN\n")
    }

    @Test
    func scriptsGetTheirOwnArgumentsOnly() {
        let service = service("192.0.2.1 80", "protocol TCP\nquorum_up \"/bin/q u\"\nquorum_down \"/bin/q d\"")
        let calls = [
            HealthNotice.server(0, of: service, isUp: true), HealthNotice.server(0, of: service, isUp: false),
            HealthNotice.quorum(of: service, isUp: true, sum: 1), HealthNotice.quorum(of: service, isUp: false, sum: 0),
        ].flatMap(\.calls)
        #expect(
            calls.map(\.command.words) == [["/bin/up", "1", "2"], ["/bin/down"], ["/bin/q", "u"], ["/bin/q", "d"]])
        #expect(calls.allSatisfy { $0.arguments.isEmpty })
        #expect(
            calls.map(\.title) == [
                "notify_up of [192.0.2.9]:tcp:8080 of [192.0.2.1]:tcp:80",
                "notify_down of [192.0.2.9]:tcp:8080 of [192.0.2.1]:tcp:80", "quorum_up of [192.0.2.1]:tcp:80",
                "quorum_down of [192.0.2.1]:tcp:80",
            ])
    }

    @Test
    func quorumMails() {
        let service = service(
            "192.0.2.1 80", "protocol TCP\nquorum 2\nhysteresis 1", server: "192.0.2.9 8080", checks: "weight 4")
        let notices = [
            HealthNotice.quorum(of: service, isUp: true, sum: 4, atStart: true),
            HealthNotice.quorum(of: service, isUp: false, sum: 0),
            HealthNotice.quorum(of: service, isUp: true, sum: 3),
        ]
        #expect(
            notices.map(\.alert?.finding) == [
                "Starting with quorum up 2+1=3 <= 4", "Lost quorum 2+1=1 <= 0", "Gained quorum 2+1=3 <= 3",
            ])
        #expect(
            notices.map(\.alert?.subject) == ["UP", "DOWN", "UP"].map { "Virtualserver [192.0.2.1]:tcp:80 - \($0)" })
    }

    @Test(arguments: [
        ("TCP_CHECK", "TCP CHECK succeed on service", "TCP CHECK failed on service"),
        ("PING_CHECK", "ICMP CHECK succeed on service", "ICMP CHECK failed on service"),
        ("UDP_CHECK", "UDP CHECK succeed on service", "UDP CHECK failed on service"),
        ("DNS_CHECK", "DNS_CHECK: succeeded on service", "DNS_CHECK: failed on service"),
        ("HTTP_GET", "CHECK succeed on service", "CHECK failed on service : HTTP request failed"),
        ("SSL_GET", "CHECK succeed on service", "CHECK failed on service : HTTP request failed"),
        ("SMTP_CHECK", "CHECK succeed on service", "CHECK failed on service : why"),
        ("MISC_CHECK", "MISC CHECK succeeded on service", "MISC CHECK failed on service"),
    ])
    func checkMails(_ keyword: String, _ good: String, _ bad: String) {
        let body =
            switch keyword {
            case "HTTP_GET", "SSL_GET": "url {\npath /\n}"
            case "MISC_CHECK": "misc_path \"/bin/true\""
            default: ""
            }
        let service = service("192.0.2.1 80", "protocol TCP", checks: "\(keyword) {\n\(body)\n}")
        let up = HealthNotice.check(0, of: 0, in: service, isUp: true, serverIsUp: false, serverChanged: false)
        let down = HealthNotice.check(
            0, of: 0, in: service, isUp: false, reason: "why", serverIsUp: false, serverChanged: true)
        #expect(up.alert?.finding == good)
        #expect(down.alert?.finding == bad)
        // The subject has the server's state, which another check may keep down.
        #expect(up.alert?.subject == "Realserver [192.0.2.9]:tcp:8080 of virtual server [192.0.2.1]:tcp:80 - DOWN")
        #expect(up.isAboutCheckOnly && !down.isAboutCheckOnly)
        #expect(up.line == nil && down.line == nil)
        #expect(up.calls.isEmpty && down.calls.isEmpty)
    }

    @Test
    func farewells() {
        let service = service("fwmark 5")
        #expect(
            HealthNotice.removal(of: 0, in: service).alert
                == Alert(
                    subject: "Realserver [192.0.2.9]:none:8080 of virtual server FWM 5 - DOWN", finding: "Removing"))
        #expect(HealthNotice.shutdown(of: 0, in: service).alert?.finding == "Shutting down")
        #expect(HealthNotice.removal(of: 0, in: service).line == nil)
    }

    @Test
    func whoWantsNoMailGetsNone() {
        let checks = "smtp_alert off\nTCP_CHECK {\n}\nFILE_CHECK {\ntrack_file f\n}"
        let silent = service("192.0.2.1 80", "smtp_alert off", checks: checks)
        #expect(HealthNotice.quorum(of: silent, isUp: true, sum: 1).alert == nil)
        let check = HealthNotice.check(0, of: 0, in: silent, isUp: true, serverIsUp: true, serverChanged: true)
        #expect(check.alert == nil)
        #expect(HealthNotice.removal(of: 0, in: silent).alert == nil)
        #expect(HealthNotice.server(0, of: service("192.0.2.1 80"), isUp: true).alert == nil)
    }
}
