package import Addresses
package import PacketFormats
package import VRRPProtocol

/// What happened in a simulation, in order, for whoever wants to read it.
package struct SimulationRecord: Sendable {
    package var entries: [RecordEntry] = []
    /// Every stretch of time in which a node had a virtual address, in the order of their beginnings.
    package var holdings: [Holding] = []
    /// Packets that were rejected: each kind once, with the number of times.
    package var rejections: [(packet: RejectedPacket, count: Int)] = []
    /// What was noticed about packets that were accepted: each kind once.
    package var remarks: [RemarkedPacket] = []
    /// Advertisements sent by each virtual router, by node.
    package var sent: [[Int]]

    package init(for plan: SimulationPlan) {
        sent = plan.nodes.map { Array(repeating: 0, count: $0.routers.count) }
    }
}

package struct RecordEntry: Sendable {
    package var time: Instant
    package var happening: Happening
}

/// One thing that happened.
package enum Happening: Sendable {
    case fault(Fault)
    case started(node: Int)
    case ended(node: Int)
    /// The machine as it was before tells the times that it went by.
    case changed(node: Int, router: Int, Transition, before: VirtualRouter?)
    case groupChanged(node: Int, group: Int, Transition)
    case observed(node: Int, router: Int, Observation)
    /// A packet was rejected for the first time for this reason.
    case rejected(RejectedPacket)
    /// An advertisement cannot be put on the wire.
    case unsendable(node: Int, router: Int, EncodingError)
    /// Nobody has the unicast peer's address.
    case unreachable(node: Int, router: Int, IPAddress)
    /// A tracker has come to another result.
    case tracked(node: Int, tracker: Int, Tracker.Reading)
}

/// A stretch of time in which a node had an address.
package struct Holding: Hashable, Sendable {
    package var node: Int
    package var router: Int
    package var address: IPAddress
    package var from: Instant
    /// Nil: until the end.
    package var until: Instant?
}

/// Packets of one virtual router that another one rejects for the same reason.
package struct RejectedPacket: Hashable, Sendable {
    package var node: Int
    package var router: Int
    package var sender: Int
    package var senderRouter: Int
    package var reason: Rejection
}

/// Packets of one virtual router that another one accepts, with what it notices about them.
package struct RemarkedPacket: Hashable, Sendable {
    package var node: Int
    package var router: Int
    package var sender: Int
    package var senderRouter: Int
    package var remarks: ReceivedAdvertisement.Remarks
}

extension SimulationRecord {
    mutating func remarked(_ packet: RemarkedPacket) {
        if !packet.remarks.isEmpty, !remarks.contains(packet) { remarks.append(packet) }
    }

    mutating func add(_ happening: Happening, at now: Int64) {
        entries.append(RecordEntry(time: Instant(nanoseconds: now), happening: happening))
    }

    mutating func holds(_ addresses: [IPAddress], node: Int, router: Int, at now: Int64) {
        for address in addresses {
            holdings.append(
                Holding(node: node, router: router, address: address, from: Instant(nanoseconds: now)))
        }
    }

    mutating func releases(_ addresses: [IPAddress], node: Int, router: Int, at now: Int64) {
        for index in holdings.indices.reversed()
        where holdings[index].until == nil && holdings[index].node == node && holdings[index].router == router
            && addresses.contains(holdings[index].address)
        {
            holdings[index].until = Instant(nanoseconds: now)
        }
    }

    mutating func rejected(_ packet: RejectedPacket, at now: Int64) {
        if let index = rejections.firstIndex(where: { $0.packet == packet }) {
            rejections[index].count += 1
        } else {
            rejections.append((packet, 1))
            add(.rejected(packet), at: now)
        }
    }

    /// For what would be said again with each packet.
    mutating func once(_ happening: Happening, at now: Int64) {
        let isKnown = entries.contains { entry in
            switch (entry.happening, happening) {
            case (.unsendable(let a, let b, let c), .unsendable(let d, let e, let f)): a == d && b == e && c == f
            case (.unreachable(let a, let b, let c), .unreachable(let d, let e, let f)): a == d && b == e && c == f
            default: false
            }
        }
        if !isKnown { add(happening, at: now) }
    }
}
