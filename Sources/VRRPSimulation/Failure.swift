package import VRRPProtocol

/// Something that an operator lets go wrong in a simulation, and perhaps puts right again.
package struct Failure: Hashable, Sendable {
    /// As the operator wrote it.
    package var text: String
    package var from: Instant
    /// Nil for a failure that stays, or is over at once.
    package var until: Instant?
    /// What happens and what happens at the end, for the reader: `a loses its power`.
    package var beginning: String
    package var ending: String
    package var faults: [Fault]
    package var recoveries: [Fault]

    package var timed: [TimedFault] {
        faults.map { TimedFault($0, at: from) }
            + (until.map { end in recoveries.map { TimedFault($0, at: end) } } ?? [])
    }
}
