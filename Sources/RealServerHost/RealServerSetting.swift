import Routing

/// A setting that a real server needs.
struct RealServerSetting: Hashable {
    var sysctl: Sysctl
    /// What is written where the value does not do.
    var wanted: Int
    /// The values that do.
    var accepted: Set<Int>
    /// Where this one is 0, 0 does too.
    var zeroWhere: Sysctl?

    init(_ sysctl: Sysctl, wanted: Int, accepted: Set<Int>, zeroWhere: Sysctl? = nil) {
        self.sysctl = sysctl
        self.wanted = wanted
        self.accepted = accepted
        self.zeroWhere = zeroWhere
    }

    /// Whether the host is as it must be.
    func holds(_ facts: RealServerFacts) -> Bool {
        guard let value = facts.sysctls[sysctl] else { return false }
        if let zeroWhere, value == 0 { return facts.sysctls[zeroWhere] == 0 }
        return accepted.contains(value)
    }
}
