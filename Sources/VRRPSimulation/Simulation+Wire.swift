import Addresses
import PacketFormats
import VRRPProtocol

/// Packets as bytes, where the plan says how they look.
extension Simulation {
    /// The calendar of a simulation begins with the year 2026.
    private var wallTime: WallTime {
        WallTime(
            seconds: 1_767_225_600 &+ now / 1_000_000_000, nanoseconds: UInt32(truncatingIfNeeded: now % 1_000_000_000))
    }

    /// - Returns: Nil for an advertisement that cannot be sent.
    mutating func encode(
        _ advertisement: OutgoingAdvertisement, by wire: WireFormat, to peer: IPAddress?, from router: Int, at node: Int
    ) -> [UInt8]? {
        var replay = nodes[node].replays[router]
        var sequence = nodes[node].sequences[router]
        do {
            let bytes = try wire.encode(
                advertisement, to: peer, number: nodes[node].sent[router], replay: &replay, sequence: &sequence,
                at: wallTime)
            nodes[node].replays[router] = replay
            nodes[node].sequences[router] = sequence
            return bytes
        } catch {
            record?.once(.unsendable(node: node, router: router, error), at: now)
            return nil
        }
    }

    /// What the virtual routers of a node learn from a packet, each by its own decoder.
    mutating func decode(_ packet: Packet, at node: Int) {
        let datagram: Datagram
        do {
            datagram = try Datagram(ipPacket: packet.bytes[...])
        } catch {
            return
        }
        let identity = AdvertisementIdentity(datagram)
        var isKnown = false
        for router in plan.nodes[node].routers.indices where isOnLAN(of: packet, router, at: node) {
            let configuration = plan.nodes[node].routers[router].configuration
            guard configuration.virtualRouterID == identity?.virtualRouterID, configuration.family == datagram.family,
                let wire = plan.nodes[node].routers[router].wire
            else { continue }
            isKnown = true
            do {
                let received = try wire.receiver.decode(
                    datagram, replay: &nodes[node].replays[router], at: wallTime, digests: wire.digests)
                let heard = HeardAdvertisement(
                    source: received.source, priority: received.advertisement.priority,
                    interval: received.advertisement.interval)
                record?.remarked(
                    RemarkedPacket(
                        node: node, router: router, sender: Int(packet.sender), senderRouter: Int(packet.router),
                        remarks: received.remarks))
                monitor?.hears(heard, from: Int(packet.sender), node: node, router: router, at: now)
                feed(.advertisement(heard), to: router, at: node)
            } catch {
                reject(packet, by: router, at: node, because: error)
            }
        }
        if !isKnown, let router = counterpart(of: packet, at: node) {
            reject(packet, by: router, at: node, because: .vridError)
        }
    }

    /// Unicast packets find their node wherever it is.
    func isOnLAN(of packet: Packet, _ router: Int, at node: Int) -> Bool {
        packet.peer != nil || plan.nodes[node].routers[router].lan == packet.lan
    }

    private mutating func reject(
        _ packet: Packet, by router: Int, at node: Int, because reason: PacketFormats.Rejection
    ) {
        record?.rejected(
            RejectedPacket(
                node: node, router: router, sender: Int(packet.sender), senderRouter: Int(packet.router),
                reason: reason),
            at: now)
    }

    /// The virtual router that was probably meant to hear a packet for a VRID that the node does not know: one that
    /// has an address of the sender's.
    private func counterpart(of packet: Packet, at node: Int) -> Int? {
        let sender = plan.nodes[Int(packet.sender)].routers[Int(packet.router)]
        return plan.nodes[node].routers.indices.first { router in
            let own = plan.nodes[node].routers[router]
            return isOnLAN(of: packet, router, at: node)
                && own.configuration.heldAddresses.contains { sender.configuration.heldAddresses.contains($0) }
        }
    }
}
