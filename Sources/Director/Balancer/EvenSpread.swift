/// Spreads checks over their warm-up so that as few as possible come at the same time, however many there are and
/// whichever are added later.
///
/// Each next one is a golden section of the whole further than the one before, which leaves no large gaps and no
/// crowds: of random instants some would coincide. Neighbours in the configuration, often the same machine, are far
/// from each other.
package struct EvenSpread: Sendable {
    /// As a part of 2⁶⁴.
    private var position: UInt64

    /// - Parameter seed: Where the first one is: two directors should not check in step.
    package init(seed: UInt64) { position = seed }

    /// A duration from nothing to less than `whole`; nothing if that is not positive.
    package mutating func next(in whole: Duration) -> Duration {
        position &+= 0x9e37_79b9_7f4a_7c15
        let (seconds, attoseconds) = whole.components
        guard seconds >= 0, attoseconds >= 0, whole > .zero else { return .zero }
        let nanoseconds = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        guard !nanoseconds.overflow else { return .zero }
        let total = nanoseconds.partialValue &+ UInt64(attoseconds / 1_000_000_000)
        return .nanoseconds(Int64(clamping: total.multipliedFullWidth(by: position).high))
    }
}
