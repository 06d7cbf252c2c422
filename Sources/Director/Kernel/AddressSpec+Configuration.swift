import Addresses
import KeepalivedConfig
import Routing

extension AddressSpec {
    /// What a line of a configuration asks for on an interface, with keepalived's defaults: no broadcast address; IPv6
    /// without duplicate address detection, which would take a second, and a lone IPv6 address never as a source.
    init(_ line: VirtualAddress, on interface: Int32) {
        self.init(interface: interface, address: line.address, prefixLength: line.prefix.length)
        peer = line.peer.map { NetworkPrefix($0.address, $0.length) }
        label = line.label
        switch line.address {
        case .v4(let address):
            broadcast = Self.broadcast(line, of: address)
            scope = line.scope?.number ?? 0
            // The rest is for IPv6.
            for (word, flag) in Self.commonFlags where line.flags.contains(word) { flags.insert(flag) }
        case .v6:
            for (word, flag) in Self.commonFlags + Self.laterFlags where line.flags.contains(word) {
                flags.insert(flag)
            }
            if !line.flags.contains(.noDuplicateDetection) { flags.insert(.noDuplicateDetection) }
            switch line.preferredLifetime {
            case .seconds(let seconds): preferredLifetime = UInt32(clamping: seconds)
            case .forever: break
            case nil: if prefixLength == 128, peer == nil { preferredLifetime = 0 }
            }
        }
    }

    private static let commonFlags: [(VirtualAddress.Flag, Flags)] = [
        (.noPrefixRoute, .noPrefixRoute), (.autojoin, .autojoin),
    ]
    private static let laterFlags: [(VirtualAddress.Flag, Flags)] = [
        (.home, .home), (.managesTemporary, .managesTemporary),
    ]

    private static func broadcast(_ line: VirtualAddress, of address: IPv4Address) -> IPv4Address? {
        var network = address
        var length = line.prefix.length
        if let peer = line.peer, case .v4(let other) = peer.address {
            network = other
            length = peer.length
        }
        let hostBits: UInt32 = length >= 32 ? 0 : .max >> UInt32(length)
        switch line.broadcast {
        case .address(.v4(let address)): return address
        case .address(.v6), nil: return nil
        case .hostBitsSet: return IPv4Address(network.value | hostBits)
        case .hostBitsClear: return IPv4Address(network.value & ~hostBits)
        }
    }
}

extension VirtualAddress.Scope {
    /// `RT_SCOPE_*`.
    var number: UInt8 {
        switch self {
        case .global: 0
        case .site: 200
        case .link: 253
        case .host: 254
        case .nowhere: 255
        }
    }
}
