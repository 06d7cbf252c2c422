import Addresses
import KeepalivedConfig
import Testing

@Suite("The meaning of addresses, peers and routes")
struct MeaningAddressTests {
    @Test("Each fault is found, and only where it is", arguments: addresses + peers + lines)
    func faults(of item: MeaningCase) {
        #expect(item.isFound(in: item.wrong))
        #expect(!item.isFound(in: item.right))
    }

    static let addresses = [
        MeaningCase(
            "an address in two instances", "warning duplicate-address", instance() + instance(name: "VI_2", vrid: 52),
            right: instance() + instance(name: "VI_2", vrid: 52, address: "192.0.2.11")),
        MeaningCase(
            "an address twice in an instance", "warning duplicate-address",
            instance("virtual_ipaddress_excluded {\n192.0.2.10\n}"),
            right: instance("virtual_ipaddress_excluded {\n192.0.2.11\n}")),
        MeaningCase(
            "an address that is static too", "error duplicate-address",
            "static_ipaddress {\n192.0.2.10 dev eth0\n}\n" + instance(),
            right: "static_ipaddress {\n192.0.2.11 dev eth0\n}\n" + instance()),
        MeaningCase(
            "both families in one advertisement", "warning mixed-families", instance(address: "192.0.2.10\nfe80::10"),
            right: instance("virtual_ipaddress_excluded {\nfe80::10\n}")),
        MeaningCase(
            "no address", "warning no-virtual-address", "vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\n}",
            right: "vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\nno_virtual_ipaddress\n}"),
        MeaningCase(
            "no address in strict mode", "error no-virtual-address",
            "vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\nstrict_mode\n}",
            right: "vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\n}"),
        MeaningCase(
            "256 addresses", "warning too-many-addresses",
            instance(address: (0...255).map { "192.0.2.\($0)" }.joined(separator: "\n")),
            right: instance(address: (0...254).map { "192.0.2.\($0)" }.joined(separator: "\n"))),
        MeaningCase(
            "90 IPv6 addresses", "warning too-many-addresses",
            instance(address: (0..<90).map { "fe80::\($0)" }.joined(separator: "\n")),
            right: instance(address: (0..<89).map { "fe80::\($0)" }.joined(separator: "\n"))),
        MeaningCase(
            "a first IPv6 address that is not link-local", "warning first-not-link-local",
            instance(address: "2001:db8::10"), right: instance(address: "fe80::10\n2001:db8::10")),
        MeaningCase(
            "the same in strict mode", "error first-not-link-local", instance("strict_mode", address: "2001:db8::10"),
            right: instance("strict_mode", address: "fe80::10")),
    ]

    private static func peer(_ address: String, _ lines: String = "") -> String {
        instance("unicast_src_ip 192.0.2.1\nunicast_peer {\n\(address)\n}\n\(lines)")
    }

    static let peers = [
        MeaningCase(
            "a peer that is the own source", "warning peer-is-self", peer("192.0.2.1"), right: peer("192.0.2.2")),
        MeaningCase(
            "a peer of the other family", "error mixed-families", peer("2001:db8::2"), right: peer("192.0.2.2")),
        MeaningCase(
            "a peer that is a virtual address", "error peer-is-virtual", peer("192.0.2.10"), right: peer("192.0.2.2")),
        MeaningCase(
            "a peer twice", "warning duplicate-peer", peer("192.0.2.2\n192.0.2.2"), right: peer("192.0.2.2\n192.0.2.3")),
        MeaningCase(
            "a source and no peers", "warning no-unicast-peer", instance("unicast_src_ip 192.0.2.1"),
            right: peer("192.0.2.2")),
        MeaningCase(
            "peers in strict mode", "warning strict-unicast", peer("192.0.2.2", "strict_mode"), right: peer("192.0.2.2")
        ),
        MeaningCase(
            "a virtual MAC with peers", "warning unicast-vmac", peer("192.0.2.2", "use_vmac"),
            right: peer("192.0.2.2", "use_vmac\nvmac_xmit_base")),
        MeaningCase(
            "two sources", "warning two-sources", peer("192.0.2.2", "mcast_src_ip 192.0.2.1"), right: peer("192.0.2.2")),
        MeaningCase(
            "a source of the other family", "error mixed-families", instance("mcast_src_ip 2001:db8::1"),
            right: instance("mcast_src_ip 192.0.2.1")),
        MeaningCase(
            "a multicast group that is none", "error bad-address", instance("mcast_dst_ip 192.0.2.200"),
            right: instance("mcast_dst_ip 224.0.0.200")),
        MeaningCase(
            "an IPv6 group beyond the link", "error bad-address",
            instance("mcast_dst_ip ff05::12", address: "fe80::10"),
            right: instance("mcast_dst_ip ff02::13", address: "fe80::10")),
        MeaningCase(
            "TTL limits that nothing fits", "error contradiction", peer("192.0.2.2 min_ttl 255 max_ttl 254"),
            right: peer("192.0.2.2 min_ttl 254 max_ttl 255")),
    ]

    private static func route(_ line: String) -> String { instance("virtual_routes {\n\(line)\n}") }
    private static func rule(_ line: String) -> String { instance("virtual_rules {\n\(line)\n}") }

