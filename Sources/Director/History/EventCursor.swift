import ControlProtocol

/// How far somebody has read in a history that goes on. It needs no room of its own for what is not read yet: that is in
/// the ring, and who reads too slowly for it is told what was missed.
struct EventCursor {
    enum Found {
        case event(EventRing.Entry)
        /// So many events were overwritten before they were read; some of them may not have been asked for.
        case missed(UInt64)
        /// Nothing more for now.
        case nothing
    }

    let query: EventQuery
    /// The number of the last event that was looked at; nil before the first.
    private var position: UInt64?

    /// - Parameter position: Where to begin behind; nil for the oldest event.
    init(_ query: EventQuery, after position: UInt64? = nil) {
        self.query = query
        self.position = position
    }

    mutating func next(in ring: borrowing EventRing) -> Found {
        guard let first = ring.first, let last = ring.last else { return .nothing }
        if let position, position &+ 1 < first {
            self.position = first - 1
            return .missed(first - 1 - position)
        }
        guard let entry = ring.next(after: position ?? 0, matching: query) else {
            // What was not asked for is done with.
            position = last
            return .nothing
        }
        position = entry.sequence
        return .event(entry)
    }
}
