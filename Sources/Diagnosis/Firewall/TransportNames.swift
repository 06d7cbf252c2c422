/// Protocols of IP by the names that nftables and iptables print, which are those of /etc/protocols.
enum TransportNames {
    private static let numbers: [String: UInt8] = [
        "hopopt": 0, "icmp": 1, "igmp": 2, "ipv4": 4, "ipencap": 4, "tcp": 6, "udp": 17, "dccp": 33, "ipv6": 41,
        "gre": 47, "esp": 50, "ah": 51, "ipv6-icmp": 58, "icmpv6": 58, "ospf": 89, "pim": 103, "comp": 108,
        "ipcomp": 108, "vrrp": 112, "carp": 112, "l2tp": 115, "sctp": 132, "udplite": 136,
    ]

    /// Whether a name or number is the protocol: `unknown` for a name that is not known here.
    static func matches(_ word: some StringProtocol, _ transport: UInt8) -> Truth {
        if let number = UInt8(word) { return Truth(number == transport) }
        guard let number = numbers[word.lowercased()] else {
            // /etc/protocols has one name for each number, and ours are known.
            return transport == 112 || transport == 51 ? .no : .unknown
        }
        return Truth(number == transport)
    }

    static func name(_ transport: UInt8) -> String {
        switch transport {
        case 112: "vrrp"
        case 51: "ah"
        default: String(transport)
        }
    }
}
