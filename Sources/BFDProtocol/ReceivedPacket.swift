package import Addresses
package import PacketFormats

/// A control packet with what the layers below say of it.
package struct ReceivedPacket: Hashable, Sendable {
    package var packet: BFDControlPacket
    package var sender: IPAddress
    /// Our address.
    package var receiver: IPAddress
    /// The TTL or hop limit with which it arrived.
    package var hopLimit: UInt8
    /// Whether it came to the port for sessions over several hops.
    package var isMultihop: Bool

    package init(
        _ packet: BFDControlPacket, from sender: IPAddress, to receiver: IPAddress, hopLimit: UInt8, isMultihop: Bool
    ) {
        self.packet = packet
        self.sender = sender
        self.receiver = receiver
        self.hopLimit = hopLimit
        self.isMultihop = isMultihop
    }
}
