import Addresses
import CLinux

extension AddressFamily {
    /// The family as the raw sockets' calls know it.
    var wire: clinux_wire { self == .ipv4 ? clinux_wire_ipv4 : clinux_wire_ipv6 }
}

extension IPAddress {
    /// 4 or 16, most significant first.
    var octets: [UInt8] {
        switch self {
        case .v4(let address): Self.octets(of: address.value)
        case .v6(let address): Self.octets(of: address.high) + Self.octets(of: address.low)
        }
    }

    private static func octets(of number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }
}
