import Addresses
import CaptureFiles
import PacketAuthentication
import PacketFormats
import VRRPProtocol
import VRRPReporting

/// A network on which somebody listens: hosts send, and a `SniffWatch` hears them.
///
///     host 1 (10.0.0.1, 02:…:01)   host 2 (10.0.0.2, 02:…:02)   …
///          |                            |
///     -----+----------------------------+------- eth0
struct Segment {
    var watch = SniffWatch()
    var events: [SniffEvent] = []
    private var judge: SniffJudge
    private var number = 0

    init(receivers: [SniffReceiver]? = nil, _ policy: Receiver.Policy = .keepalived) {
        judge = SniffJudge(receivers: receivers, policy: policy, digests: SystemDigests())
    }

    /// A host sends an advertisement, version 3, VRID 7, every second for 10.0.0.100, at a time in milliseconds.
    mutating func send(
        _ host: UInt8, priority: UInt8 = 100, at milliseconds: Int64, mac: UInt64? = nil, vlan: UInt16? = nil,
        isOutgoing: Bool = false, change: (inout Advertisement, inout Transmission) -> Void = { _, _ in }
    ) {
        var sent = advertisement
        sent.priority = priority
        var transmission = Transmission(from: .v4(IPv4Address(10, 0, 0, host)), to: VRRPWire.group(.ipv4))
        change(&sent, &transmission)
        guard let packet = try? transmission.packet(sent, digests: SystemDigests()) else {
            fatalError("cannot be sent")
        }
        var bytes: [UInt8] = [1, 0, 0x5e, 0, 0, 18] + MACAddress(mac ?? 0x02_0000_0000_00 + UInt64(host)).octets
        if let vlan { bytes += [0x81, 0, UInt8(vlan >> 8), UInt8(vlan & 0xff)] }
        bytes += (transmission.source.family == .ipv4 ? [8, 0] : [0x86, 0xdd]) + packet
        number += 1
        var frame = CapturedFrame(
            number: number, time: Self.time(milliseconds), linkLayer: .ethernet, interface: "eth0",
            originalLength: bytes.count, bytes: bytes[...])
        frame.isOutgoing = isOutgoing
        guard let heard = judge.judge(frame) else { fatalError("no VRRP") }
        watch.hear(heard, at: Instant(nanoseconds: milliseconds * 1_000_000), into: &events)
    }

    mutating func pass(to milliseconds: Int64) {
        watch.pass(
            to: Instant(nanoseconds: milliseconds * 1_000_000), time: Self.time(milliseconds), into: &events)
    }

    static func time(_ milliseconds: Int64) -> WallTime {
        WallTime(
            seconds: Capture.start + milliseconds / 1000, nanoseconds: UInt32(milliseconds % 1000) * 1_000_000)
    }

    /// The kinds of alarms that were raised, in order.
    var alarms: [SniffAlarm.Kind] { watch.alarms.map(\.kind) }

    /// What changed, without alarms: `1 advertises`, `2 silent`.
    var changes: [String] {
        events.compactMap { event in
            let host = event.sender?.name.address.description.split(separator: ".").last ?? ""
            switch event.change {
            case .advertises: return "\(host) advertises"
            case .priority(let before): return "\(host) \(before)→\(event.sender?.priority ?? 0)"
            case .resigned: return "\(host) resigned"
            case .silent: return "\(host) silent"
            case .alarm, .isOver: return nil
            }
        }
    }
}
