package import Addresses

/// A network interface, as the kernel describes it.
package struct Link: Hashable, Sendable {
    /// Unique for the life of a network namespace; an interface that is made anew has another.
    package var index: Int32
    /// At most 15 bytes; may change.
    package var name: String
    /// `macvlan`, `vlan`, `veth` …; empty for hardware.
    package var kind = ""
    /// The interface below it; 0 for none.
    package var parent: Int32 = 0
    /// Whether `parent` is the index in another network namespace.
    package var hasForeignParent = false
    /// The bridge, bond or VRF that it belongs to; 0 for none.
    package var master: Int32 = 0
    /// `IFF_*` of <net/if.h>.
    package var flags: UInt32 = 0
    /// In bytes.
    package var mtu = 0
    /// `ARPHRD_*`; 1 for Ethernet.
    package var hardwareType: UInt16 = 0
    /// Six bytes for Ethernet; empty where it has none.
    package var hardwareAddress: [UInt8] = []
    /// The group of interfaces, as `ip link set … group` names it.
    package var group: UInt32 = 0
    /// Of a macvlan.
    package var macvlanMode: MacvlanMode?
    /// `IN6_ADDR_GEN_MODE_*`; nil where the interface has no IPv6.
    package var addressGenerationMode: UInt8?
    /// The routing table of a VRF device.
    package var routingTable: UInt32?

    package init(index: Int32, name: String) {
        self.index = index
        self.name = name
    }

    /// Whether it is set up (`IFF_UP`), by the administrator.
    package var isUp: Bool { flags & 0x1 != 0 }
    /// Whether it is up and has a carrier (`IFF_RUNNING`).
    package var isRunning: Bool { flags & 0x41 == 0x41 }
    package var isLoopback: Bool { flags & 0x8 != 0 }
    package var isPointToPoint: Bool { flags & 0x10 != 0 }
    package var isMulticastCapable: Bool { flags & 0x1000 != 0 }

    /// The hardware address where that is one of Ethernet.
    package var macAddress: MACAddress? {
        guard hardwareAddress.count == 6 else { return nil }
        return MACAddress(hardwareAddress.reduce(0) { $0 << 8 | UInt64($1) })
    }
}

/// How a macvlan and its siblings on the same parent see each other.
package enum MacvlanMode: UInt32, Hashable, Sendable {
    case `private` = 1
    case vepa = 2
    case bridge = 4
    case passthrough = 8
    case source = 16
}
