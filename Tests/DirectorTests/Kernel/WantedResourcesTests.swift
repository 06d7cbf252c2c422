import Addresses
import Director
import Glibc
import KeepalivedConfig
import NetworkTestSupport
import Routing
import Testing

/// Lines of a configuration put into a real kernel, against what keepalived 2.2.7 made of the same lines there
/// (`ip -d -o address`, `ip -d route`, `ip -d rule`, recorded).
@Suite("What lines of a configuration ask of the kernel", .enabled(if: canMakeNetworks))
struct WantedResourcesTests {
    static func configuration(_ text: String) -> Configuration {
        Configuration.understand(ConfigurationReader.read(text: text)).configuration
    }

    /// What an instance on w0 with these blocks wants.
    static func wanted(_ blocks: String, _ head: String = "") throws -> WantedResources {
        let configuration = configuration(
            """
            vrrp_instance A {
                interface w0
                virtual_router_id 51
                \(head)
                virtual_ipaddress {
                    10.0.0.1/24
                }
                \(blocks)
            }
            """)
        let instance = try #require(configuration.instances.first)
        let state = try NetworkMonitor().state
        let base = try #require(state.link(named: "w0")).index
        return WantedResources(of: instance, base: base, virtual: nil, state: state, names: RoutingNames(folders: []))
    }

    static func install(_ wanted: WantedResources) throws -> [RoutingError] {
        let network = try KernelNetwork()
        return network.apply(
            wanted.resources.map { resource in
                switch resource {
                case .address(let spec): .addAddress(spec)
                case .route(let spec): .addRoute(spec)
                case .rule(let spec): .addRule(spec)
                }
            }
        ).compactMap(\.self)
    }

    static let addresses: [(line: String, shown: String)] = [
        ("10.1.0.1/24", "inet 10.1.0.1/24 scope global w0 forever forever"),
        ("10.1.1.1", "inet 10.1.1.1/32 scope global w0 forever forever"),
        ("10.1.2.1/24 brd +", "inet 10.1.2.1/24 brd 10.1.2.255 scope global w0 forever forever"),
        ("10.1.3.1/24 brd -", "inet 10.1.3.1/24 brd 10.1.3.0 scope global w0 forever forever"),
        ("10.1.4.1/24 brd 10.1.4.99", "inet 10.1.4.1/24 brd 10.1.4.99 scope global w0 forever forever"),
        ("10.1.5.1/24 dev w2 scope link label w2:vip", "inet 10.1.5.1/24 scope link w2:vip forever forever"),
        ("10.1.6.1/24 scope nowhere", "inet 10.1.6.1/24 scope nowhere w0 forever forever"),
        ("10.1.7.1 peer 10.1.8.1", "inet 10.1.7.1 peer 10.1.8.1/32 scope global w0 forever forever"),
        ("10.1.9.1/24 noprefixroute", "inet 10.1.9.1/24 scope global noprefixroute w0 forever forever"),
        ("10.1.10.1/24 preferred_lft 0", "inet 10.1.10.1/24 scope global w0 forever forever"),
        ("10.1.11.1/24 home", "inet 10.1.11.1/24 scope global w0 forever forever"),
        ("10.1.12.1/24 mngtmpaddr", "inet 10.1.12.1/24 scope global w0 forever forever"),
        ("10.1.13.1/24 -nodad", "inet 10.1.13.1/24 scope global w0 forever forever"),
        ("fd00::1", "inet6 fd00::1/128 scope global nodad deprecated forever 0sec"),
        ("fd00:1::1/64", "inet6 fd00:1::1/64 scope global nodad forever forever"),
        ("fd00:2::1 preferred_lft forever", "inet6 fd00:2::1/128 scope global nodad forever forever"),
        ("fd00:3::1/64 home mngtmpaddr", "inet6 fd00:3::1/64 scope global nodad home mngtmpaddr forever forever"),
        ("fd00:6::1/64 preferred_lft 0", "inet6 fd00:6::1/64 scope global nodad deprecated forever 0sec"),
    ]

