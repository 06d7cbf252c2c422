package import Addresses
package import KeepalivedConfig

/// Addresses of one family from the lowest to the highest, both included.
package struct AddressRange: Hashable, Sendable {
    package var family: AddressFamily
    private var low: UInt128
    private var high: UInt128

    package init(_ address: IPAddress) {
        family = address.family
        low = Self.number(address)
        high = low
    }

    /// - Returns: Nil for addresses of different families, or in the wrong order.
    package init?(from first: IPAddress, through last: IPAddress) {
        guard first.family == last.family, Self.number(first) <= Self.number(last) else { return nil }
        family = first.family
        low = Self.number(first)
        high = Self.number(last)
    }

    /// The whole network, whatever the address's host bits are.
    package init(_ prefix: AddressPrefix) {
        family = prefix.address.family
        let width = AddressPrefix.hostLength(family)
        let hostBits = UInt128(width - min(max(prefix.length, 0), width))
        let mask = hostBits >= 128 ? UInt128.max : (UInt128(1) << hostBits) - 1
        low = Self.number(prefix.address) & ~mask
        high = low | mask
    }

    /// Whether every address of this one lies in the other: `unknown` if only some do.
    package func lies(in other: AddressRange) -> Truth {
        guard family == other.family, low <= other.high, other.low <= high else { return .no }
        return low >= other.low && high <= other.high ? .yes : .unknown
    }

    private static func number(_ address: IPAddress) -> UInt128 {
        switch address {
        case .v4(let address): UInt128(address.value)
        case .v6(let address): UInt128(address.high) << 64 | UInt128(address.low)
        }
    }
}
