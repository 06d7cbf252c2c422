package import Addresses

/// An interface to be made on top of another.
package struct VirtualInterfaceSpec: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case macvlan(MacvlanMode, MACAddress)
        case ipvlan(IPVLANMode)
    }

    /// How siblings of an ipvlan on the same parent see each other.
    package enum IPVLANMode: UInt16, Hashable, Sendable {
        case bridge = 0
        case `private` = 1
        case vepa = 2
    }

    /// At most 15 bytes.
    package var name: String
    /// The index of the interface below.
    package var parent: Int32
    package var kind: Kind
    /// Nil for the default, 0.
    package var group: UInt32?
    /// `IN6_ADDR_GEN_MODE_*`: 1 for none, so that no address is made of the hardware address.
    package var addressGenerationMode: UInt8?

    package init(name: String, parent: Int32, kind: Kind) {
        self.name = name
        self.parent = parent
        self.kind = kind
    }
}