    @Test("Addresses as keepalived's", arguments: addresses)
    func address(_ line: String, _ shown: String) throws {
        try inOwnNetwork {
            let wanted = try Self.wanted("virtual_ipaddress_excluded {\n \(line)\n }")
            #expect(wanted.faults == [] && wanted.addresses.count == 2)
            #expect(try Self.install(wanted) == [])
            let seen = try shell("ip -d -o address show dev w0; ip -d -o address show dev w2").split(separator: "\n")
                .map { line in
                    // Without the number, the name, the line's continuation and the words for the lifetimes.
                    line.split(separator: " ").dropFirst(2).filter { !["valid_lft", "preferred_lft"].contains($0) }
                        .map { $0.replacing("\\", with: "") }.filter { !$0.isEmpty }.joined(separator: " ")
                }
            #expect(seen.contains(shown), "\(seen)")
        }
    }

    @Test("An IPv6 address whose line says so has its duplicates looked for")
    func duplicateDetection() throws {
        try inOwnNetwork {
            let wanted = try Self.wanted("virtual_ipaddress_excluded {\n fd00:4::1/64 -nodad\n }")
            #expect(try Self.install(wanted) == [])
            #expect(try !shell("ip -d -o -6 address show dev w0").contains("nodad"))
        }
    }

    static let routes: [(line: String, shown: String)] = [
        ("192.168.1.0/24 via 10.0.0.2", "unicast 192.168.1.0/24 via 10.0.0.2 dev w0 table main scope global"),
        ("192.168.2.0/24 dev w0", "unicast 192.168.2.0/24 dev w0 table main scope global"),
        ("192.168.2.77/24", "unicast 192.168.2.0/24 dev w0 table main scope global"),
        (
            "src 10.0.0.1 to 192.168.3.0/24 via 10.0.0.3 dev w0 metric 5",
            "unicast 192.168.3.0/24 via 10.0.0.3 dev w0 table main scope global src 10.0.0.1 metric 5"
        ),
        (
            "192.168.4.0/24 via 10.0.0.2 table local",
            "unicast 192.168.4.0/24 via 10.0.0.2 dev w0 table local scope global"
        ),
        ("blackhole 192.168.5.0/24", "blackhole 192.168.5.0/24 table main scope global"),
        ("unreachable 192.168.6.0/24", "unreachable 192.168.6.0/24 table main scope global"),
        ("prohibit 192.168.7.0/24", "prohibit 192.168.7.0/24 table main scope global"),
        ("throw 192.168.8.0/24 table 100", "throw 192.168.8.0/24 table 100 scope global"),
        ("local 192.168.9.0/24 dev w0", "local 192.168.9.0/24 dev w0 table local scope host"),
        ("broadcast 192.168.10.255 dev w0", "broadcast 192.168.10.255 dev w0 table local scope link"),
        (
            "192.168.11.0/24 nexthop via 10.0.0.2 weight 2 nexthop via 10.0.0.3 dev w0 weight 3",
            "unicast 192.168.11.0/24 table main scope global nexthop via 10.0.0.2 dev w0 weight 2 "
                + "nexthop via 10.0.0.3 dev w0 weight 3"
        ),
        (
            "192.168.12.0/24 via 10.0.0.2 mtu 1400 advmss lock 1300 rtt 200ms initcwnd 10 quickack 1",
            "unicast 192.168.12.0/24 via 10.0.0.2 dev w0 table main scope global mtu 1400 rtt 200ms "
                + "advmss lock 1300 initcwnd 10 quickack 1"
        ),
        (
            "192.168.13.0/24 via 10.77.0.2 dev w0 onlink",
            "unicast 192.168.13.0/24 via 10.77.0.2 dev w0 table main scope global onlink"
        ),
        (
            "192.168.14.0/24 via inet6 fe80::9 dev w0",
            "unicast 192.168.14.0/24 via inet6 fe80::9 dev w0 table main scope global"
        ),
        ("192.168.15.0/24 dev w0 scope host", "unicast 192.168.15.0/24 dev w0 table main scope host"),
        (
            "192.168.16.0/24 via 10.0.0.2 or 10.0.0.3 dev w0",
            "unicast 192.168.16.0/24 table main scope global nexthop via 10.0.0.2 dev w0 weight 1 "
                + "nexthop via 10.0.0.3 dev w0 weight 1"
        ),
        (
            "192.168.18.0/24 via 10.0.0.2 realms 3/4",
            "unicast 192.168.18.0/24 via 10.0.0.2 dev w0 table main scope global realms 3/4"
        ),
        (
            "192.168.19.0/24 via 10.0.0.2 tos 0x10",
            "unicast 192.168.19.0/24 tos 0x10 via 10.0.0.2 dev w0 table main scope global"
        ),
        (
            "192.168.20.0/24 via 10.0.0.2 features ecn congctl reno",
            "unicast 192.168.20.0/24 via 10.0.0.2 dev w0 table main scope global features ecn congctl reno"
        ),
        ("default via 10.0.0.9 metric 77", "unicast default via 10.0.0.9 dev w0 table main scope global metric 77"),
        ("multicast 239.1.0.0/16 dev w0", "multicast 239.1.0.0/16 dev w0 table main scope global"),
        (
            "192.168.21.0/24 via 10.0.0.2 rttvar 1s rto_min 300ms",
            "unicast 192.168.21.0/24 via 10.0.0.2 dev w0 table main scope global rttvar 1s rto_min 300ms"
        ),
        (
            "192.168.22.0/24 encap ip id 7 dst 10.0.0.4 src 10.0.0.1 tos 4 ttl 9 via 10.0.0.2 dev w0",
            "unicast 192.168.22.0/24 encap ip id 7 src 10.0.0.1 dst 10.0.0.4 ttl 9 tos 4 via 10.0.0.2 dev w0 "
                + "table main scope global"
        ),
        (
            "fd01::/64 via fd00::2 dev w0",
            "unicast fd01::/64 via fd00::2 dev w0 table main scope global metric 1024 pref medium"
        ),
        ("blackhole fd02::/64", "blackhole fd02::/64 dev lo table main scope global metric 1024 pref medium"),
        ("fd03::/64 dev w0 metric 12", "unicast fd03::/64 dev w0 table main scope global metric 12 pref medium"),
        (
            "fd04::/64 nexthop via fd00::2 dev w0 nexthop via fd00::3 dev w0 weight 4",
            "unicast fd04::/64 table main scope global metric 1024 pref medium "
                + "nexthop via fd00::2 dev w0 weight 1 nexthop via fd00::3 dev w0 weight 4"
        ),
        (
            "fd05::/64 via fd00::2 pref high",
            "unicast fd05::/64 via fd00::2 dev w0 table main scope global metric 1024 pref high"
        ),
    ]

