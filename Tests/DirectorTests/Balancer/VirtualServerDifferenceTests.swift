import KeepalivedConfig
import Testing

@testable import Director

@Suite("What a reload says of virtual servers")
struct VirtualServerDifferenceTests {
    private static func text(_ settings: String = "", _ server: String = "", check: String = "TCP_CHECK { }") -> String
    {
        """
        virtual_server 10.0.0.1 80 {
            lb_kind DR
            protocol TCP
            \(settings)
            real_server 10.0.0.11 80 {
                \(server)
                \(check)
            }
            real_server 10.0.0.12 80 {
                TCP_CHECK {
                }
            }
        }
        """
    }

    private static func phrases(_ old: String, _ new: String) -> [String] {
        VirtualServerDifference(from: FakeWorld.configuration(old), to: FakeWorld.configuration(new)).phrases
    }

    private static let before = text("lb_algo rr")

    @Test("Nothing for the same")
    func same() {
        #expect(Self.phrases(Self.before, Self.before) == [])
    }

    @Test(
        "Each keyword of a virtual server, once, and not again for its real servers",
        arguments: [
            ("lb_algo wlc", "lb_algo rr → wlc"), ("lb_algo rr\ndelay_loop 5", "delay_loop 60 → 5"),
            ("lb_algo rr\nconnect_timeout 2", "connect_timeout 5 → 2"), ("lb_algo rr\nretry 4", "retry 1 → 4"),
            ("lb_algo rr\nlvs_method NAT", "lb_kind DR → NAT"),
            ("lb_algo rr\npersistence_timeout 50", "persistence_timeout none → 50"),
            ("lb_algo rr\nquorum 2", "quorum 1 → 2"), ("lb_algo rr\nalpha", "alpha off → on"),
            ("lb_algo rr\nomega", "omega off → on"), ("lb_algo rr\nha_suspend", "ha_suspend off → on"),
            ("lb_algo rr\ninhibit_on_failure", "inhibit_on_failure off → on"),
            ("lb_algo rr\nvirtualhost a.example", "virtualhost none → a.example"),
            ("lb_algo rr\nsorry_server 10.0.0.9 80", "sorry_server none → 10.0.0.9:80"),
            ("lb_algo rr\nquorum_up /bin/true", "quorum_up none → /bin/true"),
            ("lb_algo rr\nsmtp_alert", "smtp_alert off → on"), ("lb_algo rr\nops", "its scheduler flags change"),
        ])
    func keyword(settings: String, phrase: String) {
        let phrases = Self.phrases(Self.before, Self.text(settings))
        #expect(
            phrases.filter { $0.contains("lb_algo rr → wlc") || !$0.contains("lb_algo") }.first?.hasSuffix(phrase)
                == true)
        #expect(phrases.count { !$0.contains("delay_before_retry") && !$0.contains("warmup") } == 1)
    }

    @Test("A real server's own keywords")
    func server() {
        let new = Self.text("lb_algo rr", "weight 5\nnotify_up /bin/true\nuthreshold 9")
        #expect(
            Self.phrases(Self.before, new) == [
                "10.0.0.11:80 of 10.0.0.1:80 TCP: weight 1 → 5", "10.0.0.11:80 of 10.0.0.1:80 TCP: uthreshold 0 → 9",
                "10.0.0.11:80 of 10.0.0.1:80 TCP: notify_up none → /bin/true",
            ])
    }

    @Test("Checks that go on, begin anew, come and go")
    func checks() {
        #expect(
            Self.phrases(Self.before, Self.text("lb_algo rr", check: "TCP_CHECK {\nretry 5\n}"))
                == ["10.0.0.11:80 of 10.0.0.1:80 TCP: TCP_CHECK: retry 1 → 5"])
        #expect(
            Self.phrases(Self.before, Self.text("lb_algo rr", check: "TCP_CHECK {\nconnect_port 81\n}"))
                == ["10.0.0.11:80 of 10.0.0.1:80 TCP: TCP_CHECK asks for something else and begins anew"])
        #expect(
            Self.phrases(Self.before, Self.text("lb_algo rr", check: "PING_CHECK {\n}")) == [
                "10.0.0.11:80 of 10.0.0.1:80 TCP: PING_CHECK is new",
                "10.0.0.11:80 of 10.0.0.1:80 TCP: TCP_CHECK goes",
            ])
    }

    @Test("What is new and what goes")
    func comings() {
        #expect(Self.phrases("", Self.before) == ["virtual server 10.0.0.1:80 TCP is new, with 2 real servers"])
        #expect(Self.phrases(Self.before, "") == ["virtual server 10.0.0.1:80 TCP goes"])
        let other = Self.before.replacing("10.0.0.12", with: "10.0.0.13")
        #expect(
            Self.phrases(Self.before, other) == [
                "virtual server 10.0.0.1:80 TCP: real server 10.0.0.13:80 is new",
                "virtual server 10.0.0.1:80 TCP: real server 10.0.0.12:80 goes",
            ])
    }
}
