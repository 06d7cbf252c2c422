import Addresses
import Director
import Glibc
import KeepalivedConfig
import NetworkTestSupport
import Routing
import Testing

/// A kernel, what of ours is in it, and what others do to that.
@Suite("Resources in the kernel", .enabled(if: canMakeNetworks))
struct ResourcesTests {
    /// All the parts over one network namespace.
    private final class Stage {
        let folder = TemporaryFolder()
        let network: KernelNetwork
        let monitor: NetworkMonitor
        let resources: Resources
        let w0: Int32
        let w2: Int32
        var reports: [String] = []

        var path: String { folder.path + "/ledger" }

        init() throws {
            network = try KernelNetwork()
            monitor = try NetworkMonitor()
            var report: (String) -> Void = { _ in }
            resources = Resources(network: network, monitor: monitor, ledger: try Ledger(at: folder.path + "/ledger")) {
                report($0)
            }
            w0 = try #require(monitor.state.link(named: "w0")).index
            w2 = try #require(monitor.state.link(named: "w2")).index
            report = { [unowned self] in reports.append($0) }
        }

        func address(_ last: UInt8, _ length: Int = 24, on interface: Int32? = nil) -> Resource {
            .address(
                AddressSpec(
                    interface: interface ?? w0, address: .v4(IPv4Address(10, 0, 0, last)), prefixLength: length))
        }

        func route(_ third: UInt8, via last: UInt8) -> Resource {
            var spec = RouteSpec(
                family: .ipv4, destination: NetworkPrefix(.v4(IPv4Address(192, 168, third, 0)), 24))
            spec.path.gateway = .v4(IPv4Address(10, 0, 0, last))
            return .route(spec)
        }

        var rule: Resource {
            var spec = RuleSpec(family: .ipv4, action: .table(77))
            spec.priority = 77
            spec.source = NetworkPrefix(.v4(IPv4Address(10, 0, 0, 3)))
            return .rule(spec)
        }

        /// Lets the resources hear what has happened.
        func hear() throws { try monitor.read { resources.note($0) } }

        /// What is lost after everything that has happened.
        func lost() throws -> [Resource] {
            try hear()
            return resources.takeLost().map(\.resource)
        }
    }

    private static func shown() throws -> [String] {
        try shell("ip -o -4 address show dev w0").split(separator: "\n").map { String($0.split(separator: " ")[3]) }
    }

    private static let a = ResourceOwner.active("A")
    private static let b = ResourceOwner.active("B")

    @Test("They are installed and released; the ledger knows them in between")
    func installation() throws {
        try inOwnNetwork {
            let stage = try Stage()
            let wanted = [stage.address(3), stage.route(1, via: 9), stage.rule]
            #expect(stage.resources.replace(with: wanted, for: Self.a).isEmpty)
            #expect(stage.resources.isOurs(.v4(IPv4Address(10, 0, 0, 3)), on: stage.w0))
            #expect(try Self.shown() == ["10.0.0.3/24"])
            #expect(try shell("ip route show; ip rule show").contains("192.168.1.0/24 via 10.0.0.9"))
            #expect(try shell("cat \(stage.path)").split(separator: "\n").count == 4)
            #expect(try stage.lost() == [])
            #expect(stage.resources.release(Self.a).isEmpty)
            #expect(try Self.shown() == [])
            #expect(try !shell("ip route show; ip rule show").contains("keepalived"))
            #expect(try stage.lost() == [])
            #expect(!stage.resources.isOurs(.v4(IPv4Address(10, 0, 0, 3)), on: stage.w0))
        }
    }