    @Test("Routes as keepalived's, and those that it cannot", arguments: routes)
    func route(_ line: String, _ shown: String) throws {
        try inOwnNetwork {
            try shell("ip address add fd00::1/64 dev w0 nodad")
            let wanted = try Self.wanted("virtual_routes {\n \(line)\n }")
            #expect(wanted.faults == [])
            #expect(try Self.install(wanted) == [])
            let seen = try shell(
                "ip -d -4 route show table all proto keepalived; ip -d -6 route show table all proto keepalived")
            let words = seen.split { $0 == " " || $0 == "\n" || $0 == "\t" }.joined(separator: " ")
            #expect(words.replacing(" proto keepalived", with: "") == shown)
        }
    }

    static let rules: [(line: String, shown: String)] = [
        ("from 10.0.0.1 table 100", "16384: from 10.0.0.1 lookup 100"),
        ("to 10.5.0.0/16 table 200 preference 500", "500: from all to 10.5.0.0/16 lookup 200"),
        ("from 10.6.0.0/16 blackhole preference 501", "501: from 10.6.0.0/16 blackhole"),
        (
            "fwmark 5/0xff iif w0 oif w2 table 300 preference 502",
            "502: from all fwmark 0x5/0xff iif w0 oif w2 lookup 300"
        ),
        ("not from 10.7.0.0/16 tos 0x10 unreachable preference 503", "503: not from 10.7.0.0/16 tos 0x10 unreachable"),
        ("from 10.8.0.0/16 goto 600 preference 504", "504: from 10.8.0.0/16 goto 600 [unresolved]"),
        ("from 10.8.1.0/24 nop preference 600", "600: from 10.8.1.0/24 nop"),
        (
            "uidrange 100-200 ip_proto tcp sport 10-20 dport 80 table 400 preference 505",
            "505: from all uidrange 100-200 ipproto tcp sport 10-20 dport 80 lookup 400"
        ),
        (
            "from all suppress_prefixlength 0 table main preference 506",
            "506: from all lookup main suppress_prefixlength 0"
        ),
        ("from all suppress_ifgroup 3 table main preference 507", "507: from all lookup main suppress_ifgroup 3"),
        ("l3mdev preference 509", "509: from all lookup [l3mdev-table]"),
        ("from fd09::/64 table 100", "16384: from fd09::/64 lookup 100"),
        ("from fd0a::/64 prohibit preference 510", "510: from fd0a::/64 prohibit"),
        ("tun_id 77 table 100 preference 511", "511: from all tun_id 77 lookup 100"),
        (
            "from 10.10.0.0/16 table 100 protocol static preference 512",
            "512: from 10.10.0.0/16 lookup 100 proto static"
        ),
    ]

