package import Addresses

/// An advertisement as the firewall of this host would see it, on its way in or out.
package struct SimulatedPacket: Hashable, Sendable {
    package enum Direction: String, Hashable, Sendable {
        case incoming
        case outgoing
    }

    /// The interface that it comes in by or goes out by.
    package struct Interface: Hashable, Sendable {
        package var name: String
        /// `ip link set … group`; nil where it is not known.
        package var group: UInt32?
        package var isBridge: Bool

        package init(name: String, group: UInt32? = nil, isBridge: Bool = false) {
            self.name = name
            self.group = group
            self.isBridge = isBridge
        }
    }

    package var direction: Direction
    package var interface: Interface
    /// 112 for VRRP, 51 where an authentication header is around it.
    package var transport: UInt8
    /// What is known of its source: one address, or the network that its sender is in.
    package var source: AddressRange
    package var destination: IPAddress
    /// Whether the way back to the source goes out by the same interface.
    package var isReachedBack: Truth

    package init(
        _ direction: Direction, on interface: Interface, transport: UInt8, from source: AddressRange,
        to destination: IPAddress, isReachedBack: Truth = .yes
    ) {
        self.direction = direction
        self.interface = interface
        self.transport = transport
        self.source = source
        self.destination = destination
        self.isReachedBack = isReachedBack
    }

    package var family: AddressFamily { destination.family }

    package var isMulticast: Bool {
        switch destination {
        case .v4(let address): address.isMulticast
        case .v6(let address): address.isMulticast
        }
    }

    /// The TTL or hop limit that VRRP sends with.
    static let hopLimit: UInt64 = 255
}
