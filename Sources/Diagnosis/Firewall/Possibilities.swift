/// What may become of a packet in a chain: more than one thing where a rule cannot be decided.
struct Possibilities {
    private var mayBeAccepted = false
    /// The first rule that drops it, if it gets there.
    private var drop: RulePlace?
    /// Whether it may leave the chain at its end or by `return`.
    private var mayLeave = false
    /// The first rule that could not be decided and made a difference.
    private var doubt: RulePlace?
    /// Whether it may come to the next rule of the chain.
    private(set) var isRunning = true

    /// Notes that a rule accepts it, if `truth`.
    mutating func accept(_ truth: Truth, at place: RulePlace) {
        guard truth != .no else { return }
        mayBeAccepted = true
        close(truth, place)
    }

    /// Notes that a rule drops it, if `truth`.
    mutating func drop(_ truth: Truth, at place: RulePlace) {
        guard truth != .no else { return }
        if drop == nil { drop = place }
        close(truth, place)
    }

    /// Notes that a rule hands it to a program, which may do either.
    mutating func handOver(_ truth: Truth, at place: RulePlace) {
        guard truth != .no else { return }
        mayBeAccepted = true
        if drop == nil { drop = place }
        if doubt == nil { doubt = place }
        close(truth, place)
    }

    /// Notes that it leaves the chain, if `truth`.
    mutating func leave(_ truth: Truth, at place: RulePlace) {
        guard truth != .no else { return }
        mayLeave = true
        close(truth, place)
    }

    /// Notes that it goes through another chain, if `truth`, and what may become of it there.
    ///
    /// - Parameter comesBack: Whether it goes on behind the rule when it leaves that chain (jump), or leaves this one
    ///   as well (goto).
    mutating func enter(_ other: Possibilities, _ truth: Truth, at place: RulePlace, comesBack: Bool) {
        guard truth != .no else { return }
        mayBeAccepted = mayBeAccepted || other.mayBeAccepted
        if drop == nil { drop = other.drop }
        if doubt == nil { doubt = other.doubt }
        if !comesBack, other.mayLeave { mayLeave = true }
        if truth == .yes {
            isRunning = comesBack && other.mayLeave
        } else if doubt == nil, other.mayBeAccepted || other.drop != nil || !comesBack {
            doubt = place
        }
    }

    /// Notes that the chain has no more rules.
    mutating func end() {
        guard isRunning else { return }
        mayLeave = true
        isRunning = false
    }

    private mutating func close(_ truth: Truth, _ place: RulePlace) {
        if truth == .yes { isRunning = false } else if doubt == nil { doubt = place }
    }

    /// What it comes to behind a base chain.
    ///
    /// - Parameter policyDrop: The chain's policy where that is to drop.
    func verdict(policyDrop: RulePlace?) -> FirewallVerdict {
        var drop = drop
        var passes = mayBeAccepted
        if mayLeave {
            if let policyDrop { drop = drop ?? policyDrop } else { passes = true }
        }
        guard let drop else { return .passes }
        guard passes else { return .drops(drop) }
        return .undecided(drop: drop, doubt: doubt ?? drop)
    }
}
