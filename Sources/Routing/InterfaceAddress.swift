package import Addresses

/// An address on an interface, as the kernel describes it.
package struct InterfaceAddress: Hashable, Sendable {
    /// The index of the interface.
    package var interface: Int32
    package var address: IPAddress
    package var prefixLength: Int
    /// The other end of a point-to-point address; nil for the usual kind.
    package var peer: IPAddress?
    package var broadcast: IPv4Address?
    /// `RT_SCOPE_*`: 0 global, 253 link, 254 host.
    package var scope: UInt8 = 0
    /// `IFA_F_*`.
    package var flags: UInt32 = 0
    /// IPv4: the label; empty for IPv6.
    package var label = ""
    /// In seconds; `UInt32.max` for ever.
    package var preferredLifetime = UInt32.max
    /// In seconds; `UInt32.max` for ever.
    package var validLifetime = UInt32.max
    /// Who put it there (`IFAPROT_*`, as routes have `RTPROT_*`); 0 where nobody said.
    package var originator: UInt8 = 0

    package init(interface: Int32, address: IPAddress, prefixLength: Int) {
        self.interface = interface
        self.address = address
        self.prefixLength = prefixLength
    }

    /// IPv4: not the first address of its network on the interface.
    package var isSecondary: Bool { address.family == .ipv4 && flags & 0x01 != 0 }
    /// IPv6: not usable yet, or not usable at all: duplicate address detection runs or found another.
    package var isTentative: Bool { address.family == .ipv6 && flags & 0x40 != 0 }
    package var hasFailedDuplicateDetection: Bool { flags & 0x08 != 0 }
    package var isDeprecated: Bool { flags & 0x20 != 0 }
    package var isTemporary: Bool { address.family == .ipv6 && flags & 0x01 != 0 }

    /// Whether it is an IPv6 address of fe80::/10.
    package var isLinkLocal: Bool {
        guard case .v6(let address) = address else { return false }
        return address.high >> 54 == 0x3fa
    }
}
