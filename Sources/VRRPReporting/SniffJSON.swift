import Addresses
import PacketFormats
package import Reporting

/// A packet as one JSON object on one line. Members are only ever added.
package enum SniffJSON {
    package static func write(_ packet: SniffedPacket, into text: inout Text) {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("type")
            writer.string("packet" as StaticString)
            writer.key("number")
            writer.number(packet.number)
            writer.key("time")
            write(packet.time, into: &writer)
            if let interface = packet.interface {
                writer.key("interface")
                writer.string(interface)
            }
            if let vlan = packet.vlan {
                writer.key("vlan")
                writer.number(vlan)
            }
            writer.key("source")
            writer.address(packet.source)
            if let mac = packet.sourceMAC {
                writer.key("mac")
                writer.string(mac.description)
            }
            writer.key("destination")
            writer.address(packet.destination)
            writer.key("ttl")
            writer.number(packet.hopLimit)
            writer.key("protocol")
            writer.number(packet.protocolNumber)
            writeMessage(packet, into: &writer)
            writeVerdict(packet, into: &writer)
        }
        text.append(writer.text.bytes)
        text.newline()
    }

    static func write(_ time: WallTime?, into writer: inout JSONWriter) {
        guard let time else {
            writer.null()
            return
        }
        var text = Text()
        CalendarTime(time).write(separator: UInt8(ascii: "T"), into: &text)
        text.append("Z")
        writer.string(text.bytes)
    }

    /// An interval as it is announced: seconds to the hundredth.
    static func write(_ interval: Duration?, into writer: inout JSONWriter) {
        guard let interval else {
            writer.null()
            return
        }
        let (seconds, attoseconds) = interval.components
        writer.hundredths(seconds * 100 + attoseconds / 10_000_000_000_000_000)
    }

    private static func write(_ number: UInt8?, into writer: inout JSONWriter) {
        if let number { writer.number(number) } else { writer.null() }
    }

    private static func writeMessage(_ packet: SniffedPacket, into writer: inout JSONWriter) {
        writer.key("version")
        write(packet.identity?.version, into: &writer)
        writer.key("vrid")
        write(packet.identity?.virtualRouterID, into: &writer)
        writer.key("priority")
        write(packet.identity?.priority, into: &writer)
        writer.key("interval")
        write(packet.interval, into: &writer)
        writer.key("addresses")
        writer.array { writer in
            for address in packet.addresses { writer.address(address) }
        }
        writer.key("authentication")
        writeAuthentication(packet, into: &writer)
    }

    private static func writeAuthentication(_ packet: SniffedPacket, into writer: inout JSONWriter) {
        if packet.hasTrailer {
            writer.string("HMAC" as StaticString)
            return
        }
        switch packet.authentication {
        case .password: writer.string("PASS" as StaticString)
        case .header: writer.string("AH" as StaticString)
        case .unknown(let type): writer.number(type)
        case .some(.none), nil: writer.null()
        }
    }

    private static func writeVerdict(_ packet: SniffedPacket, into writer: inout JSONWriter) {
        writer.key("fragment")
        writer.bool(packet.isFragment)
        writer.key("truncated")
        writer.bool(packet.outcome == .truncated)
        writer.key("verdict")
        var remarks: ReceivedAdvertisement.Remarks = []
        switch packet.outcome {
        case .accepted(let noticed, let form):
            remarks = noticed
            writer.string("accepted" as StaticString)
            writer.key("reason")
            writer.null()
            writer.key("checksum")
            writer.string(form == .messageOnly ? "message-only" : "pseudo-header" as StaticString)
        case .rejected(let rejection):
            writer.string("rejected" as StaticString)
            writer.key("reason")
            writer.string(rejection.rawValue)
            writer.key("message")
            writer.string(SniffWords.reason(rejection, packet))
        case .truncated:
            writer.string("rejected" as StaticString)
            writer.key("reason")
            writer.string("truncated" as StaticString)
            writer.key("message")
            writer.string(SniffWords.truncated)
        }
        writer.key("remarks")
        writer.array { writer in
            for name in SniffWords.names(remarks) { writer.string(name) }
        }
        writer.key("instance")
        if let instance = packet.instance { writer.string(instance) } else { writer.null() }
    }
}
