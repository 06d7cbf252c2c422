import Addresses
package import PacketFormats
import VRRPProtocol

/// How the packets of a virtual router look on the wire, and what it demands of those that it receives: what the
/// encoder and the decoder of `PacketFormats` are given.
package struct WireFormat: Sendable {
    package var receiver: Receiver
    /// The packet around an advertisement; its destination is replaced by each unicast peer.
    package var transmission: Transmission
    /// The key of the trailers that are sent, and what protects them from replay; nil for none.
    package var trailer: (key: TrailerKey, antiReplay: TrailerPolicy.AntiReplay)?
    package var digests: any KeyedDigests

    package init(receiver: Receiver, transmission: Transmission, digests: any KeyedDigests) {
        self.receiver = receiver
        self.transmission = transmission
        self.digests = digests
    }

    /// The whole IP packet.
    func encode(
        _ outgoing: OutgoingAdvertisement, to peer: IPAddress?, number: UInt32, replay: inout ReplayState,
        sequence: inout TrailerSequence?, at time: WallTime
    ) throws(EncodingError) -> [UInt8] {
        var transmission = transmission
        if let peer { transmission.destination = peer }
        transmission.identification = UInt16(truncatingIfNeeded: number)
        if case .header = transmission.authentication { transmission.headerSequence = replay.takeHeaderSequence() }
        if let trailer {
            let next = TrailerSequence.next(after: sequence, at: time, antiReplay: trailer.antiReplay)
            sequence = next
            transmission.trailer = Transmission.Trailer(key: trailer.key, sequence: next)
        }
        let advertisement = Advertisement(
            version: receiver.version, virtualRouterID: receiver.virtualRouterID, priority: outgoing.priority,
            interval: outgoing.interval, addresses: outgoing.addresses)
        return try transmission.packet(advertisement, digests: digests)
    }
}

/// For packets without authentication, which need no digests.
package struct NoDigests: KeyedDigests {
    package init() {}

    package func hmacMD5(of message: [UInt8], key: [UInt8]) -> [UInt8] { Array(repeating: 0, count: 16) }
    package func hmacSHA256(of message: [UInt8], key: [UInt8]) -> [UInt8] { Array(repeating: 0, count: 32) }
}
