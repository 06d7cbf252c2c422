package import Addresses

/// An address with the length of its network's prefix, as routes and rules have it.
package struct NetworkPrefix: Hashable, Sendable, CustomStringConvertible {
    package var address: IPAddress
    /// 0…32 or 0…128.
    package var length: Int

    package init(_ address: IPAddress, _ length: Int) {
        self.address = address
        self.length = length
    }

    /// The prefix of the single address.
    package init(_ address: IPAddress) { self.init(address, address.family.bits) }

    package var description: String { "\(address)/\(length)" }
}

extension AddressFamily {
    /// How long an address is: 32 or 128.
    package var bits: Int { self == .ipv4 ? 32 : 128 }
}
