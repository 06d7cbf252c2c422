import Addresses
import Routing
import TestSupport
import Testing

/// The ledger keeps removals as requests; what is read back must be the same removal.
@Suite("Removals read back from their requests")
struct RemovalTests {
    @Test("Thousands of random specs", arguments: [1, 2, 3])
    func random(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        for _ in 0..<2000 {
            let change: KernelChange =
                switch numbers.next() % 3 {
                case 0: .removeAddress(address(&numbers))
                case 1: .removeRoute(route(&numbers))
                default: .removeRule(rule(&numbers))
                }
            let again = try #require(KernelChange(request: change.request))
            #expect(again.request == change.request)
            if case .removeRoute = change { #expect(again == change) }
            if case .removeRule = change { #expect(again == change) }
        }
    }

    @Test("What is torn or no removal is nothing")
    func torn() {
        let spec = AddressSpec(interface: 1, address: .v4(IPv4Address(10, 0, 0, 1)), prefixLength: 24)
        let whole = KernelChange.removeAddress(spec).request
        for length in 0..<whole.count { #expect(KernelChange(request: Array(whole[..<length])) == nil) }
        #expect(KernelChange(request: KernelChange.addAddress(spec).request) == nil)
        #expect(KernelChange(request: KernelChange.removeLink(1).request) == nil)
    }

    @Test("Random bytes do no harm")
    func noise() {
        var numbers = SeededNumbers(seed: 9)
        for _ in 0..<20_000 {
            var bytes = KernelChange.removeRoute(route(&numbers)).request
            for _ in 0...3 {
                let place = Int(numbers.next() % UInt64(bytes.count))
                bytes[place] = UInt8(truncatingIfNeeded: numbers.next())
            }
            _ = KernelChange(request: bytes)
        }
    }

    private func ip(_ family: AddressFamily, _ numbers: inout SeededNumbers) -> IPAddress {
        family == .ipv4
            ? .v4(IPv4Address(UInt32(truncatingIfNeeded: numbers.next())))
            : .v6(IPv6Address(high: numbers.next(), low: numbers.next()))
    }

    private func family(_ numbers: inout SeededNumbers) -> AddressFamily { numbers.oneIn(2) ? .ipv4 : .ipv6 }

    private func prefix(_ family: AddressFamily, _ numbers: inout SeededNumbers) -> NetworkPrefix {
        NetworkPrefix(ip(family, &numbers), Int(numbers.next() % UInt64(family.bits + 1)))
    }

    private func address(_ numbers: inout SeededNumbers) -> AddressSpec {
        let family = family(&numbers)
        let first = prefix(family, &numbers)
        var spec = AddressSpec(
            interface: Int32(numbers.next() % 1000) + 1, address: first.address, prefixLength: first.length)
        if numbers.oneIn(3) { spec.peer = prefix(family, &numbers) }
        if numbers.oneIn(3), family == .ipv4 { spec.label = "eth0:\(numbers.next() % 100)" }
        if numbers.oneIn(3) { spec.scope = 253 }
        return spec
    }

    private func hop(_ family: AddressFamily, _ numbers: inout SeededNumbers) -> RouteSpec.NextHop {
        var hop = RouteSpec.NextHop()
        if !numbers.oneIn(3) { hop.gateway = ip(numbers.oneIn(5) ? .ipv6 : family, &numbers) }
        hop.interface = Int32(numbers.next() % 20)
        hop.isOnLink = numbers.oneIn(4)
        if numbers.oneIn(4) { hop.realms = UInt32(truncatingIfNeeded: numbers.next()) | 1 }
        var tunnel = RouteSpec.Tunnel()
        tunnel.identifier = numbers.next() | 1
        tunnel.hopLimit = UInt8(truncatingIfNeeded: numbers.next())
        tunnel.flags = UInt16(truncatingIfNeeded: numbers.next())
        switch numbers.next() % 8 {
        case 0: hop.encapsulation = .mpls((0...numbers.next() % 4).map { _ in UInt32(numbers.next() % 0x10_0000) })
        case 1:
            tunnel.destination = ip(.ipv4, &numbers)
            hop.encapsulation = .ip(tunnel)
        case 2:
            tunnel.source = ip(.ipv6, &numbers)
            tunnel.typeOfService = 4
            hop.encapsulation = .ip6(tunnel)
        case 3: hop.encapsulation = .ila(numbers.next() | 1)
        default: break
        }
        return hop
    }

    private func route(_ numbers: inout SeededNumbers) -> RouteSpec {
        let family = family(&numbers)
        var spec = RouteSpec(family: family)
        if !numbers.oneIn(5) { spec.destination = prefix(family, &numbers) }
        spec.kind = numbers.pick(RouteSpec.Kind.allCases)
        spec.table = numbers.oneIn(2) ? 254 : UInt32(truncatingIfNeeded: numbers.next())
        spec.scope = numbers.oneIn(2) ? 0 : 253
        spec.typeOfService = numbers.oneIn(2) ? 0 : 0x10
        if numbers.oneIn(2) { spec.priority = UInt32(truncatingIfNeeded: numbers.next()) }
        if numbers.oneIn(3) { spec.source = ip(family, &numbers) }
        if numbers.oneIn(3) {
            spec.metrics[UInt16(numbers.next() % 10) + 2] = UInt32(truncatingIfNeeded: numbers.next())
            spec.lockedMetrics = 4
        }
        if numbers.oneIn(5) { spec.congestionControl = "reno" }
        if numbers.oneIn(5) { spec.preference = 1 }
        if numbers.oneIn(5) { spec.lifetime = 300 }
        if numbers.oneIn(5) { spec.propagatesTTL = true }
        if numbers.oneIn(3) {
            for _ in 0..<3 {
                var hop = hop(family, &numbers)
                hop.weight = Int(numbers.next() % 256) + 1
                spec.nextHops.append(hop)
            }
        } else {
            spec.path = hop(family, &numbers)
        }
        return spec
    }

    private func rule(_ numbers: inout SeededNumbers) -> RuleSpec {
        let family = family(&numbers)
        var spec = RuleSpec(
            family: family,
            action: numbers.pick([.table(100), .table(70_000), .goto(600), .nothing, .blackhole, .prohibit]))
        spec.priority = UInt32(truncatingIfNeeded: numbers.next())
        spec.isInverted = numbers.oneIn(3)
        if numbers.oneIn(2) { spec.source = prefix(family, &numbers) }
        if numbers.oneIn(2) { spec.destination = prefix(family, &numbers) }
        if numbers.oneIn(3) { spec.inputInterface = "eth0" }
        if numbers.oneIn(3) { spec.outputInterface = "eth1.100" }
        if numbers.oneIn(3) { spec.mark = UInt32(truncatingIfNeeded: numbers.next()) }
        if spec.mark != nil, numbers.oneIn(2) { spec.markMask = 0xff }
        if numbers.oneIn(3) { spec.realms = UInt32(truncatingIfNeeded: numbers.next()) }
        if numbers.oneIn(3) { spec.users = 10...20 }
        if numbers.oneIn(3) { spec.transport = 6 }
        if numbers.oneIn(3) { spec.sourcePorts = 1...2 }
        if numbers.oneIn(3) { spec.destinationPorts = 80...80 }
        if numbers.oneIn(3) { spec.suppressedPrefixLength = 0 }
        if numbers.oneIn(3) { spec.suppressedGroup = 3 }
        if numbers.oneIn(3) { spec.tunnelID = numbers.next() }
        spec.isL3MasterDevice = numbers.oneIn(4)
        return spec
    }
}
