import Addresses

/// What one virtual router remembers of accepted packets so that none is accepted twice.
///
/// The owner keeps it beside the machine; decoding changes it only when the packet is accepted.
public struct ReplayState: Hashable, Sendable {
    /// The greatest sequence number of an Authentication Header that was accepted or sent. keepalived has one such
    /// number for a virtual router: who becomes active goes on counting where the last one stopped.
    public private(set) var headerSequence: UInt32 = 0

    /// The senders of trailers, the one heard last at the end.
    private var senders: [Sender] = []

    private struct Sender: Hashable, Sendable {
        var address: IPAddress
        var sequence: TrailerSequence
    }

    /// Senders that are remembered. Only a sender that knows a key gets a place.
    private static let senderLimit = 32

    /// Nothing was heard or sent yet.
    public init() {}

    /// The sequence number for the next packet that is sent; it counts as used.
    public mutating func takeHeaderSequence() -> UInt32 {
        headerSequence = headerSequence &+ 1
        return headerSequence
    }

    mutating func accept(headerSequence: UInt32) {
        self.headerSequence = headerSequence
    }

    /// The last sequence accepted from `address`.
    func trailerSequence(from address: IPAddress) -> TrailerSequence? {
        senders.first { $0.address == address }?.sequence
    }

    mutating func accept(_ sequence: TrailerSequence, from address: IPAddress) {
        if let index = senders.firstIndex(where: { $0.address == address }) {
            senders.remove(at: index)
        } else if senders.count >= Self.senderLimit {
            senders.removeFirst()
        }
        senders.append(Sender(address: address, sequence: sequence))
    }
}
