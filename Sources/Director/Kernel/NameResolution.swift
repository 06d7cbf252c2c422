import Addresses
import KeepalivedConfig
import Routing

/// What names in lines of a configuration stand for on this machine now.
struct NameResolution {
    var state: NetworkState
    var names: RoutingNames

    func interface(_ name: String) throws(ConfigurationFault) -> Int32 {
        guard let link = state.link(named: name) else { throw ConfigurationFault("there is no interface \(name)") }
        return link.index
    }

    func number(_ word: NumberOrName, _ known: [String: UInt32], _ what: String) throws(ConfigurationFault) -> UInt32 {
        switch word {
        case .number(let number): return UInt32(clamping: number)
        case .name(let name):
            guard let number = known[name] else { throw ConfigurationFault("there is no \(what) \(name)") }
            return number
        }
    }

    func table(_ word: NumberOrName) throws(ConfigurationFault) -> UInt32 {
        try number(word, names.tables, "routing table")
    }

    func originator(_ word: NumberOrName) throws(ConfigurationFault) -> UInt8 {
        UInt8(clamping: try number(word, names.protocols, "routing protocol"))
    }

    func scope(_ word: NumberOrName) throws(ConfigurationFault) -> UInt8 {
        UInt8(clamping: try number(word, names.scopes, "scope"))
    }

    func group(_ word: NumberOrName) throws(ConfigurationFault) -> UInt32 {
        try number(word, names.groups, "group of interfaces")
    }

    /// `[FROM/]TO`, names or numbers.
    func realms(_ text: String) throws(ConfigurationFault) -> UInt32 {
        var value: UInt32 = 0
        for part in text.split(separator: "/", maxSplits: 1) {
            let word = String(part)
            guard let number = UInt32(word) ?? names.realms[word], number <= 0xffff else {
                throw ConfigurationFault("there is no realm \(word)")
            }
            value = value << 16 | number
        }
        return value
    }

    /// `tcp`, `udp` … or a number.
    func transport(_ word: NumberOrName) throws(ConfigurationFault) -> UInt8 {
        UInt8(clamping: try number(word, Self.transports, "transport protocol"))
    }

    /// Those that a rule can look at, from IANA's list.
    private static let transports: [String: UInt32] = [
        "icmp": 1, "tcp": 6, "udp": 17, "dccp": 33, "gre": 47, "esp": 50, "ah": 51, "ipv6-icmp": 58, "icmpv6": 58,
        "vrrp": 112, "sctp": 132, "udplite": 136,
    ]
}
