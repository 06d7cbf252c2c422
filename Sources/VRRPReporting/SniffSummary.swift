import Addresses
import PacketFormats
package import Reporting

/// What a capture held, for each virtual router: the end of the listing.
package struct SniffSummary: Sendable {
    fileprivate struct Router: Sendable {
        var family: AddressFamily
        var version: UInt8
        var virtualRouterID: UInt8
        var accepted = 0
        var unjudged = 0
        var rejections: [Rejection: Int] = [:]
        var senders: [Sender] = []
        var moreSenders = false
    }

    fileprivate struct Sender: Sendable {
        var address: IPAddress
        var packets = 0
        var lowestPriority: UInt8
        var highestPriority: UInt8
        var hasResigned: Bool
        var first: Int
        var last: Int
    }

    /// Anybody can make up senders: more than these are not told apart.
    private static let senderLimit = 32

    private var routers: [Router] = []
    /// Where the router of a family, version and VRID is in `routers`.
    private var places: [Int: Int] = [:]
    private var withoutMessage = 0
    private var packets = 0

    package init() {}

    package mutating func add(_ packet: SniffedPacket) {
        packets += 1
        guard let identity = packet.identity else {
            withoutMessage += 1
            return
        }
        let key =
            (packet.source.family == .ipv4 ? 0 : 1 << 16) + Int(identity.version) << 8
            + Int(identity.virtualRouterID)
        let place = places[key] ?? routers.count
        if place == routers.count {
            places[key] = place
            routers.append(
                Router(
                    family: packet.source.family, version: identity.version, virtualRouterID: identity.virtualRouterID))
        }
        switch packet.outcome {
        case .accepted: routers[place].accepted += 1
        case .rejected(.fragment), .truncated: routers[place].unjudged += 1
        case .rejected(let rejection): routers[place].rejections[rejection, default: 0] += 1
        }
        routers[place].add(packet, priority: identity.priority, limit: Self.senderLimit)
    }

    /// - Parameter frames: All frames of the capture.
    package func write(frames: Int, into text: inout Text) {
        text.newline()
        text.append(frames)
        text.append(frames == 1 ? " frame, " : " frames, ")
        text.append(packets)
        text.append(" of VRRP")
        if withoutMessage > 0 {
            text.append(" (")
            text.append(withoutMessage)
            text.append(" without a readable message)")
        }
        text.newline()
        for router in routers.sorted(by: { $0.order < $1.order }) { router.write(into: &text) }
    }
}

extension SniffSummary.Router {
    fileprivate var order: (UInt8, UInt8, UInt8) { (family.rawValue, virtualRouterID, version) }

    fileprivate mutating func add(_ packet: SniffedPacket, priority: UInt8, limit: Int) {
        let index: Int
        if let known = senders.firstIndex(where: { $0.address == packet.source }) {
            index = known
        } else {
            guard senders.count < limit else {
                moreSenders = true
                return
            }
            index = senders.count
            senders.append(
                SniffSummary.Sender(
                    address: packet.source, lowestPriority: 255, highestPriority: 0, hasResigned: false,
                    first: packet.number, last: packet.number))
        }
        senders[index].packets += 1
        senders[index].last = packet.number
        if priority == 0 {
            senders[index].hasResigned = true
        } else {
            senders[index].lowestPriority = min(senders[index].lowestPriority, priority)
            senders[index].highestPriority = max(senders[index].highestPriority, priority)
        }
    }

    fileprivate func write(into text: inout Text) {
        text.append("  ")
        text.append(family == .ipv4 ? "IPv4" : "IPv6")
        text.append(" v")
        text.append(version)
        text.append(" vrid ")
        text.append(virtualRouterID)
        text.append(": ")
        text.append(accepted)
        text.append(" accepted")
        let rejected = rejections.values.reduce(0, +)
        text.append(", ")
        text.append(rejected)
        text.append(" rejected")
        if unjudged > 0 {
            text.append(", ")
            text.append(unjudged)
            text.append(" not judged")
        }
        if rejected > 0 {
            text.append(" (")
            for (index, entry) in rejections.sorted(by: { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) })
                .enumerated()
            {
                if index > 0 { text.append(", ") }
                text.append(entry.key.rawValue)
                text.append(" ")
                text.append(entry.value)
            }
            text.append(")")
        }
        text.newline()
        for sender in senders { sender.write(into: &text) }
        if moreSenders { text.append("    and more senders\n") }
    }
}

extension SniffSummary.Sender {
    fileprivate func write(into text: inout Text) {
        text.append("    from ")
        text.append(address)
        text.append(": ")
        text.append(packets)
        text.append(packets == 1 ? " packet, " : " packets, ")
        if highestPriority == 0 {
            text.append("priority 0 only: it resigned")
        } else {
            text.append("priority ")
            text.append(lowestPriority)
            if highestPriority > lowestPriority {
                text.append(" to ")
                text.append(highestPriority)
            }
            if hasResigned { text.append(", and 0: it resigned") }
        }
        text.append(", frames ")
        text.append(first)
        text.append(" to ")
        text.append(last)
        text.newline()
    }
}
