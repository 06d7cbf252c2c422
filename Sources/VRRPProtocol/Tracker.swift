/// Something outside VRRP that makes a router fitter or less fit: a script, an interface, a file, a process or a BFD
/// session that a virtual router or a sync group tracks (keepalived's `track_script` and the like).
public struct Tracker: Hashable, Sendable {
    /// What kind of thing is tracked.
    public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        /// keepalived has a `track_` block for each: `track_interface`, `track_script`, `track_file`,
        /// `track_process`, `track_bfd`.
        case interface, script, file, process, bfd
    }

    /// What is known about the tracked thing.
    public enum Reading: Hashable, Sendable {
        /// Nothing yet.
        case unknown
        /// The interface is up, the script succeeds, the process has its quorum, the session is up.
        case good
        /// The opposite.
        case bad
        /// The number in a file. Good counts as 0 for a file, and bad as 1.
        case value(Int)
    }

    /// What follows for the router.
    public enum Effect: Hashable, Sendable {
        /// This number is added to the priority.
        case weight(Int)
        /// The router cannot take part.
        case fault
    }

    /// What kind of thing is tracked.
    public var kind: Kind
    /// The name of the interface, script, file, process or session.
    public var name: String
    /// 0: a bad reading is a fault. Positive: added while the reading is good. Negative: added while it is bad. For
    /// a file: the factor of its value.
    public var weight: Int
    /// Whether the weight counts with the opposite sign; with weight 0, whether it is good that is a fault.
    public var isReversed: Bool
    /// What is known about it now.
    public var reading: Reading

    /// A tracker; without a weight it decides on faults, and nothing is known yet.
    public init(
        _ kind: Kind, name: String, weight: Int = 0, isReversed: Bool = false, reading: Reading = .unknown
    ) {
        self.kind = kind
        self.name = name
        self.weight = weight
        self.isReversed = isReversed
        self.reading = reading
    }

    /// What the reading means for the router. What is not known yet keeps a router that depends on it in fault, and
    /// adds nothing to the priority.
    public var effect: Effect {
        switch reading {
        case .unknown: weight == 0 ? .fault : .weight(0)
        case .good: kind == .file ? effect(ofValue: 0) : effect(whileGood: true)
        case .bad: kind == .file ? effect(ofValue: 1) : effect(whileGood: false)
        case .value(let value): kind == .file ? effect(ofValue: value) : effect(whileGood: value == 0)
        }
    }

    private func effect(whileGood isGood: Bool) -> Effect {
        if weight == 0 { return isGood == isReversed ? .fault : .weight(0) }
        guard isGood == (weight > 0) else { return .weight(0) }
        return .weight(isReversed ? 0 - boundedWeight : boundedWeight)
    }

    /// The value times the weight; -254 or less is a fault, since no priority survives that.
    private func effect(ofValue value: Int) -> Effect {
        if weight == 0 { return (value != 0) != isReversed ? .fault : .weight(0) }
        let (product, overflow) = value.multipliedReportingOverflow(by: boundedWeight)
        let isNegative = (value < 0) != (weight < 0)
        let bounded = overflow ? (isNegative ? -1_000_000 : 1_000_000) : min(max(product, -1_000_000), 1_000_000)
        let sum = isReversed ? 0 - bounded : bounded
        return sum <= -254 ? .fault : .weight(min(sum, 254))
    }

    /// No weight needs more; so no sum of weights overflows.
    private var boundedWeight: Int { min(max(weight, -1_000_000), 1_000_000) }

    /// The cause that a fault of this tracker has.
    public var faultCause: FaultCause {
        switch kind {
        case .interface: FaultCause(.trackedInterface, name: name)
        case .script: FaultCause(.script, name: name)
        case .file: FaultCause(.file, name: name)
        case .process: FaultCause(.process, name: name)
        case .bfd: FaultCause(.bfd, name: name)
        }
    }
}
