package import VRRPProtocol

/// A promise of the protocol that a run has broken.
package struct Violation: Hashable, Sendable {
    package enum Rule: String, Hashable, Sendable, CaseIterable {
        /// Addresses are on a node's interfaces if and only if its virtual router is active.
        case heldIfAndOnlyIfActive = "held-if-and-only-if-active"
        /// Two routers are active for no longer than `TimeBounds.overlap`.
        case overlap
        /// Nobody is active for no longer than `TimeBounds.absence`, while somebody could be.
        case absence
        /// A router that resigns is replaced within `TimeBounds.handover`.
        case handover
        /// A backup takes over when its time has come, not before.
        case earlyTakeover = "early-takeover"
        /// A backup whose time has come takes over.
        case lateTakeover = "late-takeover"
        /// Nobody takes over from a router that is heard and that it has to obey.
        case needlessTakeover = "needless-takeover"
        /// An active router yields to a better one only.
        case needlessYield = "needless-yield"
        /// An active router advertises at least once in its interval, and at once when it becomes active.
        case silence
        /// A router's effective priority, and the one that it advertises, is what its configuration and its trackers
        /// amount to.
        case priority
        /// The members of a sync group are active together or not at all.
        case groupSplit = "group-split"
        /// When all is well again, exactly one router is active after `TimeBounds.settling`.
        case settling
        /// That one is the right one.
        case wrongActive = "wrong-active"
        /// And it stays the one.
        case unrest
    }

    package var rule: Rule
    package var time: Instant
    /// What was seen, with its numbers.
    package var detail: String

    package init(_ rule: Rule, at time: Instant, _ detail: String) {
        self.rule = rule
        self.time = time
        self.detail = detail
    }
}

extension Violation: CustomStringConvertible {
    package var description: String { "\(rule.rawValue) at \(time.nanoseconds) ns: \(detail)" }
}
