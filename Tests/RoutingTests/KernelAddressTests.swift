import Addresses
import Glibc
import NetworkTestSupport
import Routing
import Testing

/// Addresses put into a real kernel, each compared with what iproute2 makes of the same line.
@Suite("Addresses in the kernel", .enabled(if: canMakeNetworks))
struct KernelAddressTests {
    struct Line: Sendable, CustomTestStringConvertible {
        var words: String
        var spec: @Sendable (Int32) -> AddressSpec
        var testDescription: String { words }
    }

    static func v4(_ text: String, _ length: Int, _ change: @escaping @Sendable (inout AddressSpec) -> Void = { _ in })
        -> @Sendable (Int32) -> AddressSpec
    {
        { index in
            var spec = AddressSpec(interface: index, address: address(text), prefixLength: length)
            change(&spec)
            return spec
        }
    }

    static let lines: [Line] = [
        Line(words: "10.0.0.1/24", spec: v4("10.0.0.1", 24)),
        Line(words: "10.0.0.1/32", spec: v4("10.0.0.1", 32)),
        Line(words: "10.0.0.1/24 brd 10.0.0.255", spec: v4("10.0.0.1", 24) { $0.broadcast = ipv4("10.0.0.255") }),
        Line(words: "10.0.0.1/24 brd 10.0.0.0", spec: v4("10.0.0.1", 24) { $0.broadcast = ipv4("10.0.0.0") }),
        Line(words: "10.0.0.1/24 scope link", spec: v4("10.0.0.1", 24) { $0.scope = 253 }),
        Line(words: "10.0.0.1/24 scope host", spec: v4("10.0.0.1", 24) { $0.scope = 254 }),
        Line(words: "10.0.0.1/24 scope site", spec: v4("10.0.0.1", 24) { $0.scope = 200 }),
        Line(words: "10.0.0.1/24 label w0:vip", spec: v4("10.0.0.1", 24) { $0.label = "w0:vip" }),
        Line(
            words: "10.0.0.1 peer 10.9.0.2/30",
            spec: v4("10.0.0.1", 32) { $0.peer = NetworkPrefix(address("10.9.0.2"), 30) }),
        Line(words: "10.0.0.1/24 noprefixroute", spec: v4("10.0.0.1", 24) { $0.flags = .noPrefixRoute }),
        Line(words: "10.0.0.1/24 preferred_lft 0", spec: v4("10.0.0.1", 24) { $0.preferredLifetime = 0 }),
        Line(words: "fd00::1/64 nodad", spec: v4("fd00::1", 64) { $0.flags = .noDuplicateDetection }),
        Line(
            words: "fd00::1/128 nodad preferred_lft 0",
            spec: v4("fd00::1", 128) {
                $0.flags = .noDuplicateDetection
                $0.preferredLifetime = 0
            }),
        Line(
            words: "fd00::1/64 nodad home", spec: v4("fd00::1", 64) { $0.flags = [.noDuplicateDetection, .home] }),
        Line(
            words: "fd00::1/64 nodad mngtmpaddr",
            spec: v4("fd00::1", 64) { $0.flags = [.noDuplicateDetection, .managesTemporary] }),
        Line(
            words: "fd00::1/64 nodad noprefixroute",
            spec: v4("fd00::1", 64) { $0.flags = [.noDuplicateDetection, .noPrefixRoute] }),
        Line(
            words: "fd00::1 peer fd00::2/126 nodad",
            spec: v4("fd00::1", 128) {
                $0.peer = NetworkPrefix(address("fd00::2"), 126)
                $0.flags = .noDuplicateDetection
            }),
        Line(words: "224.1.2.3/32 autojoin", spec: v4("224.1.2.3", 32) { $0.flags = .autojoin }),
        Line(
            words: "ff05::7/128 nodad autojoin",
            spec: v4("ff05::7", 128) { $0.flags = [.noDuplicateDetection, .autojoin] }),
        Line(words: "fe80::5/64 nodad", spec: v4("fe80::5", 64) { $0.flags = .noDuplicateDetection }),
    ]

    @Test("The kernel shows the same as for iproute2's line", arguments: lines)
    func sameAsIPRoute2(_ line: Line) throws {
        try inOwnNetwork {
            let network = try KernelNetwork()
            let link = try #require(try network.link(named: "w0"))
            let spec = line.spec(link.index)
            #expect(network.apply([.addAddress(spec)]) == [nil])
            let ours = try shown()
            // The same again is refused, in words.
            let again = try #require(network.apply([.addAddress(spec)])[0])
            #expect(again.code == EEXIST)
            #expect(again.operation.hasPrefix("address add \(spec.address)"))
            // What the dump says of it is what was asked for.
            let there = try #require(try network.addresses().first { $0.isSame(as: spec) })
            #expect(there.originator == 18)
            #expect(network.apply([.removeAddress(spec)]) == [nil])
            #expect(try shown() == "")
            try shell("ip address add \(line.words) dev w0")
            #expect(ours == (try shown()))
        }
    }

    @Test("A thousand addresses go in one batch, and out")
    func thousand() throws {
        try inOwnNetwork {
            let network = try KernelNetwork()
            let link = try #require(try network.link(named: "w0"))
            let specs = (0..<1000).map { number in
                AddressSpec(
                    interface: link.index, address: .v4(IPv4Address(0x0a00_0001 + UInt32(number) << 2)),
                    prefixLength: 32)
            }
            let clock = ContinuousClock()
            let took = clock.measure {
                #expect(network.apply(specs.map(KernelChange.addAddress)).allSatisfy { $0 == nil })
            }
            #expect(try network.addresses().count { $0.interface == link.index } == 1000)
            let back = clock.measure {
                #expect(network.apply(specs.map(KernelChange.removeAddress)).allSatisfy { $0 == nil })
            }
            print("1,000 addresses: on \(took), off \(back)")
            #expect(try shown() == "")
        }
    }

    @Test("A batch of failures says each of them")
    func failures() throws {
        try inOwnNetwork {
            let network = try KernelNetwork()
            let link = try #require(try network.link(named: "w0"))
            let good = AddressSpec(interface: link.index, address: address("10.0.0.1"), prefixLength: 24)
            let bad = AddressSpec(interface: 9999, address: address("10.0.0.2"), prefixLength: 24)
            let errors = network.apply([.addAddress(bad), .addAddress(good), .addAddress(good), .addAddress(bad)])
            #expect(errors.map { $0?.code } == [ENODEV, nil, EEXIST, ENODEV])
            let many = network.apply([KernelChange](repeating: .addAddress(bad), count: 700))
            #expect(many.allSatisfy { $0?.code == ENODEV })
        }
    }
}

/// The addresses of w0 as `ip` shows them.
private func shown() throws -> String { try shell("ip -d -o address show dev w0 | sed 's/^[0-9]*: //'") }

func address(_ text: String) -> IPAddress {
    let octets = Array(text.utf8)[...]
    if let address = IPv4Address(dottedQuad: octets) { return .v4(address) }
    return .v6(IPv6Address(octets) ?? IPv6Address(high: 0, low: 0))
}

func ipv4(_ text: String) -> IPv4Address { IPv4Address(dottedQuad: Array(text.utf8)[...]) ?? IPv4Address(0) }
