import Addresses
import IPVSModel
import TestSupport

/// Tables out of a small world, so that two of them share much and differ in every way that tables can.
enum RandomTable {
    private static let identities: [VirtualService.Identity] = [
        .address(.tcp, .v4(IPv4Address(10, 0, 0, 1)), port: 80),
        .address(.udp, .v4(IPv4Address(10, 0, 0, 1)), port: 80),
        .address(.tcp, .v6(IPv6Address(high: 0x2001_0db8_0000_0000, low: 1)), port: 80),
        .firewallMark(1, .ipv4),
        .firewallMark(1, .ipv6),
    ]

    static func make(_ numbers: inout SeededNumbers) -> [ServiceWithServers] {
        identities.filter { _ in !numbers.oneIn(3) }.shuffled(using: &numbers).map { identity in
            let lastBytes = (2...6).filter { _ in numbers.oneIn(2) }.shuffled(using: &numbers)
            return ServiceWithServers(
                service: service(identity, &numbers), servers: lastBytes.map { server(UInt8($0), &numbers) })
        }
    }

    private static func service(
        _ identity: VirtualService.Identity, _ numbers: inout SeededNumbers
    ) -> VirtualService {
        VirtualService(
            identity: identity, scheduler: numbers.pick(["rr", "sh"]),
            flags: numbers.pick([[], .hashed, .persistent, [.persistent, .hashed], .scheduler1]),
            persistenceTimeout: numbers.pick([0, 360]),
            persistenceMask: numbers.pick([nil, .init(64)]),
            persistenceEngine: numbers.oneIn(5) ? "sip" : "")
    }

    private static func server(_ lastByte: UInt8, _ numbers: inout SeededNumbers) -> RealServer {
        RealServer(
            endpoint: .init(address: .v4(IPv4Address(10, 0, 1, lastByte)), port: 80),
            forwarding: numbers.pick([.masquerade, .direct, .tunnel]),
            weight: numbers.pick([0, 1, 1]),
            upperThreshold: numbers.pick([0, 0, 9]),
            tunnel: numbers.pick([Tunnel(), Tunnel(), Tunnel(type: .gue, port: 6080), Tunnel(type: .gre, port: 1)]))
    }
}
