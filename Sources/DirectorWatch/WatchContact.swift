package import ControlProtocol

/// Whether the director answers.
package enum WatchContact: Hashable, Sendable {
    /// Nothing was heard yet.
    case none
    case live
    /// What is shown is how it was before.
    case lost(why: String, since: Timestamp)
}