    @Test("What was there before stays")
    func foreign() throws {
        try inOwnNetwork {
            try shell("ip address add 10.0.0.3/24 dev w0")
            let stage = try Stage()
            // One that the monitor has not heard of yet.
            try shell("ip address add 10.0.0.4/24 dev w0")
            #expect(
                stage.resources.replace(with: [stage.address(3), stage.address(4), stage.address(5)], for: Self.a)
                    .isEmpty)
            #expect(!stage.resources.isOurs(.v4(IPv4Address(10, 0, 0, 3)), on: stage.w0))
            #expect(!stage.resources.isOurs(.v4(IPv4Address(10, 0, 0, 4)), on: stage.w0))
            #expect(stage.resources.release(Self.a).isEmpty)
            #expect(try Self.shown() == ["10.0.0.3/24", "10.0.0.4/24"])
        }
    }

    @Test("What was there before and goes is installed in its place")
    func foreignThatGoes() throws {
        try inOwnNetwork {
            try shell("ip address add 10.0.0.3/24 dev w0")
            let stage = try Stage()
            _ = stage.resources.replace(with: [stage.address(3)], for: Self.a)
            try shell("ip address del 10.0.0.3/24 dev w0")
            #expect(try stage.lost() == [stage.address(3)])
            #expect(stage.resources.reinstall([stage.address(3)]).isEmpty)
            #expect(stage.resources.isOurs(.v4(IPv4Address(10, 0, 0, 3)), on: stage.w0))
            #expect(stage.resources.release(Self.a).isEmpty)
            #expect(try Self.shown() == [])
        }
    }

    @Test("What others remove is lost, and can be had again; what is taken and given at once is not")
    func loss() throws {
        try inOwnNetwork {
            let stage = try Stage()
            let wanted = [stage.address(3), stage.address(4), stage.route(1, via: 9), stage.rule]
            #expect(stage.resources.replace(with: wanted, for: Self.a).isEmpty)
            #expect(try stage.lost() == [])
            try shell("ip address del 10.0.0.4/24 dev w0; ip route del 192.168.1.0/24; ip rule del priority 77")
            #expect(try stage.lost() == [stage.address(4), stage.route(1, via: 9), stage.rule])
            #expect(stage.resources.reinstall(wanted).isEmpty)
            #expect(try Self.shown() == ["10.0.0.3/24", "10.0.0.4/24"])
            #expect(try stage.lost() == [])
            #expect(stage.resources.release(Self.a).isEmpty)
            #expect(stage.resources.replace(with: wanted, for: Self.a).isEmpty)
            #expect(try stage.lost() == [])
            #expect(try Self.shown().count == 2)
            #expect(stage.resources.isOurs(.v4(IPv4Address(10, 0, 0, 4)), on: stage.w0))
        }
    }

    @Test("Everything flushed and a link down and up: all is had again")
    func flush() throws {
        try inOwnNetwork {
            try shell("ip address add 10.0.0.1/24 dev w0")
            let stage = try Stage()
            let wanted = [stage.address(3), stage.route(1, via: 9)]
            #expect(stage.resources.replace(with: wanted, for: Self.a).isEmpty)
            // The kernel takes the route away and says nothing.
            try shell("ip link set w0 down")
            #expect(try stage.lost() == [])
            try shell("ip link set w0 up")
            #expect(try stage.lost() == [stage.route(1, via: 9)])
            #expect(stage.resources.reinstall([stage.route(1, via: 9)]).isEmpty)
            #expect(try shell("ip route show").contains("192.168.1.0/24 via 10.0.0.9"))
            try shell("ip address flush dev w0; ip address add 10.0.0.1/24 dev w0")
            let lost = try stage.lost()
            #expect(lost.first == stage.address(3))
            #expect(stage.resources.reinstall(lost).isEmpty)
            #expect(try Self.shown() == ["10.0.0.1/24", "10.0.0.3/24"])
        }
    }

    @Test("What two want stays until neither does; what moves never leaves")
    func owners() throws {
        try inOwnNetwork {
            let stage = try Stage()
            let address = stage.address(3)
            _ = stage.resources.replace([NetworkClaim(Self.a, [address]), NetworkClaim(Self.b, [address])])
            #expect(stage.resources.release(Self.a).isEmpty)
            #expect(try Self.shown() == ["10.0.0.3/24"])
            try stage.hear()
            var heard = 0
            _ = stage.resources.replace([NetworkClaim(Self.b, []), NetworkClaim(Self.a, [address])])
            try stage.monitor.read { _ in heard += 1 }
            #expect(heard == 0)
            #expect(stage.resources.releaseAll().isEmpty)
            #expect(try Self.shown() == [])
        }
    }

    @Test("An address that changes its mask is replaced in one batch")
    func mask() throws {
        try inOwnNetwork {
            let stage = try Stage()
            _ = stage.resources.replace(with: [stage.address(3)], for: Self.a)
            #expect(stage.resources.replace(with: [stage.address(3, 32)], for: Self.a).isEmpty)
            #expect(try Self.shown() == ["10.0.0.3/32"])
            #expect(try stage.lost() == [])
            #expect(stage.resources.isOurs(.v4(IPv4Address(10, 0, 0, 3)), on: stage.w0))
        }
    }

    @Test("With an address of ours the kernel does not take away those that came after it", arguments: [false, true])
    func secondaries(afterCrash: Bool) throws {
        try inOwnNetwork {
            let stage = try Stage()
            _ = stage.resources.replace([
                NetworkClaim(Self.a, [stage.address(3)]), NetworkClaim(Self.b, [stage.address(4)]),
            ])
            // The interface's own address comes later, such as from DHCP.
            try shell("ip address add 10.0.0.1/24 dev w0")
            try stage.hear()
            if afterCrash {
                try shell("cp \(stage.path) \(stage.path).copy")
                _ = Ledger.releaseLeftovers(at: stage.path + ".copy")
                #expect(try Self.shown() == ["10.0.0.1/24"])
            } else {
                #expect(stage.resources.release(Self.a).isEmpty)
                #expect(try Self.shown() == ["10.0.0.4/24", "10.0.0.1/24"])
            }
            #expect(try Sysctl(.ipv4, "w0", "promote_secondaries").read() == 0)
        }
    }

    @Test("What is refused is said, and tried again when the link comes up")
    func refusal() throws {
        try inOwnNetwork {
            try shell("ip address add 10.0.0.1/24 dev w0; ip link set w0 down")
            let stage = try Stage()
            let route = stage.route(1, via: 9)
            let failures = stage.resources.replace(with: [stage.address(3), route], for: Self.a)
            #expect(failures.map(\.resource) == [route])
            #expect(failures.first?.error.operation == "route add 192.168.1.0/24 via 10.0.0.9")
            try shell("ip link set w0 up")
            #expect(try stage.lost() == [route])
            #expect(try shell("ip route show").contains("192.168.1.0/24 via 10.0.0.9"))
            #expect(stage.resources.releaseAll().isEmpty)
            #expect(try !shell("ip route show").contains("192.168.1.0"))
        }
    }

    @Test("A macvlan and its settings; the parent's numbers come back at the end")
    func macvlan() throws {
        try inOwnNetwork {
            let stage = try Stage()
            var spec = VirtualInterfaceSpec(
                name: "vrrp.51", parent: stage.w0, kind: .macvlan(.private, MACAddress(0x0000_5e00_0133)))
            spec.addressGenerationMode = 1
            let settings = [
                SysctlSetting(Sysctl(.ipv4, "vrrp.51", "arp_ignore"), 1),
                SysctlSetting(Sysctl(.ipv4, "w0", "arp_ignore"), 1),
                SysctlSetting(Sysctl(.ipv4, "w0", "arp_filter"), 1),
            ]
            let link = try stage.resources.makeInterface(spec, settings: settings, for: .instance("A"))
            #expect(link.isUp && link.addressGenerationMode == 1 && link.macvlanMode == .private)
            #expect(
                try shell("cat /proc/sys/net/ipv4/conf/vrrp.51/arp_ignore /proc/sys/net/ipv4/conf/w0/arp_ignore")
                    == "1\n1\n")
            #expect(try shell("ip -6 address show dev vrrp.51") == "")
            // A second one on the same parent.
            var other = spec
            other.name = "vrrp.52"
            other.kind = .macvlan(.private, MACAddress(0x0000_5e00_0134))
            let others = [SysctlSetting(Sysctl(.ipv4, "w0", "arp_ignore"), 1)]
            _ = try stage.resources.makeInterface(other, settings: others, for: .instance("B"))
            #expect(stage.resources.release(.instance("A")).isEmpty)
            #expect(try stage.network.link(named: "vrrp.51") == nil)
            #expect(try Sysctl(.ipv4, "w0", "arp_ignore").read() == 1)
            #expect(try Sysctl(.ipv4, "w0", "arp_filter").read() == 0)
            #expect(stage.resources.releaseAll().isEmpty)
            #expect(try Sysctl(.ipv4, "w0", "arp_ignore").read() == 0)
            #expect(try stage.network.link(named: "vrrp.52") == nil)
            #expect(stage.reports == [])
        }
    }

    @Test("An interface of that name that is another is left alone; one that is the same is taken over and stays")
    func existing() throws {
        try inOwnNetwork {
            try shell(
                """
                ip link add vrrp.51 link w0 address 00:00:5e:00:01:33 type macvlan mode private
                ip link add vrrp.52 link w0 address 00:00:5e:00:01:33 type macvlan mode bridge
                """)
            let stage = try Stage()
            let mac = MACAddress(0x0000_5e00_0133)
            let same = VirtualInterfaceSpec(name: "vrrp.51", parent: stage.w0, kind: .macvlan(.private, mac))
            #expect(try stage.resources.makeInterface(same, settings: [], for: .instance("A")).isUp)
            let another = VirtualInterfaceSpec(name: "vrrp.52", parent: stage.w0, kind: .macvlan(.private, mac))
            #expect(throws: RoutingError.self) {
                try stage.resources.makeInterface(another, settings: [], for: .instance("A"))
            }
            #expect(stage.resources.releaseAll().isEmpty)
            #expect(try stage.network.link(named: "vrrp.51") != nil)
            #expect(try stage.network.link(named: "vrrp.52") != nil)
        }
    }

    @Test("A number that somebody else has set since stays")
    func foreignNumber() throws {
        try inOwnNetwork {
            let stage = try Stage()
            let sysctl = Sysctl(.ipv4, "w0", "promote_secondaries")
            #expect(stage.resources.set([SysctlSetting(sysctl, 1)], for: Self.a) == [])
            try shell("sysctl -qw net.ipv4.conf.w0.promote_secondaries=0")
            #expect(stage.resources.set([SysctlSetting(sysctl, 1)], for: Self.b) == [])
            try sysctl.write(7)
            #expect(stage.resources.releaseAll().isEmpty)
            #expect(try sysctl.read() == 7)
        }
    }

    @Test("After a crash everything that the ledger says goes, and nothing else")
    func leftovers() throws {
        try inOwnNetwork {
            try shell("ip address add 10.0.0.1/24 dev w0; ip address add 10.0.0.3/32 dev w2")
            let stage = try Stage()
            var spec = VirtualInterfaceSpec(
                name: "vrrp.51", parent: stage.w2, kind: .macvlan(.private, MACAddress(0x0000_5e00_0133)))
            spec.addressGenerationMode = 1
            let settings = [SysctlSetting(Sysctl(.ipv4, "w2", "arp_ignore"), 1)]
            let link = try stage.resources.makeInterface(spec, settings: settings, for: .instance("A"))
            let wanted = [
                stage.address(3), stage.address(1), stage.address(5, 32, on: link.index), stage.address(6),
                stage.route(1, via: 9), stage.rule,
            ]
            #expect(stage.resources.replace(with: wanted, for: Self.a).isEmpty)
            // Somebody takes one of ours and puts it there for himself.
            try shell("ip address del 10.0.0.6/24 dev w0; ip address add 10.0.0.6/24 dev w0")
            // A copy, as the stage removes its own.
            try shell("cp \(stage.path) \(stage.path).copy")
            let done = Ledger.releaseLeftovers(at: stage.path + ".copy")
            #expect(
                done.map { String($0.split(separator: ":", maxSplits: 1).last ?? "") } == [
                    " rule del from 10.0.0.3/32 table 77 preference 77", " route del 192.168.1.0/24 via 10.0.0.9",
                    " address del 10.0.0.5/32 dev vrrp.51", " address del 10.0.0.3/24 dev w0",
                    " link del vrrp.51", " net/ipv4/conf/w2/arp_ignore=0",
                ])
            #expect(try Self.shown() == ["10.0.0.1/24", "10.0.0.6/24"])
            #expect(try shell("ip -o -4 address show dev w2").contains("10.0.0.3/32"))
            #expect(try stage.network.link(named: "vrrp.51") == nil)
            #expect(try !shell("ip route show; ip rule show").contains("keepalived"))
            #expect(access(stage.path + ".copy", F_OK) != 0)
            #expect(Ledger.releaseLeftovers(at: stage.path + ".copy") == [])
        }
    }

    @Test("Packets to addresses that are not accepted are dropped as long as they are there")
    func acceptance() throws {
        try inOwnNetwork {
            let stage = try Stage()
            var specs: [Resource] = []
            for last in [3, 4] as [UInt8] {
                var spec = AddressSpec(
                    interface: stage.w0, address: .v4(IPv4Address(10, 0, 0, last)), prefixLength: 32)
                spec.isAccepted = false
                specs.append(.address(spec))
            }
            #expect(stage.resources.replace(with: specs, for: Self.a).isEmpty)
            #expect(stage.reports == [])
            try shell("cp \(stage.path) \(stage.path).copy")
            #expect(stage.resources.replace(with: [specs[0]], for: Self.a).isEmpty)
            #expect(try shell("grep -c ' filter ' \(stage.path)") == "1\n")
            #expect(stage.resources.release(Self.a).isEmpty)
            // The table has gone with the last of them.
            #expect(throws: RoutingError.self) { try PacketFilter(table: "vrrpctl-\(getpid())").removeTable() }
            #expect(stage.resources.replace(with: specs, for: Self.a).isEmpty)
            #expect(Ledger.releaseLeftovers(at: stage.path + ".copy").contains { $0.contains("table inet vrrpctl-") })
            #expect(try Self.shown() == [])
        }
    }

    @Test("A thousand addresses of five hundred owners go in one batch")
    func thousand() throws {
        try inOwnNetwork {
            let stage = try Stage()
            let claims = (0..<500).map { number in
                NetworkClaim(
                    .active("VI_\(number)"),
                    (0..<2).map { part in
                        .address(
                            AddressSpec(
                                interface: stage.w0,
                                address: .v4(IPv4Address(0x0a01_0001 + UInt32(number * 2 + part) << 2)),
                                prefixLength: 32))
                    })
            }
            let clock = ContinuousClock()
            let on = clock.measure { #expect(stage.resources.replace(claims).isEmpty) }
            var lost: [Resource] = []
            let heard = try clock.measure { lost = try stage.lost() }
            #expect(lost == [])
            #expect(try Self.shown().count == 1000)
            try shell("cp \(stage.path) \(stage.path).copy")
            let after = clock.measure { #expect(Ledger.releaseLeftovers(at: stage.path + ".copy").count == 1000) }
            let all = try clock.measure { lost = try stage.lost() }
            #expect(lost.count == 1000)
            print("1,000 addresses with their ledger: on \(on), heard \(heard), a crash's off \(after), missed \(all)")
            #expect(try Self.shown().isEmpty)
        }
    }
}
