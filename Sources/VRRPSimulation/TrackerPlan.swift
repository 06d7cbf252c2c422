package import VRRPProtocol

/// Something that a node looks at, and on which the priority of its virtual routers, or their taking part, depends.
package struct TrackerPlan: Sendable {
    package var kind: Tracker.Kind
    package var name: String
    /// Of a script: nanoseconds from one run to the next. A run takes no time.
    package var interval: Int64 = 1_000_000_000
    /// Of a script: how many results in a row it takes to count as bad, and as good again.
    package var fall = 1
    package var rise = 1
    /// Of a script: whether it counts as bad until it has succeeded.
    package var startsFailed = false
    /// Of an interface and a process: how long it must be good, or bad, before that counts.
    package var goodDelay = Duration.zero
    package var badDelay = Duration.zero
    /// Of an interface: the LAN that it is on.
    package var lan: Int?

    package init(_ kind: Tracker.Kind, name: String) {
        self.kind = kind
        self.name = name
    }
}
