/// A virtual router as it is now.
package struct InstanceReport: Codable, Hashable, Sendable {
    package var name: String
    /// `active`, `backup`, `fault` or `initialize`.
    package var state: String
    /// When it came into this state; nil before its first transition.
    package var since: Timestamp?
    package var interface: String
    /// 1 to 255.
    package var virtualRouterID: Int
    /// `ipv4` or `ipv6`.
    package var family: String
    /// 2 or 3.
    package var version: Int
    /// What the configuration says, 1 to 255.
    package var configuredPriority: Int
    /// What counts in the election, 1 to 255.
    package var effectivePriority: Int
    /// Each thing that it tracks, with what that does to it.
    package var trackers: [TrackerReport]
    /// Between two advertisements of the active router, in milliseconds.
    package var intervalMilliseconds: Int
    /// How long it waits in silence before it takes over, in milliseconds.
    package var activeDownMilliseconds: Int
    package var preempts: Bool
    /// Nil where nobody is known to be active.
    package var activeRouter: PeerReport?
    /// Where it sends from.
    package var source: String?
    /// The virtual addresses of the configuration, as they are written there, with prefix.
    package var addresses: [String]
    /// Those that are on this host now.
    package var held: [String]
    /// What keeps it from taking part.
    package var faults: [FaultReport]
    package var lastTransition: TransitionReport?
    /// Its sync group.
    package var group: String?
    /// What an operator has ordered for it.
    package var steering: [SteeringReport]
    package var counters: CountersReport

    package init(
        name: String, state: String, since: Timestamp?, interface: String, virtualRouterID: Int, family: String,
        version: Int, configuredPriority: Int, effectivePriority: Int, trackers: [TrackerReport],
        intervalMilliseconds: Int, activeDownMilliseconds: Int, preempts: Bool, activeRouter: PeerReport?,
        source: String?, addresses: [String], held: [String], faults: [FaultReport],
        lastTransition: TransitionReport?, group: String?, steering: [SteeringReport], counters: CountersReport
    ) {
        self.name = name
        self.state = state
        self.since = since
        self.interface = interface
        self.virtualRouterID = virtualRouterID
        self.family = family
        self.version = version
        self.configuredPriority = configuredPriority
        self.effectivePriority = effectivePriority
        self.trackers = trackers
        self.intervalMilliseconds = intervalMilliseconds
        self.activeDownMilliseconds = activeDownMilliseconds
        self.preempts = preempts
        self.activeRouter = activeRouter
        self.source = source
        self.addresses = addresses
        self.held = held
        self.faults = faults
        self.lastTransition = lastTransition
        self.group = group
        self.steering = steering
        self.counters = counters
    }
}

/// The router that is active, as far as this one knows.
package struct PeerReport: Codable, Hashable, Sendable {
    package var address: String
    package var priority: Int
    /// Whether it is this router itself.
    package var isThis: Bool
    /// When its last advertisement came; nil for this router itself.
    package var heardAt: Timestamp?

    package init(address: String, priority: Int, isThis: Bool, heardAt: Timestamp?) {
        self.address = address
        self.priority = priority
        self.isThis = isThis
        self.heardAt = heardAt
    }
}

/// Something that a virtual router tracks.
package struct TrackerReport: Codable, Hashable, Sendable {
    /// `interface`, `script`, `file`, `process` or `bfd`.
    package var kind: String
    package var name: String
    /// What was read last: `up`, `down`, a number, `unknown`.
    package var reading: String
    /// What it adds to the priority now; nil where it decides between fault and no fault.
    package var weight: Int?
    /// Whether it keeps the router in fault now.
    package var isFault: Bool

    package init(kind: String, name: String, reading: String, weight: Int?, isFault: Bool) {
        self.kind = kind
        self.name = name
        self.reading = reading
        self.weight = weight
        self.isFault = isFault
    }
}

/// A reason why a virtual router takes no part in the election.
package struct FaultReport: Codable, Hashable, Sendable {
    package var kind: String
    package var name: String
    /// In words.
    package var text: String

    package init(kind: String, name: String, text: String) {
        self.kind = kind
        self.name = name
        self.text = text
    }
}

/// A change of state.
package struct TransitionReport: Codable, Hashable, Sendable {
    package var from: String
    package var to: String
    /// The name of the cause, as `vrrpctl simulate --json` has it.
    package var cause: String
    /// Why, in words, as the log has it.
    package var text: String
    package var time: Timestamp

    package init(from: String, to: String, cause: String, text: String, time: Timestamp) {
        self.from = from
        self.to = to
        self.cause = cause
        self.text = text
        self.time = time
    }
}

/// What a virtual router has seen and done since this worker began.
package struct CountersReport: Codable, Hashable, Sendable {
    package var sent: Int
    package var received: Int
    package var resignationsSent: Int
    package var resignationsReceived: Int
    package var becameActive: Int
    package var leftActive: Int
    package var unanswered: Int
    package var notEncoded: Int
    /// Packets that were not believed, by the reason.
    package var rejected: [String: Int]

    package init(
        sent: Int, received: Int, resignationsSent: Int, resignationsReceived: Int, becameActive: Int,
        leftActive: Int, unanswered: Int, notEncoded: Int, rejected: [String: Int]
    ) {
        self.sent = sent
        self.received = received
        self.resignationsSent = resignationsSent
        self.resignationsReceived = resignationsReceived
        self.becameActive = becameActive
        self.leftActive = leftActive
        self.unanswered = unanswered
        self.notEncoded = notEncoded
        self.rejected = rejected
    }
}
