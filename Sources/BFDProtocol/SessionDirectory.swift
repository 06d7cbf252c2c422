package import PacketFormats

/// Which session a received packet is for: RFC 5880, section 6.3 and 6.8.6, and RFC 5881, section 3.
package struct SessionDirectory: Sendable {
    private struct Entry {
        var name: String
        var endpoints: Endpoints
        var hops: HopLimits
    }

    /// By our discriminator.
    private var entries: [UInt32: Entry] = [:]

    package init() {}

    package func contains(_ discriminator: UInt32) -> Bool { entries[discriminator] != nil }

    package mutating func insert(_ name: String, _ endpoints: Endpoints, _ hops: HopLimits, discriminator: UInt32) {
        entries[discriminator] = Entry(name: name, endpoints: endpoints, hops: hops)
    }

    package mutating func remove(discriminator: UInt32) {
        entries[discriminator] = nil
    }

    /// The name of the packet's session.
    ///
    /// A discriminator of ours selects the session; without one, as long as the other end does not know it, the
    /// addresses do. The addresses must be the session's in any case: there is no authentication, and who is not the
    /// neighbour is nobody.
    package func session(for received: ReceivedPacket) throws(BFDRejection) -> String {
        let entry: Entry
        if received.packet.yourDiscriminator != 0 {
            guard let found = entries[received.packet.yourDiscriminator] else { throw .unknownDiscriminator }
            guard fits(found, received) else { throw .unknownNeighbour }
            entry = found
        } else {
            let fitting = entries.values.filter { fits($0, received) }
            // A session from that very address before one from any.
            guard let found = fitting.first(where: { $0.endpoints.source != nil }) ?? fitting.first else {
                throw .unknownNeighbour
            }
            entry = found
        }
        guard entry.hops.accepts(received.hopLimit) else { throw .hopLimitError }
        return entry.name
    }

    private func fits(_ entry: Entry, _ received: ReceivedPacket) -> Bool {
        entry.endpoints.fit(from: received.sender, to: received.receiver, isMultihop: received.isMultihop)
    }
}
