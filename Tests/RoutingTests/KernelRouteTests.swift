import Addresses
import Glibc
import NetworkTestSupport
import Routing
import Testing

/// Routes, rules and interfaces put into a real kernel, each compared with what iproute2 makes of the same line.
@Suite("Routes, rules and interfaces in the kernel", .enabled(if: canMakeNetworks))
struct KernelRouteTests {
    struct Line: Sendable, CustomTestStringConvertible {
        var words: String
        var spec: @Sendable (_ w0: Int32, _ w2: Int32) -> RouteSpec
        var testDescription: String { words }

        init(
            _ words: String, _ destination: String?, _ length: Int = 24, via: String? = nil, dev: Int = 0,
            _ change: @escaping @Sendable (inout RouteSpec, Int32, Int32) -> Void = { _, _, _ in }
        ) {
            self.words = words
            spec = { w0, w2 in
                let prefix = destination.map { NetworkPrefix(address($0), length) }
                var spec = RouteSpec(family: prefix?.address.family ?? .ipv4, destination: prefix)
                spec.path.gateway = via.map(address)
                spec.path.interface = [0, w0, w2][dev]
                change(&spec, w0, w2)
                return spec
            }
        }
    }

    static let lines: [Line] = [
        Line("192.168.1.0/24 via 10.0.0.2", "192.168.1.0", via: "10.0.0.2"),
        Line("192.168.1.0/24 dev w0 scope global", "192.168.1.0", dev: 1),
        Line("192.168.1.0/24 dev w2 scope link", "192.168.1.0", dev: 2) { route, _, _ in route.scope = 253 },
        Line("default via 10.0.0.2 metric 70", nil, via: "10.0.0.2") { route, _, _ in route.priority = 70 },
        Line("192.168.1.0/24 via 10.0.0.2 src 10.0.0.1 table 1000", "192.168.1.0", via: "10.0.0.2") { route, _, _ in
            route.source = address("10.0.0.1")
            route.table = 1000
        },
        Line("192.168.1.0/24 via 10.77.0.2 dev w0 onlink", "192.168.1.0", via: "10.77.0.2", dev: 1) { route, _, _ in
            route.path.isOnLink = true
        },
        Line("192.168.1.0/24 via inet6 fe80::9 dev w0", "192.168.1.0", via: "fe80::9", dev: 1),
        Line("192.168.1.0/24 tos 0x10 via 10.0.0.2 realms 3/4", "192.168.1.0", via: "10.0.0.2") { route, _, _ in
            route.typeOfService = 0x10
            route.path.realms = 3 << 16 | 4
        },
        Line(
            "192.168.1.0/24 via 10.0.0.2 mtu 1400 advmss lock 1300 rtt 300ms congctl reno", "192.168.1.0",
            via: "10.0.0.2"
        ) { route, _, _ in
            route.metrics = [2: 1400, 8: 1300, 4: 2400]
            route.lockedMetrics = 1 << 8
            route.congestionControl = "reno"
        },
        Line("192.168.1.0/24 nexthop via 10.0.0.2 weight 2 nexthop via 10.0.2.3 weight 256", "192.168.1.0") {
            route, _, _ in
            var first = RouteSpec.NextHop(gateway: address("10.0.0.2"))
            first.weight = 2
            var second = RouteSpec.NextHop(gateway: address("10.0.2.3"))
            second.weight = 256
            route.nextHops = [first, second]
        },
        Line("blackhole 192.168.1.0/24", "192.168.1.0") { route, _, _ in route.kind = .blackhole },
        Line("unreachable 192.168.1.0/24", "192.168.1.0") { route, _, _ in route.kind = .unreachable },
        Line("prohibit 192.168.1.0/24", "192.168.1.0") { route, _, _ in route.kind = .prohibit },
        Line("throw 192.168.1.0/24 table 99", "192.168.1.0") { route, _, _ in
            route.kind = .throw
            route.table = 99
        },
        Line("local 192.168.1.0/24 dev w0", "192.168.1.0", dev: 1) { route, _, _ in
            route.kind = .local
            route.scope = 254
            route.table = 255
        },
        Line("broadcast 192.168.1.255 dev w0", "192.168.1.255", 32, dev: 1) { route, _, _ in
            route.kind = .broadcast
            route.scope = 253
            route.table = 255
        },
        Line("multicast 239.1.0.0/16 dev w0 scope global", "239.1.0.0", 16, dev: 1) { route, _, _ in
            route.kind = .multicast
        },
        Line(
            "192.168.1.0/24 encap ip id 7 dst 10.0.0.4 src 10.0.0.1 tos 4 ttl 9 via 10.0.0.2 dev w0", "192.168.1.0",
            via: "10.0.0.2", dev: 1
        ) { route, _, _ in
            var tunnel = RouteSpec.Tunnel()
            tunnel.identifier = 7
            tunnel.destination = address("10.0.0.4")
            tunnel.source = address("10.0.0.1")
            tunnel.typeOfService = 4
            tunnel.hopLimit = 9
            route.path.encapsulation = .ip(tunnel)
        },
        Line("fd01::/64 via fd00::2", "fd01::", 64, via: "fd00::2"),
        Line("fd01::/64 dev w0 metric 12", "fd01::", 64, dev: 1) { route, _, _ in route.priority = 12 },
        Line("fd01::/64 via fd00::2 pref high", "fd01::", 64, via: "fd00::2") { route, _, _ in route.preference = 1 },
        Line("fd01::/64 via fe80::7 dev w2", "fd01::", 64, via: "fe80::7", dev: 2),
        Line("blackhole fd01::/64", "fd01::", 64) { route, _, _ in route.kind = .blackhole },
        Line("fd01::/64 nexthop via fd00::2 dev w0 nexthop via fe80::3 dev w2 weight 4", "fd01::", 64) {
            route, w0, w2 in
            let first = RouteSpec.NextHop(gateway: address("fd00::2"), interface: w0)
            var second = RouteSpec.NextHop(gateway: address("fe80::3"), interface: w2)
            second.weight = 4
            route.nextHops = [first, second]
        },
        Line("fd01::/64 encap ip6 id 7 dst fd00::4 hoplimit 9 via fd00::2 dev w0", "fd01::", 64, via: "fd00::2", dev: 1)
        { route, _, _ in
            var tunnel = RouteSpec.Tunnel()
            tunnel.identifier = 7
            tunnel.destination = address("fd00::4")
            tunnel.hopLimit = 9
            route.path.encapsulation = .ip6(tunnel)
        },
    ]

