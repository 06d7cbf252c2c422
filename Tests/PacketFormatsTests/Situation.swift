import Addresses
import PacketAuthentication
import PacketFormats

/// One sender and one receiver that agree, as the tests of single rules begin:
///
///     10.0.0.1, fe80::1 ── advertisement ──▶ 10.0.0.2, fe80::2
struct Situation {
    var advertisement: Advertisement
    var transmission: Transmission
    var receiver: Receiver
    var replay = ReplayState()
    var now: WallTime?

    init(_ version: ProtocolVersion, _ family: AddressFamily = .ipv4, unicast: Bool = false) {
        let addresses =
            family == .ipv4
            ? [address("10.0.0.100"), address("10.0.0.101")] : [address("fe80::100"), address("2001:db8::100")]
        let sender = family == .ipv4 ? address("10.0.0.1") : address("fe80::1")
        let own = family == .ipv4 ? address("10.0.0.2") : address("fe80::2")
        advertisement = Advertisement(
            version: version, virtualRouterID: 7, priority: 100, interval: .seconds(1), addresses: addresses)
        transmission = Transmission(from: sender, to: unicast ? own : VRRPWire.group(family))
        receiver = Receiver(version: version, family: family, virtualRouterID: 7, addresses: addresses)
        receiver.ownAddresses = [own]
        if unicast { receiver.mode = .unicast(peers: [UnicastPeer(sender)]) }
    }

    func packet() throws -> [UInt8] {
        try transmission.packet(advertisement, digests: SystemDigests())
    }

    /// The IP payload of the packet.
    func message() throws -> [UInt8] {
        try transmission.message(advertisement, digests: SystemDigests())
    }

    /// A packet whose message was changed on purpose, with checksums that are right for it.
    func packet(changing change: (inout [UInt8]) -> Void) throws -> [UInt8] {
        var message = try message()
        change(&message)
        if message.count >= 8 {
            (message[6], message[7]) = (0, 0)
            var checksum = InternetChecksum()
            if transmission.source.family == .ipv6 || message[0] >> 4 == 3 && transmission.checksumForm == .pseudoHeader
            {
                checksum.addPseudoHeader(
                    source: transmission.source, destination: transmission.destination, length: message.count,
                    nextHeader: 112)
            }
            checksum.add(message[...])
            (message[6], message[7]) = (UInt8(checksum.value >> 8), UInt8(checksum.value & 0xff))
        }
        return wrap(message)
    }

    /// An IP packet around any payload.
    func wrap(_ payload: [UInt8], protocolNumber: UInt8 = 112) -> [UInt8] {
        var bytes: [UInt8] = []
        switch (transmission.source, transmission.destination) {
        case (.v4(let source), .v4(let destination)):
            var header = IPv4Header(
                source: source, destination: destination, totalLength: UInt16(20 + payload.count))
            header.timeToLive = transmission.hopLimit
            header.protocolNumber = protocolNumber
            header.write(into: &bytes)
        case (.v6(let source), .v6(let destination)):
            var header = IPv6Header(
                source: source, destination: destination, payloadLength: UInt16(payload.count))
            header.hopLimit = transmission.hopLimit
            header.nextHeader = protocolNumber
            header.write(into: &bytes)
        default: fatalError("one family")
        }
        return bytes + payload
    }

    /// What the receiver makes of the packet.
    mutating func receive(_ packet: [UInt8]) -> Result<ReceivedAdvertisement, Rejection> {
        do throws(Rejection) {
            return .success(
                try receiver.decode(ipPacket: packet[...], replay: &replay, at: now, digests: SystemDigests()))
        } catch {
            return .failure(error)
        }
    }

    /// `accept` or the name of the counter.
    mutating func verdict(_ packet: [UInt8]) -> String {
        switch receive(packet) {
        case .success: "accept"
        case .failure(let rejection): rejection.rawValue
        }
    }

    mutating func verdict() throws -> String {
        try verdict(packet())
    }

    mutating func remarks() throws -> ReceivedAdvertisement.Remarks {
        try receive(packet()).get().remarks
    }
}