    @Test("Rules as keepalived's, and those that it cannot", arguments: rules)
    func rule(_ line: String, _ shown: String) throws {
        try inOwnNetwork {
            let wanted = try Self.wanted("virtual_rules {\n \(line)\n }")
            #expect(wanted.faults == [])
            #expect(try Self.install(wanted) == [])
            let seen = try shell("ip -d rule show; ip -d -6 rule show").split(separator: "\n").map {
                $0.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
                    .replacing(" proto keepalived", with: "")
            }
            #expect(seen.contains(shown), "\(seen)")
        }
    }

    @Test("What is not there is a fault of its line and of no other")
    func faults() throws {
        try inOwnNetwork {
            let wanted = try Self.wanted(
                """
                virtual_ipaddress_excluded {
                    10.1.0.1/24 dev w9
                    10.1.0.2/24 dev w2 use_vmac
                    10.1.0.3/24 dev w2
                }
                virtual_routes {
                    192.168.1.0/24 via 10.0.0.2 table nowhere
                    192.168.2.0/24 via 10.0.0.2
                    192.168.3.0/24 via 10.0.0.2 vrf w0
                }
                """)
            #expect(
                wanted.faults == [
                    "address 10.1.0.1/24: there is no interface w9",
                    "address 10.1.0.2/24: there is no interface with the virtual MAC over w2",
                    "route 192.168.1.0/24 via 10.0.0.2 table nowhere: there is no routing table nowhere",
                    "route 192.168.3.0/24 via 10.0.0.2 vrf w0: the interface w0 is no VRF",
                ])
            #expect(wanted.addresses.count == 2 && wanted.resources.count == 3)
        }
    }

    @Test("An address goes on the virtual MAC over its interface")
    func virtualMAC() throws {
        try inOwnNetwork {
            try shell("ip link add v2 link w2 address 00:00:5e:00:01:33 type macvlan mode private")
            let wanted = try Self.wanted("virtual_ipaddress_excluded {\n 10.1.0.2/24 dev w2 use_vmac\n }")
            let index = try #require(try KernelNetwork().link(named: "v2")).index
            #expect(wanted.faults == [] && wanted.addresses.last?.interface == index)
        }
    }

    @Test("Static lines go on the interfaces that they name")
    func statics() throws {
        try inOwnNetwork {
            let configuration = Self.configuration(
                """
                static_ipaddress {
                    10.2.0.1/24 dev w2
                    fd02::1/64 dev w2
                }
                static_routes {
                    192.168.1.0/24 via 10.2.0.2 dev w2
                }
                static_rules {
                    from 10.2.0.1 table 5 preference 5
                }
                """)
            let wanted = WantedResources(
                staticOf: configuration, state: try NetworkMonitor().state, names: RoutingNames(folders: []))
            #expect(wanted.faults == [] && wanted.resources.count == 4)
            #expect(try Self.install(wanted) == [])
        }
    }
}
