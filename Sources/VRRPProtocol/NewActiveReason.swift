/// Why a router became active, in the words of RFC 8347 and RFC 6527 (`vrrpv3StatisticsNewMasterReason`).
public enum NewActiveReason: String, Hashable, Sendable, CaseIterable {
    /// It has never been active.
    case notActive = "not-active"
    /// Its priority was the highest from the start.
    case priority
    /// It replaced an active router of lower priority.
    case preempted
    /// The active router was silent or resigned.
    case noResponse = "no-response"
}
