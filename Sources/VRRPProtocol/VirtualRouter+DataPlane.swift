public import Addresses
import PacketFormats

extension VirtualRouter {
    /// What the kernel has to do for the virtual router in its state now (RFC 9568 sections 6.4, 7.3 and 8). The
    /// machine decides, the owner sees to it.
    public struct DataPlane: Hashable, Sendable {
        /// ARP requests and neighbour solicitations for the virtual addresses are answered, with the virtual MAC where
        /// there is one: only by the active router (sections 6.4.2 and 6.4.3).
        public var answersNeighbours: Bool
        /// Frames to the virtual MAC are taken and forwarded.
        public var forwards: Bool
        /// Packets to the virtual addresses themselves are taken: by an owner, or with `Accept_Mode`. Neighbour
        /// solicitations and advertisements always are (section 6.1).
        public var accepts: Bool
        /// The solicited-node groups of these addresses are joined (section 6.4.3).
        public var solicitedNodeAddresses: [IPv6Address]
        /// Router advertisements are sent for the virtual router (section 8.2.4).
        public var sendsRouterAdvertisements: Bool
        /// Packets to these are never forwarded: the virtual addresses, which a router that does not accept would
        /// otherwise send on (section 6.4.3), and VRRP's own group (sections 5.1.1.2 and 5.1.2.2).
        public var neverForwarded: [IPAddress]
    }

    /// What the kernel has to do in this state.
    public var dataPlane: DataPlane {
        let isActive = state == .active
        let isIPv6 = configuration.family == .ipv6
        return DataPlane(
            answersNeighbours: isActive, forwards: isActive,
            accepts: isActive && (effectivePriority == 255 || configuration.policy.accepts),
            solicitedNodeAddresses: addresses.compactMap { if case .v6(let address) = $0 { address } else { nil } },
            sendsRouterAdvertisements: isActive && isIPv6,
            neverForwarded: addresses + [VRRPWire.group(configuration.family)])
    }
}
