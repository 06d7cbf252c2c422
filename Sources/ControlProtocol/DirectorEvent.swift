/// Something that has happened to a director, as its history keeps it.
package struct DirectorEvent: Codable, Hashable, Sendable {
    /// What kind of thing happened.
    package enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
        /// A virtual router changed its state.
        case transition
        /// Its effective priority changed.
        case priority
        /// A packet was not believed.
        case rejected
        /// Something else about the election: a loser heard, an address put back, a duplicate owner.
        case observation
        /// What a check of a real server found has changed.
        case check
        /// A real server went up or down, or its weight changed.
        case server
        /// A virtual server has won or lost its quorum, or its sorry server stands in.
        case service
        /// The kernel's table was mended or refused something.
        case table
        /// The configuration was taken up anew, or refused.
        case reload
        /// A script, a FIFO or a mail was told something, or could not be.
        case notification
        /// An operator gave an order, or it ended.
        case steering
        /// The director itself started, ended, or one of its processes died.
        case process
    }

    /// Counts up by one, also over restarts.
    package var sequence: UInt64
    package var time: Timestamp
    package var kind: Kind
    /// The instance, virtual or real server that it is about; empty for the node.
    package var subject: String
    /// In words.
    package var text: String
    /// What machines want to know of it, by names as in the log.
    package var fields: [String: String]

    package init(
        sequence: UInt64, time: Timestamp, kind: Kind, subject: String, text: String, fields: [String: String] = [:]
    ) {
        self.sequence = sequence
        self.time = time
        self.kind = kind
        self.subject = subject
        self.text = text
        self.fields = fields
    }
}