    @Test("The kernel shows the same route as for iproute2's line", arguments: lines)
    func route(_ line: Line) throws {
        try inOwnNetwork {
            let network = try KernelNetwork()
            try shell(
                """
                ip address add 10.0.0.1/24 dev w0; ip address add 10.0.2.1/24 dev w2
                ip address add fd00::1/64 dev w0 nodad
                """)
            let w0 = try #require(try network.link(named: "w0")).index
            let w2 = try #require(try network.link(named: "w2")).index
            let spec = line.spec(w0, w2)
            #expect(network.apply([.addRoute(spec)]) == [nil])
            let ours = try Self.shown()
            #expect(network.apply([.addRoute(spec)])[0]?.code == EEXIST)
            #expect(
                try network.routes(spec.family).contains { $0.originator == 18 && $0.destination == spec.destination })
            // As the ledger would remove it.
            let removal = try #require(KernelChange(request: KernelChange.removeRoute(spec).request))
            #expect(network.apply([removal]) == [nil])
            #expect(try Self.shown() == "")
            let family = spec.family == .ipv6 ? "-6" : "-4"
            try shell("ip \(family) route add proto keepalived \(line.words)")
            #expect(ours == (try Self.shown()))
        }
    }

    private static func shown() throws -> String {
        try shell("ip -d -4 route show table all proto keepalived; ip -d -6 route show table all proto keepalived")
    }

    @Test("A route goes before another of the same metric, and leaves it there")
    func prepended() throws {
        try inOwnNetwork {
            let network = try KernelNetwork()
            try shell("ip address add 10.0.0.1/24 dev w0; ip route add default via 10.0.0.9")
            var spec = RouteSpec(family: .ipv4)
            spec.path.gateway = address("10.0.0.8")
            #expect(network.apply([.addRoute(spec)]) == [nil])
            #expect(try shell("ip route get 1.1.1.1").contains("via 10.0.0.8"))
            #expect(network.apply([.removeRoute(spec)]) == [nil])
            #expect(try shell("ip route get 1.1.1.1").contains("via 10.0.0.9"))
        }
    }

    static let rules: [(words: String, spec: RuleSpec)] = {
        func rule(
            _ words: String, _ family: AddressFamily = .ipv4, _ action: RuleSpec.Action = .table(100),
            _ change: (inout RuleSpec) -> Void
        ) -> (String, RuleSpec) {
            var spec = RuleSpec(family: family, action: action)
            spec.priority = 500
            change(&spec)
            return (words, spec)
        }
        return [
            rule("from 10.0.0.1 table 100") { $0.source = NetworkPrefix(address("10.0.0.1")) },
            rule("to 10.5.0.0/16 table 70000", .ipv4, .table(70_000)) {
                $0.destination = NetworkPrefix(address("10.5.0.0"), 16)
            },
            rule("not from 10.7.0.0/16 tos 0x10 unreachable", .ipv4, .unreachable) {
                $0.isInverted = true
                $0.source = NetworkPrefix(address("10.7.0.0"), 16)
                $0.typeOfService = 0x10
            },
            rule("fwmark 5/0xff iif w0 oif w2 table 100") {
                $0.mark = 5
                $0.markMask = 0xff
                $0.inputInterface = "w0"
                $0.outputInterface = "w2"
            },
            rule("fwmark 5 table 100") { $0.mark = 5 },
            rule("from 10.8.0.0/16 goto 600", .ipv4, .goto(600)) { $0.source = NetworkPrefix(address("10.8.0.0"), 16) },
            rule("from 10.8.1.0/24 nop", .ipv4, .nothing) { $0.source = NetworkPrefix(address("10.8.1.0"), 24) },
            rule("from all blackhole", .ipv4, .blackhole) { _ in },
            rule("from all prohibit", .ipv6, .prohibit) { _ in },
            rule("uidrange 100-200 ipproto tcp sport 10-20 dport 80 table 100") {
                $0.users = 100...200
                $0.transport = 6
                $0.sourcePorts = 10...20
                $0.destinationPorts = 80...80
            },
            rule("suppress_prefixlength 0 table main", .ipv4, .table(254)) { $0.suppressedPrefixLength = 0 },
            rule("suppress_ifgroup 3 table main", .ipv4, .table(254)) { $0.suppressedGroup = 3 },
            rule("from 10.0.0.1 table 100 realms 3/5") {
                $0.source = NetworkPrefix(address("10.0.0.1"))
                $0.realms = 3 << 16 | 5
            },
            rule("tun_id 77 table 100") { $0.tunnelID = 77 },
            rule("l3mdev", .ipv4, .table(0)) { $0.isL3MasterDevice = true },
            rule("from fd09::/64 table 100", .ipv6) { $0.source = NetworkPrefix(address("fd09::"), 64) },
        ]
    }()

    @Test("The kernel shows the same rule as for iproute2's line", arguments: rules)
    func rule(_ line: (words: String, spec: RuleSpec)) throws {
        let (words, spec) = line
        try inOwnNetwork {
            let network = try KernelNetwork()
            let family = spec.family == .ipv6 ? "-6" : "-4"
            let show = "ip -d \(family) rule show priority 500"
            #expect(network.apply([.addRule(spec)]) == [nil])
            let ours = try shell(show)
            #expect(network.apply([.addRule(spec)])[0]?.code == EEXIST)
            #expect(try network.rules(spec.family).contains { $0.priority == 500 && $0.originator == 18 })
            let removal = try #require(KernelChange(request: KernelChange.removeRule(spec).request))
            #expect(network.apply([removal]) == [nil])
            #expect(try shell(show) == "")
            try shell("ip \(family) rule add \(words) priority 500 protocol keepalived")
            #expect(ours == (try shell(show)))
        }
    }

    @Test("Macvlans and ipvlans are as iproute2 makes them")
    func interfaces() throws {
        try inOwnNetwork {
            let network = try KernelNetwork()
            let w0 = try #require(try network.link(named: "w0")).index
            let mac = MACAddress(0x0000_5e00_0133)
            var specs: [(String, VirtualInterfaceSpec)] = [
                (
                    "address \(mac) type macvlan mode private",
                    .init(name: "v0", parent: w0, kind: .macvlan(.private, mac))
                ),
                (
                    "address \(mac) type macvlan mode bridge",
                    .init(name: "v0", parent: w0, kind: .macvlan(.bridge, mac))
                ),
                ("type ipvlan mode l2 bridge", .init(name: "v0", parent: w0, kind: .ipvlan(.bridge))),
                ("type ipvlan mode l2 private", .init(name: "v0", parent: w0, kind: .ipvlan(.private))),
            ]
            for index in specs.indices { specs[index].1.addressGenerationMode = 1 }
            for (words, spec) in specs {
                let errors = network.apply([.addInterface(spec)])
                // A kernel may be built without ipvlan.
                if errors[0]?.code == EOPNOTSUPP, case .ipvlan = spec.kind { continue }
                #expect(errors == [nil])
                let link = try #require(try network.link(named: "v0"))
                #expect(link.addressGenerationMode == 1)
                let show = "ip -d -o link show dev v0 | sed 's/^[0-9]*: //; s/alias.*//'"
                let ours = try shell(show)
                #expect(network.apply([.setLink(link.index, isUp: true)]) == [nil])
                #expect(try network.link(named: "v0")?.isUp == true)
                #expect(network.apply([.removeLink(link.index)]) == [nil])
                #expect(try network.link(named: "v0") == nil)
                try shell("ip link add link w0 name v0 \(words); ip link set v0 addrgenmode none")
                #expect(ours == (try shell(show)))
                try shell("ip link del v0")
            }
        }
    }

    @Test("Many interfaces are removed at once, and no other one with them")
    func removesInterfaces() throws {
        try inOwnNetwork {
            let network = try KernelNetwork()
            try shell("for n in 0 1 2 3 4 5; do ip link add v$n link w0 type macvlan mode private; done")
            let indexes = try (0...4).map { try #require(try network.link(named: "v\($0)")).index }
            #expect(network.remove(indexes + [99_999]).map { $0?.code } == [nil, nil, nil, nil, nil, ENODEV])
            #expect(try network.links().map(\.name).filter { $0.hasPrefix("v") } == ["v5"])
            #expect(try network.link(named: "w0") != nil)
        }
    }
}