    static let lines = [
        MeaningCase(
            "a word that is no option of an address", "error unknown-option", instance(address: "192.0.2.10 deb eth0"),
            right: instance(address: "192.0.2.10 dev eth0")),
        MeaningCase(
            "two addresses on a line", "error extra-words", instance(address: "192.0.2.10 192.0.2.11"),
            right: instance(address: "192.0.2.10\n192.0.2.11")),
        MeaningCase(
            "a mask that is none", "error bad-mask", instance(address: "192.0.2.10/33"),
            right: instance(address: "192.0.2.10/255.255.255.0")),
        MeaningCase(
            "a label that the kernel does not take", "error bad-label",
            instance(address: "192.0.2.10 label eth0:0123456789a"),
            right: instance(address: "192.0.2.10 label eth0:012345678")),
        MeaningCase(
            "a route to nowhere", "error missing-argument", route("via 192.0.2.1"),
            right: route("default via 192.0.2.1")),
        MeaningCase(
            "a black hole with a gateway", "error bad-route", route("blackhole 198.51.100.0/24 via 192.0.2.1"),
            right: route("blackhole 198.51.100.0/24")),
        MeaningCase(
            "a route with a gateway of the other family", "error mixed-families", route("2001:db8::/32 via 192.0.2.1"),
            right: route("2001:db8::/32 via fe80::1 dev eth0")),
        MeaningCase(
            "a rule that does nothing", "error missing-argument", rule("from 192.0.2.0/24 preference 5"),
            right: rule("from 192.0.2.0/24 table 5 preference 5")),
        MeaningCase(
            "a rule without a preference", "warning no-preference", rule("from 192.0.2.0/24 table 5"),
            right: rule("from 192.0.2.0/24 table 5 preference 5")),
        MeaningCase(
            "a rule from one family to the other", "error mixed-families",
            rule("from 192.0.2.0/24 to 2001:db8::/32 table 5 preference 5"),
            right: rule("from 192.0.2.0/24 to 198.51.100.0/24 table 5 preference 5")),
    ]

    @Test("Addresses of the other family, and those that an advertisement has no room for, are held all the same")
    func moved() {
        let mixed = Understood(instance(address: "192.0.2.10\nfe80::10\n192.0.2.11")).configuration.instances[0]
        #expect(mixed.addresses.map(\.value.address.description) == ["192.0.2.10", "192.0.2.11"])
        #expect(mixed.excludedAddresses.map(\.value.address.description) == ["fe80::10"])
        let many = Understood(instance(address: (0...255).map { "192.0.2.\($0)" }.joined(separator: "\n")))
        #expect(many.configuration.instances[0].addresses.count == 255)
        #expect(many.configuration.instances[0].excludedAddresses.map(\.value.address.description) == ["192.0.2.255"])
    }

    @Test(
        "An unknown option with its value is one fault",
        arguments: [
            instance(address: "192.0.2.10 labl x dev eth0"), route("default via 192.0.2.1 metrik 3 dev eth0"),
            rule("from 192.0.2.0/24 tabel 5 table 6 preference 5"),
        ])
    func unknownOption(text: String) {
        #expect(Understood(text).codes == ["unknown-option"])
    }

    @Test("An address line with every option is understood")
    func wholeAddressLine() throws {
        let understood = Understood(
            instance(
                address: "192.0.2.10/24 brd 192.0.2.255 dev eth1 scope site label eth1:v peer 192.0.2.99 home "
                    + "noprefixroute no_track preferred_lft 300"))
        #expect(understood.diagnostics.isEmpty)
        let line = try #require(understood.configuration.instances.first?.addresses.first?.value)
        #expect(line.prefix.description == "192.0.2.10/24")
        #expect(line.broadcast == .address(.v4(IPv4Address(192, 0, 2, 255))))
        #expect(line.interface == "eth1")
        #expect(line.scope == .site)
        #expect(line.label == "eth1:v")
        #expect(line.peer?.address == .v4(IPv4Address(192, 0, 2, 99)))
        #expect(line.flags == [.home, .noPrefixRoute, .isNotTracked])
        #expect(line.preferredLifetime == .seconds(300))
    }

    @Test("A route and a rule with many options are understood")
    func wholeRoute() throws {
        let understood = Understood(
            instance(
                """
                virtual_routes {
                    src 192.0.2.10 to 198.51.100.0/24 via 192.0.2.1 or 192.0.2.2 dev eth1 table 100 metric 5 mtu lock 1400
                    203.0.113.0/24 nexthop via 192.0.2.1 dev eth0 weight 1 onlink nexthop via 192.0.2.2 dev eth1 weight 2
                }
                virtual_rules {
                    from 192.0.2.0/24 iif eth0 fwmark 24/12 sport 10-20 uidrange 1-2 table small preference 39 no_track
                }
                """))
        #expect(understood.diagnostics.isEmpty)
        let instance = try #require(understood.configuration.instances.first)
        let first = try #require(instance.routes.first?.value)
        #expect(first.destination?.description == "198.51.100.0/24")
        #expect(first.alternative?.description == "192.0.2.2")
        #expect(first.table == .number(100))
        #expect(first.metric == 5)
        #expect(first.metrics.map(\.name) == ["mtu"])
        #expect(first.metrics.first?.isLocked == true)
        #expect(instance.routes.last?.value.nextHops.map(\.weight) == [1, 2])
        let rule = try #require(instance.rules.first?.value)
        #expect(rule.action == .table(.name("small")))
        #expect(rule.mark?.value == 24)
        #expect(rule.mark?.mask == 12)
        #expect(rule.sourcePorts == 10...20)
        #expect(rule.isNotTracked)
    }
}
