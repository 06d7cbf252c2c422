package import Addresses

/// An address with the length of its network's prefix.
package struct AddressPrefix: Hashable, Sendable, CustomStringConvertible {
    package var address: IPAddress
    /// 0…32 or 0…128.
    package var length: Int

    package init(_ address: IPAddress, _ length: Int) {
        self.address = address
        self.length = length
    }

    /// The prefix length of a single address of this family.
    package static func hostLength(_ family: AddressFamily) -> Int { family == .ipv4 ? 32 : 128 }

    package var isHost: Bool { length == Self.hostLength(address.family) }

    package var description: String { "\(address)/\(length)" }

    /// Whether the other address lies in this one's network.
    package func contains(_ other: IPAddress) -> Bool {
        switch (address, other) {
        case (.v4(let a), .v4(let b)):
            return length <= 0 || (a.value ^ b.value) >> UInt32(32 - min(length, 32)) == 0
        case (.v6(let a), .v6(let b)):
            if length <= 0 { return true }
            if length <= 64 { return (a.high ^ b.high) >> UInt64(64 - length) == 0 }
            return a.high == b.high && (a.low ^ b.low) >> UInt64(128 - min(length, 128)) == 0
        default: return false
        }
    }
}
