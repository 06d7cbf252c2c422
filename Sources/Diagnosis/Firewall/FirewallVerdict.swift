/// What a firewall does with a packet.
package enum FirewallVerdict: Hashable, Sendable {
    case passes
    case drops(RulePlace)
    /// It depends on `doubt`, which asks for what cannot be known; if it goes badly, `drop` drops the packet.
    case undecided(drop: RulePlace, doubt: RulePlace)

    /// What two firewalls do that the packet must pass both of.
    package func followed(by next: @autoclosure () -> FirewallVerdict) -> FirewallVerdict {
        switch self {
        case .drops: return self
        case .passes: return next()
        case .undecided:
            let next = next()
            if case .drops = next { return next }
            return self
        }
    }
}
