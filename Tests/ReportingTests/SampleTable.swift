import Addresses
import IPVSModel
import Reporting

/// A table with every kind of service and server, in the order in which the C program listed it (it sorts
/// 255.255.255.255 before 10.0.0.1; the listing under test does not sort).
enum SampleTable {
    struct Row {
        var service: ServiceEntry
        var servers: [ServerEntry]
    }

    static let information = IPVSInformation(
        // 1.2.1
        version: 0x010201,
        connectionTableSize: 4096)

    static let rows: [Row] = [
        row(
            VirtualService(identity: tcp("10.0.0.1", 80), scheduler: "wlc"),
            server("10.0.0.2", 80, .masquerade),
            server("10.0.0.3", 8080, .masquerade, weight: 100, upper: 500, lower: 100),
            server("10.0.0.4", 80, .direct, weight: 0),
            server("10.0.0.5", 80, .tunnel, weight: 2_147_483_647),
            server("10.0.0.6", 80, .tunnel, tunnel: Tunnel(type: .gue, port: 6080, checksum: .checksum)),
            server("10.0.0.7", 80, .tunnel, tunnel: Tunnel(type: .gre)),
            server("10.0.0.8", 80, .tunnel, tunnel: Tunnel(type: .gre, checksum: .checksum)),
            server("10.0.0.10", 80, .tunnel, tunnel: Tunnel(type: .gue, port: 65535, checksum: .remote)),
            server("10.0.0.11", 80, .tunnel, tunnel: Tunnel(type: .gue, port: 1)),
            // A server of the other family, which tunnels allow.
            server("2001:db8::99", 80, .tunnel)),
        row(
            VirtualService(
                identity: tcp("10.0.0.1", 443), scheduler: "sh",
                flags: [.persistent, .hashed, .scheduler1, .scheduler2], persistenceTimeout: 360,
                persistenceMask: .init(0xffff_ff00))),
        // The whole mask is left unsaid.
        row(
            VirtualService(
                identity: tcp("10.0.0.1", 444), scheduler: "mh", flags: [.persistent, .hashed, .scheduler2],
                persistenceTimeout: 360)),
        row(
            VirtualService(
                identity: tcp("10.0.0.1", 445), scheduler: "rr",
                flags: [.hashed, .scheduler1, .scheduler2, .scheduler3])),
        // 25 bytes of address and port with the protocol before them.
        row(
            VirtualService(identity: udp("255.255.255.255", 65535), scheduler: "lblcr"),
            server("192.168.111.111", 65535, .masquerade)),
        row(
            VirtualService(identity: udp("10.0.0.1", 53), scheduler: "lblcr", flags: [.hashed, .onePacket]),
            server("10.0.0.2", 53, .masquerade)),
        // An engine without persistence is not listed, but saved.
        row(VirtualService(identity: udp("10.0.0.1", 54), scheduler: "rr", persistenceEngine: "sip")),
        row(
            VirtualService(
                identity: udp("10.0.0.1", 5060), scheduler: "rr", flags: [.persistent, .hashed],
                persistenceTimeout: 60, persistenceEngine: "sip")),
        row(
            VirtualService(identity: .address(.sctp, address("10.0.0.1"), port: 9000), scheduler: "wrr"),
            server("192.168.100.100", 65535, .masquerade, weight: 3)),
        row(
            VirtualService(
                identity: tcp("2001:db8::1", 80), scheduler: "sed", flags: [.persistent, .hashed],
                persistenceTimeout: 300, persistenceMask: .init(64)),
            server("2001:db8::2", 8080, .masquerade, weight: 5),
            // Longer than its column, and not cut.
            server("2001:db8:1111:2222:3333:4444:5555:6666", 8080, .masquerade, weight: 5)),
        row(
            VirtualService(
                identity: tcp("2001:db8:1111:2222:3333:4444:5555:6666", 65535), scheduler: "fo",
                flags: [.persistent, .hashed], persistenceTimeout: 10, persistenceEngine: "sip")),
        row(
            VirtualService(identity: .firewallMark(5, .ipv4), scheduler: "wlc"),
            server("10.0.0.9", 0, .direct)),
        row(
            VirtualService(
                identity: .firewallMark(8, .ipv6), scheduler: "wlc", flags: [.persistent, .hashed],
                persistenceTimeout: 100, persistenceMask: .init(64)),
            server("2001:db8::2", 0, .direct)),
    ]

    // MARK: Making entries

    static func row(_ service: VirtualService, _ servers: ServerEntry...) -> Row {
        Row(service: ServiceEntry(service: service), servers: servers)
    }

    static func tcp(_ text: String, _ port: UInt16) -> VirtualService.Identity {
        .address(.tcp, address(text), port: port)
    }

    static func udp(_ text: String, _ port: UInt16) -> VirtualService.Identity {
        .address(.udp, address(text), port: port)
    }

    static func server(
        _ text: String, _ port: UInt16, _ forwarding: ForwardingMethod, weight: Int32 = 1, upper: UInt32 = 0,
        lower: UInt32 = 0, tunnel: Tunnel = Tunnel()
    ) -> ServerEntry {
        ServerEntry(
            server: RealServer(
                endpoint: .init(address: address(text), port: port), forwarding: forwarding, weight: weight,
                upperThreshold: upper, lowerThreshold: lower, tunnel: tunnel))
    }

    static func address(_ text: String) -> IPAddress {
        let bytes = Array(text.utf8)[...]
        if let address = IPv4Address(dottedQuad: bytes) { return .v4(address) }
        return .v6(IPv6Address(bytes) ?? IPv6Address(high: 0, low: 0))
    }
}

/// What `body` writes, as `cat -A` shows it: `$` at each line's end, so that trailing blanks can be seen.
func written(_ body: (inout Text) -> Void) -> String {
    var text = Text()
    body(&text)
    return String(decoding: text.bytes, as: UTF8.self).replacing("\n", with: "$\n")
}
