import Addresses
import IPVSModel
import Testing

@Suite("Scheduler flags")
struct SchedulerFlagNameTests {
    @Test(
        "A flag is named after the scheduler that has a meaning for it",
        arguments: [
            // Scheduler, flags as in linux/ip_vs.h, names.
            ("sh", 0x08, ["sh-fallback"]),
            ("sh", 0x18, ["sh-fallback", "sh-port"]),
            ("sh", 0x20, ["flag-3"]),
            ("mh", 0x18, ["mh-fallback", "mh-port"]),
            ("mh", 0x30, ["mh-port", "flag-3"]),
            ("rr", 0x38, ["flag-1", "flag-2", "flag-3"]),
            ("", 0x10, ["flag-2"]),
            // Persistence, the kernel's own bit and one-packet scheduling are none of them.
            ("sh", 0x07, []),
        ] as [(String, UInt32, [String])])
    func names(scheduler: String, flags: UInt32, names: [String]) {
        let service = VirtualService(
            identity: .firewallMark(1, .ipv4), scheduler: scheduler, flags: .init(rawValue: flags))
        #expect(service.schedulerFlagNames == names)
    }
}

@Suite("What has no effect")
struct EffectiveTests {
    private let web = VirtualService.Identity.address(.tcp, .v4(IPv4Address(10, 0, 0, 1)), port: 80)

    @Test("The kernel's own hash bit is no difference")
    func hashed() {
        let asked = VirtualService(identity: web)
        let shown = VirtualService(identity: web, flags: .hashed)
        #expect(asked.effective == shown.effective)
    }

    @Test("A persistence timeout and mask without persistence are no difference")
    func withoutPersistence() {
        let plain = VirtualService(identity: web)
        let odd = VirtualService(identity: web, persistenceTimeout: 300, persistenceMask: .init(0xffff_ff00))
        #expect(plain.effective == odd.effective)
    }

    @Test(
        "With persistence they are, and so is everything else",
        arguments: [
            VirtualService(identity: .firewallMark(1, .ipv4), flags: .persistent, persistenceTimeout: 300),
            VirtualService(
                identity: .firewallMark(1, .ipv4), flags: .persistent, persistenceMask: .init(0xffff_ff00)),
            VirtualService(identity: .firewallMark(1, .ipv4), scheduler: "rr", flags: .persistent),
            VirtualService(identity: .firewallMark(1, .ipv4), flags: [.persistent, .onePacket]),
            VirtualService(identity: .firewallMark(1, .ipv4), flags: [.persistent, .scheduler2]),
            VirtualService(identity: .firewallMark(1, .ipv4), flags: .persistent, persistenceEngine: "sip"),
        ])
    func differences(service: VirtualService) {
        let plain = VirtualService(identity: .firewallMark(1, .ipv4), flags: .persistent)
        #expect(service.effective != plain.effective)
    }

    @Test(
        "A tunnel's settings count as far as its type has a use for them",
        arguments: [
            // Forwarding, one tunnel, another, whether they are the same in effect.
            (ForwardingMethod.masquerade, Tunnel(type: .gue, port: 1, checksum: .remote), Tunnel(), true),
            (.direct, Tunnel(type: .gre), Tunnel(), true),
            (.tunnel, Tunnel(type: .gre), Tunnel(), false),
            (.tunnel, Tunnel(type: .ipip, port: 6080, checksum: .checksum), Tunnel(), true),
            (.tunnel, Tunnel(type: .gre, port: 6080), Tunnel(type: .gre), true),
            (.tunnel, Tunnel(type: .gre, checksum: .checksum), Tunnel(type: .gre), false),
            (.tunnel, Tunnel(type: .gue, port: 6080), Tunnel(type: .gue, port: 6081), false),
            (.tunnel, Tunnel(type: .gue, port: 1, checksum: .remote), Tunnel(type: .gue, port: 1), false),
        ])
    func tunnels(forwarding: ForwardingMethod, one: Tunnel, other: Tunnel, same: Bool) {
        let endpoint = RealServer.Endpoint(address: .v4(IPv4Address(10, 0, 0, 2)), port: 80)
        let left = RealServer(endpoint: endpoint, forwarding: forwarding, tunnel: one)
        let right = RealServer(endpoint: endpoint, forwarding: forwarding, tunnel: other)
        #expect((left.effective == right.effective) == same)
    }
}
