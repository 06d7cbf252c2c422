import Addresses
import PacketFormats
package import Reporting

/// A packet as one line for a reader: when, who to whom, what, verdict.
package enum SniffText {
    /// Addresses on a line; more are counted.
    private static let addressLimit = 4

    package static func write(_ packet: SniffedPacket, into text: inout Text) {
        text.right(6, packet.number)
        text.append("  ")
        text.left(26) { text in
            if let time = packet.time {
                CalendarTime(time).write(separator: UInt8(ascii: " "), into: &text)
            } else {
                text.append("-")
            }
        }
        text.append("  ")
        text.left(packet.source.family == .ipv4 ? 28 : 38) { text in
            text.append(packet.source)
            text.append(" > ")
            text.append(packet.destination)
        }
        text.append("  ")
        text.left(44) { identify(packet, in: &$0) }
        text.append("  ")
        judge(packet, in: &text)
        text.newline()
    }

    private static func identify(_ packet: SniffedPacket, in text: inout Text) {
        guard let identity = packet.identity else {
            text.append(packet.isFragment ? "fragment" : "no VRRP message")
            return
        }
        text.append("v")
        text.append(identity.version)
        text.append(" vrid ")
        text.left(3, identity.virtualRouterID)
        text.append(" priority ")
        text.left(3, identity.priority)
        if let interval = packet.interval {
            text.append(" every ")
            text.append(SniffWords.seconds(interval))
        }
        switch packet.authentication {
        case .password: text.append(" PASS")
        case .header: text.append(" AH")
        default: break
        }
        if packet.hasTrailer { text.append(" HMAC") }
    }

    private static func judge(_ packet: SniffedPacket, in text: inout Text) {
        switch packet.outcome {
        case .accepted(let remarks, let form):
            text.append("accepted")
            instance(packet, in: &text)
            text.append(": ")
            list(packet.addresses, in: &text)
            var words = SniffWords.remarks(remarks, packet)
            if packet.source.family == .ipv4, packet.identity?.version == 3, form == .messageOnly {
                words.append("checksum over the message only")
            }
            for remark in words {
                text.append("; ")
                text.append(remark)
            }
        case .rejected(let rejection):
            text.append(rejection == .fragment ? "not judged" : "rejected")
            instance(packet, in: &text)
            text.append(": ")
            text.append(rejection.rawValue)
            text.append(", ")
            text.append(SniffWords.reason(rejection, packet))
        case .truncated:
            text.append("not judged")
            instance(packet, in: &text)
            text.append(": truncated, ")
            text.append(SniffWords.truncated)
        }
    }

    private static func instance(_ packet: SniffedPacket, in text: inout Text) {
        guard let instance = packet.instance else { return }
        text.append(" by ")
        text.append(ShownText.harmless(instance))
    }

    private static func list(_ addresses: [IPAddress], in text: inout Text) {
        if addresses.isEmpty { text.append("no addresses") }
        for (index, address) in addresses.prefix(addressLimit).enumerated() {
            if index > 0 { text.append(", ") }
            text.append(address)
        }
        if addresses.count > addressLimit {
            text.append(" and ")
            text.append(addresses.count - addressLimit)
            text.append(" more")
        }
    }
}
