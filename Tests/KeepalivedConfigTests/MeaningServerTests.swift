import Addresses
import KeepalivedConfig
import TestSupport
import Testing

@Suite("The meaning of virtual servers and their checks")
struct MeaningServerTests {
    @Test("Each fault is found, and only where it is", arguments: services + checks)
    func faults(of item: MeaningCase) {
        #expect(item.isFound(in: item.wrong))
        #expect(!item.isFound(in: item.right))
    }

    static let services = [
        MeaningCase(
            "one virtual server twice", "warning duplicate-virtual-server", service() + service(),
            right: service() + service(address: "192.0.2.11 80")),
        MeaningCase(
            "one address with two protocols", "warning duplicate-virtual-server", service() + service(),
            right: service() + service().replacing("protocol TCP", with: "protocol UDP")),
        MeaningCase(
            "one real server twice", "warning duplicate-real-server", service("real_server 192.0.2.20 80 {\n}"),
            right: service("real_server 192.0.2.20 81 {\nlvs_method NAT\n}")),
        MeaningCase(
            "no protocol", "warning missing-keyword", service().replacing("protocol TCP", with: ""), right: service()),
        MeaningCase(
            "no scheduler", "warning missing-keyword", service().replacing("lb_algo rr", with: ""), right: service()),
        MeaningCase(
            "no forwarding method", "warning missing-keyword", service().replacing("lb_kind DR", with: ""),
            right: service()),
        MeaningCase(
            "a group that is not there", "error unknown-virtual-server-group", service(address: "group web"),
            right: "virtual_server_group web {\n192.0.2.10 80\n}\n" + service(address: "group web")),
        MeaningCase(
            "a group that nobody uses", "warning unused", "virtual_server_group web {\n192.0.2.10 80\n}\n" + service(),
            right: "virtual_server_group web {\n192.0.2.10 80\n}\n" + service(address: "group web")),
        MeaningCase(
            "a group whose range runs backwards", "error bad-range",
            "virtual_server_group web {\n192.0.2.10-9 80\n}\n" + service(address: "group web"),
            right: "virtual_server_group web {\n192.0.2.9-10 80\n}\n" + service(address: "group web")),
        MeaningCase(
            "no port and no persistence", "error port-needed", service(address: "192.0.2.10"),
            right: service("persistence_timeout", address: "192.0.2.10")),
        MeaningCase(
            "a quorum above all weights", "warning quorum-too-high", service("quorum 2"), right: service("quorum 1")),
        MeaningCase(
            "a hysteresis of the whole quorum", "warning hysteresis-too-high", service("quorum 1\nhysteresis 1"),
            right: service("quorum 1\nhysteresis 0")),
        MeaningCase(
            "no server with a weight", "warning quorum-too-high", service(real: "weight 0"),
            right: service(real: "weight 1")),
        MeaningCase("a quorum of zero", "warning out-of-range", service("quorum 0"), right: service("quorum 1")),
        MeaningCase(
            "no real server", "warning no-real-server",
            "virtual_server 192.0.2.10 80 {\nlb_algo rr\nlb_kind DR\nprotocol TCP\n}", right: service()),
        MeaningCase(
            "a real server of the other family", "error mixed-families", service("real_server 2001:db8::1 80 {\n}"),
            right: service("real_server 2001:db8::1 80 {\nlvs_method TUN\n}")),
        MeaningCase(
            "another port behind direct routing", "warning port-kept", service("real_server 192.0.2.21 8080 {\n}"),
            right: service("real_server 192.0.2.21 8080 {\nlvs_method NAT\n}")),
        MeaningCase(
            "one-packet scheduling of TCP", "error one-packet-udp", service("ops"),
            right: service("ops").replacing("protocol TCP", with: "protocol UDP")),
        MeaningCase(
            "thresholds in the wrong order", "error contradiction", service(real: "uthreshold 5\nlthreshold 6"),
            right: service(real: "uthreshold 6\nlthreshold 5")),
        MeaningCase(
            "a gue tunnel without a port", "error missing-argument", service(real: "lvs_method TUN type gue"),
            right: service(real: "lvs_method TUN type gue port 5555")),
        MeaningCase(
            "a persistence mask of the other family", "error bad-mask", service("persistence_granularity 64"),
            right: service("persistence_granularity 255.255.255.0")),
        MeaningCase(
            "ha_suspend without an address", "warning no-address", service("ha_suspend", address: "fwmark 7"),
            right: service("ha_suspend")),
        MeaningCase(
            "nothing to inhibit", "warning no-sorry-server", service("sorry_server_inhibit"),
            right: service("sorry_server_inhibit\nsorry_server 192.0.2.99 80")),
        MeaningCase(
            "words behind the port", "warning extra-words", service(address: "192.0.2.10 80 dev eth0"), right: service()
        ),
    ]

    private static func page(_ lines: String) -> String { service(real: "HTTP_GET {\nurl {\npath /\n\(lines)\n}\n}") }
    private static func check(_ name: String, _ lines: String) -> String { service(real: "\(name) {\n\(lines)\n}") }

    private static func marked(_ lines: String) -> String {
        "virtual_server fwmark 7 {\nlb_algo rr\nlb_kind DR\nreal_server 192.0.2.20 {\nTCP_CHECK {\n\(lines)\n}\n}\n}\n"
    }

