import Addresses
import CaptureFiles
import PacketAuthentication
import PacketFormats
import Reporting
import VRRPReporting

func address(_ text: String) -> IPAddress {
    let bytes = Array(text.utf8)[...]
    if let address = IPv4Address(dottedQuad: bytes) { return .v4(address) }
    guard let address = IPv6Address(bytes) else { fatalError("no address: \(text)") }
    return .v6(address)
}

/// Frames as a capture of raw IP has them, one a second.
struct Capture {
    var frames: [CapturedFrame] = []
    /// 2026-11-21 12:00:00.
    static let start: Int64 = 1_795_262_400

    mutating func add(
        _ advertisement: Advertisement, _ transmission: Transmission, cutTo length: Int? = nil, offset: Int64? = nil,
        interface: String? = nil
    ) {
        guard let packet = try? transmission.packet(advertisement, digests: SystemDigests()) else {
            fatalError("cannot be sent")
        }
        add(packet, cutTo: length, offset: offset, interface: interface)
    }

    mutating func add(_ packet: [UInt8], cutTo length: Int? = nil, offset: Int64? = nil, interface: String? = nil) {
        frames.append(
            CapturedFrame(
                number: frames.count + 1,
                time: WallTime(seconds: Self.start + (offset ?? Int64(frames.count)), nanoseconds: 250_000_000),
                linkLayer: .rawIP, interface: interface, originalLength: packet.count,
                bytes: packet.prefix(length ?? packet.count)))
    }

    func judged(by receivers: [SniffReceiver]?, _ policy: Receiver.Policy = .keepalived) -> [SniffedPacket] {
        var judge = SniffJudge(receivers: receivers, policy: policy, digests: SystemDigests())
        return frames.compactMap { judge.judge($0) }
    }

    /// For each packet `accepted`, a counter's name or `truncated`, and who judged.
    func verdicts(by receivers: [SniffReceiver]?, _ policy: Receiver.Policy = .keepalived) -> [String] {
        judged(by: receivers, policy).map { packet in
            let verdict =
                switch packet.outcome {
                case .accepted: "accepted"
                case .rejected(let rejection): rejection.rawValue
                case .truncated: "truncated"
                }
            return packet.instance.map { "\(verdict) \($0)" } ?? verdict
        }
    }
}

/// Version 3, VRID 7, priority 100, from 10.0.0.1.
let advertisement = Advertisement(
    version: .v3, virtualRouterID: 7, priority: 100, interval: .seconds(1), addresses: [address("10.0.0.100")])
let transmission = Transmission(from: address("10.0.0.1"), to: VRRPWire.group(.ipv4))

func receiver(
    _ instance: String, interface: String? = "eth0", _ version: ProtocolVersion = .v3, vrid: UInt8 = 7,
    change: (inout Receiver) -> Void = { _ in }
) -> SniffReceiver {
    var receiver = Receiver(
        version: version, family: .ipv4, virtualRouterID: vrid, addresses: [address("10.0.0.100")])
    change(&receiver)
    return SniffReceiver(instance: instance, interface: interface, receiver: receiver)
}
