public import Addresses
import PacketFormats

/// One virtual router: the state machine of RFC 9568 section 6.4 (VRRPv3) and RFC 3768 section 6.4 (VRRPv2).
///
/// It is a pure value. Events go in with the instant at which they happened, actions come out in the order in which
/// they are to be carried out, and all timers are deadlines inside the state: the owner calls `handle` with
/// `.timeReached` when the clock reaches `deadline`, and nothing else. A virtual router of IPv4 and one of IPv6 with
/// the same VRID are two values (RFC 9568 section 5.2.3).
///
/// Values are equal when they would do the same from now on, so that "a rejected packet changes nothing" can be tested.
public struct VirtualRouter: Hashable, Sendable {
    /// What the router was told to be.
    public internal(set) var configuration: Configuration
    /// Whether it was started and not shut down.
    public internal(set) var isStarted = false
    /// What is missing, sorted; the router takes no part in the election until the list is empty.
    public internal(set) var faults: [FaultCause] = []
    /// The configured priority, moved by what is tracked: 1 to 254, or 255 for an owner.
    public internal(set) var effectivePriority: UInt8
    /// `Active_Adver_Interval`: the interval of the active router. A backup of version 3 learns it; it starts as, and
    /// on becoming active is again, the router's own.
    public internal(set) var activeAdvertisementInterval: Duration
    /// The addresses that the router holds: all while it is active, otherwise none.
    public internal(set) var addresses: [IPAddress] = []
    /// The last change of state and its cause; nil before the first.
    public internal(set) var lastTransition: Transition?

    var phase = Phase.initialize(startsAt: nil)
    /// Computed from the effective priority and `activeAdvertisementInterval`.
    var timers: AdvertisementTimers
    /// Nanoseconds of the router's own advertisement interval.
    var ownInterval: Int64
    /// The sum of the weights of what is tracked.
    var adjustment = 0
    /// An owner that gave in to another one counts as 254 until it is configured or started anew.
    var hasYieldedOwnership = false
    /// Whether an operator wants the addresses elsewhere: the router counts as priority 1, an owner as well, and so takes
    /// over only where nobody else does.
    public internal(set) var isStandingBack = false
    /// Members of a sync group do not take over by themselves.
    var isGroupMember = false

    /// A virtual router in Initialize, not yet started.
    public init(_ configuration: Configuration) {
        self.configuration = configuration
        let priority = EffectivePriority.of(base: configuration.priority, adjustment: 0)
        let interval = configuration.version.intervalWithinRange(configuration.advertisementInterval)
        effectivePriority = priority
        activeAdvertisementInterval = interval
        ownInterval = interval.wholeNanoseconds
        timers = AdvertisementTimers(
            version: configuration.version, priority: priority, interval: interval,
            advertisements: configuration.policy.activeDownAdvertisements)
        if configuration.primaryAddress == nil {
            faults = [FaultCause(.noPrimaryAddress)]
        }
    }

    /// The state as operators know it.
    public var state: State {
        switch phase {
        case .initialize(let startsAt): isStarted && startsAt == nil ? .fault : .initialize
        case .backup: .backup
        case .active: .active
        }
    }

    /// When `handle` is to be called with `.timeReached`: the earliest of the timers that run. Nil: none does.
    public var deadline: Instant? {
        switch phase {
        case .initialize(let startsAt):
            return startsAt
        case .backup(let backup):
            return backup.isReady ? nil : backup.activeDownTimer
        case .active(let active):
            var earliest = active.adverTimer
            if let next = active.secondAnnouncement { earliest = min(earliest, next) }
            if let next = active.lowerPriorityAnnouncement { earliest = min(earliest, next) }
            if let next = active.refresh { earliest = min(earliest, next) }
            return earliest
        }
    }

    /// `Skew_Time` as it is now: for the effective priority and the active router's interval.
    public var skewTime: Duration { timers.skewTime }

    /// `Active_Down_Interval` as it is now.
    public var activeDownInterval: Duration { timers.activeDownInterval }

    /// What a backup last heard of the active router, and when; nil when it has heard of none, or of its resignation.
    public var activeRouter: (peer: Peer, heardAt: Instant)? {
        guard case .backup(let backup) = phase, let peer = backup.heard else { return nil }
        return (peer, backup.heardAt)
    }

    /// In a sync group: whether this member would be active if it were alone.
    public var isReadyToTakeOver: Bool {
        guard case .backup(let backup) = phase else { return false }
        return backup.isReady
    }
}
