import KeepalivedConfig
import Testing

@Suite("The meaning of instances")
struct MeaningInstanceTests {
    @Test("Each fault is found, and only where it is", arguments: identity + state + intervals + authentication)
    func faults(of item: MeaningCase) {
        #expect(item.isFound(in: item.wrong))
        #expect(!item.isFound(in: item.right))
    }

    static let identity = [
        MeaningCase(
            "no virtual_router_id", "error missing-keyword", "vrrp_instance A {\ninterface eth0\n}", right: instance()),
        MeaningCase(
            "no interface", "error missing-keyword", "vrrp_instance A {\nvirtual_router_id 1\n}",
            right: "vrrp_instance A {\nvirtual_router_id 1\nunicast_src_ip 192.0.2.1\nunicast_peer {\n192.0.2.2\n}\n}"),
        MeaningCase(
            "two instances of one name", "error duplicate-name",
            instance() + instance(vrid: 52, address: "192.0.2.11"),
            right: instance() + instance(name: "VI_2", vrid: 52, address: "192.0.2.11")),
        MeaningCase(
            "one VRID twice on an interface", "error duplicate-vrid",
            instance() + instance(name: "VI_2", address: "192.0.2.11"),
            right: instance() + instance(name: "VI_2", vrid: 52, address: "192.0.2.11")),
        MeaningCase(
            "one VRID twice, in two families: two virtual routers", "error duplicate-vrid",
            instance() + instance(name: "VI_2", address: "192.0.2.11"),
            right: instance() + instance(name: "VI_2", address: "fe80::10")),
        MeaningCase(
            "one VRID for peers that overlap", "error duplicate-vrid",
            instance("unicast_peer {\n192.0.2.3\n}")
                + instance("unicast_peer {\n192.0.2.3\n}", name: "VI_2", address: "192.0.2.11"),
            right: instance("unicast_peer {\n192.0.2.3\n}")
                + instance("unicast_peer {\n192.0.2.4\n}", name: "VI_2", address: "192.0.2.11")),
        MeaningCase(
            "one VRID in two multicast groups", "error duplicate-vrid",
            instance() + instance(name: "VI_2", address: "192.0.2.11"),
            right: instance() + instance("mcast_dst_ip 224.0.0.19", name: "VI_2", address: "192.0.2.11")),
    ]

    static let state = [
        MeaningCase(
            "nopreempt with state MASTER", "warning nopreempt-with-master",
            instance("state MASTER\nnopreempt\npriority 150"),
            right: instance("state BACKUP\nnopreempt\npriority 150")),
        MeaningCase(
            "preempt_delay with state MASTER", "warning preempt-delay-with-master",
            instance("state MASTER\npreempt_delay 5\npriority 150"),
            right: instance("state BACKUP\npreempt_delay 5\npriority 150")),
        MeaningCase(
            "nopreempt of an address owner", "warning nopreempt-of-owner", instance("priority 255\nnopreempt"),
            right: instance("priority 254\nnopreempt")),
        MeaningCase(
            "preempt_delay beside nopreempt", "warning preempt-delay-with-nopreempt",
            instance("nopreempt\npreempt_delay 5"), right: instance("preempt_delay 5")),
        MeaningCase(
            "state MASTER in strict mode", "warning strict-state", instance("strict_mode\nstate MASTER\npriority 200"),
            right: instance("strict_mode\nstate MASTER\npriority 255")),
        MeaningCase(
            "preempt_delay in strict mode", "warning strict-preempt-delay", instance("strict_mode\npreempt_delay 5"),
            right: instance("preempt_delay 5")),
    ]

    static let intervals = [
        MeaningCase(
            "half a second in version 2", "warning interval-version", instance("advert_int 0.5"),
            right: instance("version 3\nadvert_int 0.5")),
        MeaningCase(
            "a minute in version 3", "warning interval-version", instance("version 3\nadvert_int 60"),
            right: instance("advert_int 60")),
        MeaningCase(
            "more than 40.95 seconds in version 3", "warning interval-version", instance("version 3\nadvert_int 40.96"),
            right: instance("version 3\nadvert_int 40.95")),
        MeaningCase(
            "version 2 with IPv6", "warning ipv6-needs-version-3", instance("version 2", address: "fe80::10"),
            right: instance("version 3", address: "fe80::10")),
    ]

