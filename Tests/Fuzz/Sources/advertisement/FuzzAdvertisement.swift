import Addresses
import PacketFormats

/// Any bytes are a packet: it is accepted or rejected, and a rejected one leaves no trace. The first octet chooses among
/// receivers of all kinds, and by its highest bit whether VRID, digests and checksums are put right; the rest begins with
/// the IP header.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzAdvertisement(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    // A copy of exactly this length: one octet further is outside of the array, and stops the run.
    let bytes = Array(UnsafeBufferPointer(start: data, count: data == nil ? 0 : size))
    guard let choice = bytes.first else { return 0 }
    let receivers = receivers
    let receiver = receivers[Int(choice & 0x7f) % receivers.count]
    var packet = Array(bytes.dropFirst())
    if choice & 0x80 != 0 { repair(&packet, for: receiver) }
    var replay = ReplayState()
    let before = replay
    let now = WallTime(seconds: 0x6800_0000)
    do throws(Rejection) {
        let received = try receiver.decode(ipPacket: packet[...], replay: &replay, at: now, digests: NoDigests())
        precondition(received.advertisement.virtualRouterID == receiver.virtualRouterID)
        precondition(received.advertisement.interval > .zero)
        // What was accepted with a sequence is not accepted again.
        if replay != before {
            let after = replay
            let again = try? receiver.decode(ipPacket: packet[...], replay: &replay, at: now, digests: NoDigests())
            precondition(again == nil && replay == after)
        }
        roundTrip(received, receiver)
    } catch {
        precondition(replay == before)
    }
    if let datagram = try? Datagram(ipPacket: packet[...]) { _ = AdvertisementIdentity(datagram) }
    return 0
}

/// An accepted advertisement can be sent again, and is the same then.
private func roundTrip(_ received: ReceivedAdvertisement, _ receiver: Receiver) {
    var transmission = Transmission(from: received.source, to: received.destination)
    transmission.hopLimit = received.hopLimit
    transmission.checksumForm = received.checksumForm
    transmission.authentication = receiver.authentication
    transmission.headerSequence = 1
    transmission.permitsEmptyList = true
    var plain = receiver
    plain.trailer = nil
    var replay = ReplayState()
    do {
        let packet = try transmission.packet(received.advertisement, digests: NoDigests())
        let again = try plain.decode(ipPacket: packet[...], replay: &replay, digests: NoDigests())
        precondition(again.advertisement == received.advertisement)
    } catch {
        preconditionFailure("accepted, and then not: \(error)")
    }
}

/// Most faults lie behind checksums and digests that no fuzzer guesses.
private func repair(_ packet: inout [UInt8], for receiver: Receiver) {
    guard let first = packet.first else { return }
    var start = 40
    if first >> 4 == 4 {
        start = Int(first & 0xf) * 4
        guard start >= 20, packet.count >= start else { return }
        put(InternetChecksum(), over: packet[..<start], at: 10, in: &packet)
        if packet[9] == 51, packet.count >= start + 24 {
            for offset in 12..<24 { packet[start + offset] = 0 }
            start += 24
        }
    }
    guard packet.count >= start + 8 else { return }
    packet[start + 1] = receiver.virtualRouterID
    if receiver.trailer != nil, packet.count >= start + 36 {
        for offset in packet.count - 16..<packet.count { packet[offset] = 0 }
    }
    var end = packet.count
    var checksum = InternetChecksum()
    if first >> 4 == 6 {
        guard let datagram = try? Datagram(ipPacket: packet[...]) else { return }
        checksum.addPseudoHeader(
            source: datagram.source, destination: datagram.destination, length: packet.count - start, nextHeader: 112)
    } else {
        let length = 8 + Int(packet[start + 3]) * 4 + (packet[start] >> 4 == 2 ? 8 : 0)
        end = min(end, start + length)
    }
    put(checksum, over: packet[start..<end], at: start + 6, in: &packet)
}

private func put(
    _ checksum: InternetChecksum, over octets: ArraySlice<UInt8>, at offset: Int, in packet: inout [UInt8]
) {
    var checksum = checksum
    var octets = octets
    octets[offset] = 0
    octets[offset + 1] = 0
    checksum.add(octets)
    packet[offset] = UInt8(checksum.value >> 8)
    packet[offset + 1] = UInt8(checksum.value & 0xff)
}

/// Zeros in place of MD5 and SHA-256, so that the fuzzer gets past them.
private struct NoDigests: KeyedDigests {
    func hmacMD5(of message: [UInt8], key: [UInt8]) -> [UInt8] { [UInt8](repeating: 0, count: 16) }
    func hmacSHA256(of message: [UInt8], key: [UInt8]) -> [UInt8] { [UInt8](repeating: 0, count: 32) }
}

private let receivers: [Receiver] = {
    let password = AuthenticationPassword("s3cret99".utf8)
    let key = TrailerKey(id: 1, secret: [1, 2, 3])
    let four = IPAddress.v4(IPv4Address(10, 77, 0, 1))
    let six = IPAddress.v6(IPv6Address(high: 0x2001_0db8_0077_0000, low: 1))
    var all: [Receiver] = []
    for policy in [Receiver.Policy.keepalived, .strict] {
        for (version, family) in [(.v2, .ipv4), (.v3, .ipv4), (.v3, .ipv6)] as [(ProtocolVersion, AddressFamily)] {
            for kind in 0..<16 {
                var receiver = Receiver(version: version, family: family, virtualRouterID: 51)
                receiver.policy = policy
                if kind & 1 != 0 { receiver.mode = .unicast(peers: [UnicastPeer(family == .ipv4 ? four : six)]) }
                if kind & 2 != 0 {
                    receiver.trailer = TrailerPolicy(
                        keys: [key], mode: kind & 1 == 0 ? .enforce : .permissive,
                        antiReplay: kind & 4 == 0 ? .time(window: 5) : .monotonic)
                }
                if kind & 4 != 0 { receiver.authentication = kind & 8 == 0 ? .password(password) : .header(password) }
                if version == .v3 { receiver.authentication = .none }
                all.append(receiver)
            }
        }
    }
    return all
}()
