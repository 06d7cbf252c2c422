/// What a network does to packets.
package struct NetworkConditions: Hashable, Sendable {
    /// Nanoseconds that every packet takes.
    package var delay: Int64
    /// Nanoseconds that a packet may take on top, drawn for each.
    package var jitter: Int64
    /// Packets that are lost, in a million.
    package var loss: UInt32
    /// Packets that arrive twice, in a million; each copy has a delay of its own.
    package var duplication: UInt32
    /// Whether a packet may overtake an earlier one of the same path; else it arrives after that one at the earliest.
    package var reorders: Bool

    package init(
        delay: Int64 = 100_000, jitter: Int64 = 0, loss: UInt32 = 0, duplication: UInt32 = 0, reorders: Bool = false
    ) {
        self.delay = delay
        self.jitter = jitter
        self.loss = loss
        self.duplication = duplication
        self.reorders = reorders
    }

    /// A switch between neighbours: 100 µs, nothing lost.
    package static let quiet = NetworkConditions()

    /// The longest time that a packet is on its way. Order is kept by waiting for the packet ahead, which was sent
    /// earlier and took no longer than this either.
    package var longestDelay: Int64 { delay &+ jitter }
}