    static let authentication = [
        MeaningCase(
            "a password of nine bytes", "warning password-too-long",
            instance("authentication {\nauth_type PASS\nauth_pass 123456789\n}"),
            right: instance("authentication {\nauth_type PASS\nauth_pass 12345678\n}")),
        MeaningCase(
            "a password in version 3", "warning authentication-version",
            instance("version 3\nauthentication {\nauth_type PASS\nauth_pass 1234\n}"),
            right: instance("authentication {\nauth_type PASS\nauth_pass 1234\n}")),
        MeaningCase(
            "a password in strict mode", "warning strict-authentication",
            instance("strict_mode\nauthentication {\nauth_type PASS\nauth_pass 1234\n}"),
            right: instance("authentication {\nauth_type PASS\nauth_pass 1234\n}")),
        MeaningCase(
            "no password", "warning missing-keyword", instance("authentication {\nauth_type PASS\n}"),
            right: instance("authentication {\nauth_type PASS\nauth_pass 1234\n}")),
        MeaningCase(
            "no kind of authentication", "warning missing-keyword", instance("authentication {\nauth_pass 1234\n}"),
            right: instance("authentication {\nauth_type PASS\nauth_pass 1234\n}")),
        MeaningCase(
            "AH of a node that starts as MASTER", "warning header-with-master",
            instance("state MASTER\npriority 150\nauthentication {\nauth_type AH\nauth_pass 1234\n}"),
            right: instance("state BACKUP\npriority 150\nauthentication {\nauth_type AH\nauth_pass 1234\n}")),
        MeaningCase(
            "a key of 31 bytes", "error bad-key",
            instance("version 3\nauth_hmac {\nkey 1 0123456789012345678901234567890\n}"),
            right: instance("version 3\nauth_hmac {\nkey 1 01234567890123456789012345678901\n}")),
        MeaningCase(
            "an odd hexadecimal digit", "error bad-key",
            instance("version 3\nauth_hmac {\nkey 1 hex:\(String(repeating: "0", count: 63))\n}"),
            right: instance("version 3\nauth_hmac {\nkey 1 hex:\(String(repeating: "0", count: 64))\n}")),
        MeaningCase(
            "an active key that is not there", "error unknown-key",
            instance("version 3\nauth_hmac {\nkey 1 01234567890123456789012345678901\nactive_key 2\n}"),
            right: instance("version 3\nauth_hmac {\nkey 1 01234567890123456789012345678901\nactive_key 1\n}")),
        MeaningCase(
            "two keys and no active one", "error missing-keyword",
            instance(
                "version 3\nauth_hmac {\nkey 1 01234567890123456789012345678901\nkey 2 01234567890123456789012345678902\n}"
            ),
            right: instance("version 3\nauth_hmac {\nkey 1 01234567890123456789012345678901\n}")),
    ]

    @Test("What is not taken is corrected, and says why")
    func corrections() {
        let preempting = Understood(instance("state MASTER\nnopreempt\npriority 150")).configuration.instances[0]
        #expect(preempting.preempts.value)
        #expect(preempting.preempts.origin == .because(.stateMaster, preempting.state.span))
        let password = Understood(instance("authentication {\nauth_type PASS\nauth_pass supersecret\n}"))
        #expect(password.configuration.instances[0].authentication?.password.value == "supersec")
        let rounded = Understood(instance("advert_int 1.6")).configuration.instances[0]
        #expect(rounded.advertisementInterval.value == .seconds(2))
        let version = Understood(instance("version 2", address: "fe80::10")).configuration.instances[0]
        #expect(version.version.value == 3)
    }
}