    static let checks = [
        MeaningCase(
            "a connection to no port", "error port-needed", marked(""), right: marked("connect_port 80")),
        MeaningCase("a page check without a page", "warning missing-keyword", check("HTTP_GET", ""), right: page("")),
        MeaningCase(
            "a regular expression that is none", "error bad-regex", page("regex \"a(b\""), right: page("regex \"a(b)\"")
        ),
        MeaningCase(
            "options of no regular expression", "warning no-regex", page("regex_no_match"),
            right: page("regex_no_match\nregex up")),
        MeaningCase(
            "offsets in the wrong order", "error contradiction",
            page("regex up\nregex_min_offset 5\nregex_max_offset 4"),
            right: page("regex up\nregex_min_offset 4\nregex_max_offset 5")),
        MeaningCase(
            "a status code that is none", "error bad-number", page("status_code 99"),
            right: page("status_code 200-299 404")),
        MeaningCase(
            "a digest of 31 digits", "error bad-digest", page("digest \(String(repeating: "a", count: 31))"),
            right: page("digest \(String(repeating: "a", count: 32))")),
        MeaningCase(
            "a path without a slash", "warning bad-path", page("").replacing("path /", with: "path index.html"),
            right: page("")),
        MeaningCase(
            "a name for a handshake that says none", "warning sni-off",
            check("SSL_GET", "sni_name example.com\nurl {\n}"),
            right: check("SSL_GET", "enable_sni\nsni_name example.com\nurl {\n}")),
        MeaningCase(
            "a script check without a script", "error missing-keyword", check("MISC_CHECK", ""),
            right: check("MISC_CHECK", "misc_path /bin/true")),
        MeaningCase(
            "a script that outlasts its interval", "warning timeout-over-interval",
            check("MISC_CHECK", "misc_path /bin/true\nmisc_timeout 61"),
            right: check("MISC_CHECK", "misc_path /bin/true\nmisc_timeout 60")),
        MeaningCase(
            "a file that is not there", "error unknown-track-file", check("FILE_CHECK", "track_file x"),
            right: "track_file x {\nfile /tmp/x\n}\n" + check("FILE_CHECK", "track_file x")),
        MeaningCase(
            "a session that is not there", "error unknown-bfd-instance", check("BFD_CHECK", "name x"),
            right: "bfd_instance x {\nneighbor_ip 192.0.2.2\n}\n" + check("BFD_CHECK", "name x")),
        MeaningCase(
            "a session that only virtual routers are told of", "error untold-session",
            "bfd_instance x {\nneighbor_ip 192.0.2.2\nvrrp\n}\n" + check("BFD_CHECK", "name x"),
            right: "bfd_instance x {\nneighbor_ip 192.0.2.2\nchecker\n}\n" + check("BFD_CHECK", "name x")),
        MeaningCase(
            "a reply that cannot be", "error contradiction",
            check("UDP_CHECK", "min_reply_length 5\nmax_reply_length 4"),
            right: check("UDP_CHECK", "min_reply_length 4\nmax_reply_length 5")),
        MeaningCase(
            "a domain name with an empty label", "error bad-word", check("DNS_CHECK", "name a..b"),
            right: check("DNS_CHECK", "name a.b.")),
        MeaningCase(
            "a label that no query can carry", "error bad-word",
            check("DNS_CHECK", "name \(String(repeating: "x", count: 64)).org"),
            right: check("DNS_CHECK", "name \(String(repeating: "x", count: 63)).org")),
        MeaningCase(
            "a domain name that no query can carry", "error bad-word",
            check("DNS_CHECK", "name \(String(repeating: "abcdefg.", count: 31))abcdef"),
            right: check("DNS_CHECK", "name \(String(repeating: "abcdefg.", count: 31))abcde")),
        MeaningCase(
            "no domain name at all", "error bad-word", check("DNS_CHECK", "name .."),
            right: check("DNS_CHECK", "name .")),
        MeaningCase(
            "a source of the other family", "error mixed-families", check("TCP_CHECK", "bindto 2001:db8::1"),
            right: check("TCP_CHECK", "bindto 192.0.2.1")),
        MeaningCase(
            "a payload that is not hexadecimal", "error bad-number", check("UDP_CHECK", "payload 0g"),
            right: check("UDP_CHECK", "payload Ab12f 3")),
    ]

    @Test("A quorum beyond the weights is lowered to them")
    func quorum() {
        let server = Understood(service("quorum 5")).configuration.virtualServers[0]
        #expect(server.quorum.value == 1)
        #expect(server.quorum.origin == .because(.sumOfWeights, server.quorum.span))
    }

    @Test("Every form of a group's members is understood")
    func groupMembers() {
        let text = """
            virtual_server_group web {
                192.0.2.1 80
                192.0.2.10-12 80
                192.0.2.250-192.0.3.2 80
                192.0.2.128/30 80
                2001:db8::1-f 80
                fwmark 7
                fwmark 8 inet6
            }

            """ + service(address: "group web")
        let understood = Understood(text)
        #expect(understood.diagnostics.isEmpty)
        let members = understood.configuration.virtualServerGroups[0].members.map(\.value)
        #expect(members.count == 7)
        guard case .range(let low, let high, let port) = members[3] else {
            Issue.record("a network is a range")
            return
        }
        #expect(low.description == "192.0.2.128")
        #expect(high.description == "192.0.2.131")
        #expect(port == 80)
        #expect(members[6] == .firewallMark(8, .ipv6))
    }

    @Test("A template's placeholder is one fault, whatever would be wrong with its line besides")
    func placeholder() {
        let text = instance("priority {{ PRIORITY }}\nauthentication {\nauth_type PASS\nauth_pass {{ PASSWORD }}\n}")
        #expect(Understood(text).codes == ["template-placeholder", "template-placeholder"])
    }
}
