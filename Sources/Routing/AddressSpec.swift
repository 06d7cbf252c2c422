package import Addresses

/// An address to be put on an interface.
package struct AddressSpec: Hashable, Sendable {
    /// What stands in `IFA_FLAGS`.
    package struct Flags: OptionSet, Hashable, Sendable {
        package var rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        /// `nodad`: IPv6, usable at once, without duplicate address detection.
        package static let noDuplicateDetection = Flags(rawValue: 0x02)
        /// `home`: IPv6, the home address of Mobile IPv6.
        package static let home = Flags(rawValue: 0x10)
        /// `mngtmpaddr`: IPv6, the kernel makes temporary addresses of it.
        package static let managesTemporary = Flags(rawValue: 0x100)
        /// `noprefixroute`: without the route to its network.
        package static let noPrefixRoute = Flags(rawValue: 0x200)
        /// `autojoin`: a multicast address that is joined.
        package static let autojoin = Flags(rawValue: 0x400)
    }

    /// The index of the interface.
    package var interface: Int32
    package var address: IPAddress
    package var prefixLength: Int
    /// The other end, with the prefix length in place of `prefixLength`.
    package var peer: NetworkPrefix?
    /// IPv4 only.
    package var broadcast: IPv4Address?
    /// `RT_SCOPE_*`; 0 for global.
    package var scope: UInt8 = 0
    /// IPv4 only: nil for the interface's name.
    package var label: String?
    package var flags: Flags = []
    /// In seconds; nil for ever, 0 for an address that is not chosen as a source.
    package var preferredLifetime: UInt32?
    /// Who it is from, where the kernel keeps that (5.18 and later).
    package var originator = RouteSpec.ourProtocol

    /// Whether the host takes packets to it; the kernel is told by `PacketFilter`, not with the address.
    package var isAccepted = true

    package init(interface: Int32, address: IPAddress, prefixLength: Int) {
        self.interface = interface
        self.address = address
        self.prefixLength = prefixLength
    }
}
