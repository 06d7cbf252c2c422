import Addresses
import Glibc
import NetworkTestSupport
import Routing
import Testing

/// What the monitor tells of changes that iproute2 makes.
@Suite("The monitor", .enabled(if: canMakeNetworks))
struct KernelMonitorTests {
    @Test("Links come, change, get another name and go")
    func links() throws {
        try inOwnNetwork {
            let monitor = try NetworkMonitor()
            let w0 = try #require(monitor.state.link(named: "w0"))
            #expect(w0.isRunning && w0.kind == "veth" && w0.mtu == 1500 && w0.addressGenerationMode == 1)
            try shell("ip link set w1 down")
            // The kernel tells of a carrier in its own time.
            #expect(
                try monitor.hears {
                    if case .link(let l, let b?) = $0 { l.name == "w0" && !l.isRunning && b.isRunning } else { false }
                })
            try shell("ip link set w0 down; ip link set w0 name lan")
            _ = try monitor.events()
            #expect(monitor.state.link(named: "w0") == nil)
            #expect(monitor.state.link(named: "lan")?.index == w0.index)
            try shell("ip link add v0 link lan address 00:00:5e:00:01:07 type macvlan mode private")
            _ = try monitor.events()
            let v0 = try #require(monitor.state.link(named: "v0"))
            #expect(v0.parent == w0.index && v0.macvlanMode == .private && v0.kind == "macvlan")
            #expect(v0.macAddress == MACAddress(0x0000_5e00_0107))
            try shell("ip address add 10.0.0.1/24 dev v0")
            _ = try monitor.events()
            #expect(monitor.state.addresses(on: v0.index).count == 1)
            try shell("ip link del w1")
            let events = try monitor.events()
            #expect(monitor.state.link(named: "lan") == nil && monitor.state.link(named: "v0") == nil)
            #expect(monitor.state.addresses(on: v0.index).isEmpty)
            #expect(events.contains { if case .addressRemoved(let a) = $0 { a.interface == v0.index } else { false } })
        }
    }

    @Test("Addresses come and go, in the kernel's order")
    func addresses() throws {
        try inOwnNetwork {
            let monitor = try NetworkMonitor()
            let w0 = try #require(monitor.state.link(named: "w0"))
            try shell("for i in 3 1 2; do ip address add 10.0.0.$i/24 dev w0; done; ip address add 10.0.0.1/32 dev w0")
            let events = try monitor.events().filter { if case .address = $0 { true } else { false } }
            #expect(events.count == 4)
            #expect(monitor.state.addresses(on: w0.index).map(\.isSecondary) == [false, true, true, false])
            try shell("ip address del 10.0.0.1/24 dev w0")
            _ = try monitor.events()
            #expect(monitor.state.address(address("10.0.0.1"), on: w0.index)?.prefixLength == 32)
        }
    }

    @Test("Routes and rules, once they are watched")
    func routes() throws {
        try inOwnNetwork {
            let monitor = try NetworkMonitor()
            try shell("ip address add 10.0.0.1/24 dev w0")
            _ = try monitor.events()
            try monitor.watchRoutes()
            try shell("ip route add 10.9.0.0/16 via 10.0.0.2; ip rule add from 10.9.0.1 table 77 priority 9")
            let wanted = RouteSpec(family: .ipv4, destination: NetworkPrefix(address("10.9.0.0"), 16))
            #expect(
                try monitor.events().map { event in
                    switch event {
                    case .route(let route): route.destination == wanted.destination
                    case .rule(let rule): rule.action == .table(77) && rule.priority == 9
                    default: false
                    }
                } == [true, true])
            try shell("ip route del 10.9.0.0/16; ip rule del priority 9")
            #expect(
                try monitor.events().map { event in
                    switch event {
                    case .routeRemoved(let route): route.path.gateway == address("10.0.0.2")
                    case .ruleRemoved(let rule): rule.source == NetworkPrefix(address("10.9.0.1"))
                    default: false
                    }
                } == [true, true])
        }
    }

    @Test("After a flood everything is read anew")
    func flood() throws {
        try inOwnNetwork {
            let monitor = try NetworkMonitor(receiveBuffer: 8 << 10)
            let network = try KernelNetwork()
            let w0 = try #require(monitor.state.link(named: "w0"))
            let specs = (0..<2000).map {
                AddressSpec(interface: w0.index, address: .v4(IPv4Address(0x0a00_0001 + $0 << 2)), prefixLength: 32)
            }
            _ = network.apply(specs.map(KernelChange.addAddress))
            _ = network.apply(specs.prefix(500).map(KernelChange.removeAddress))
            let events = try monitor.events()
            #expect(events.last == .lost)
            #expect(monitor.state.addresses(on: w0.index).count == 1500)
        }
    }
}

extension NetworkMonitor {
    /// Whether such an event comes within five seconds.
    fileprivate func hears(_ isWanted: (NetworkEvent) -> Bool) throws -> Bool {
        var isHeard = false
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        repeat {
            try read { if isWanted($0) { isHeard = true } }
        } while !isHeard && poll(&waiting, 1, 5000) == 1
        return isHeard
    }

    /// All that has arrived.
    fileprivate func events() throws -> [NetworkEvent] {
        var all: [NetworkEvent] = []
        try read { all.append($0) }
        return all
    }
}

@Suite("Sysctls", .enabled(if: canMakeNetworks))
struct SysctlTests {
    @Test("A number is read and written; what is missing says so")
    func number() throws {
        try inOwnNetwork {
            let sysctl = Sysctl(.ipv4, "w0", "arp_ignore")
            #expect(try sysctl.read() == 0)
            try sysctl.write(2)
            #expect(try shell("cat /proc/sys/net/ipv4/conf/w0/arp_ignore") == "2\n")
            #expect(sysctl.description == "net/ipv4/conf/w0/arp_ignore")
            let error = #expect(throws: RoutingError.self) { try Sysctl(.ipv6, "w9", "accept_dad").read() }
            #expect(error?.code == ENOENT)
        }
    }
}
