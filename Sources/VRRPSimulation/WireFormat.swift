package import Addresses
package import VRRPProtocol

/// How the packets of a virtual router look on the wire, and what it makes of those that it receives: the encoder and
/// decoder of `PacketFormats`, set up as the node's configuration says.
package struct WireFormat: Sendable {
    /// The whole IP packet. The number counts this router's packets from 1.
    package var encode:
        @Sendable (_ advertisement: OutgoingAdvertisement, _ peer: IPAddress?, _ number: UInt32) -> [UInt8]
    /// What becomes of an IP packet that arrived on the router's LAN.
    package var decode: @Sendable (_ packet: [UInt8]) -> WireVerdict

    package init(
        encode: @escaping @Sendable (OutgoingAdvertisement, IPAddress?, UInt32) -> [UInt8],
        decode: @escaping @Sendable ([UInt8]) -> WireVerdict
    ) {
        self.encode = encode
        self.decode = decode
    }
}

/// What a virtual router makes of a packet.
package enum WireVerdict: Hashable, Sendable {
    case accepted(HeardAdvertisement)
    /// The packet is for this router and wrong, or it is for none; the name of the counter, and what is wrong.
    case rejected(reason: String, detail: String)
}
