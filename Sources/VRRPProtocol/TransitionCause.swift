public import Addresses

/// Why a virtual router changed its state.
public enum TransitionCause: Hashable, Sendable {
    /// It was started and listens first (RFC 9568 section 6.4.1).
    case started
    /// It was started, or recovered, and owns the addresses: priority 255 (RFC 9568 section 6.4.1).
    case ownsAddresses
    /// No advertisement came for the whole `Active_Down_Interval`, which is given; the peer is the one that had been
    /// active, nil if none was ever heard.
    case silence(of: Peer?, for: Duration)
    /// The active router of this address resigned with priority 0, and no better one came in the skew time, which is
    /// given. After an address of this router was lost it is the router's own resignation.
    case resignation(of: IPAddress, skewTime: Duration)
    /// An active router of lower priority was heard and replaced; the duration is the `Active_Down_Interval` that had
    /// to pass first.
    case preemption(of: Peer, after: Duration)
    /// A router of higher priority advertises.
    case higherPriority(Peer)
    /// A router of equal priority and higher address advertises (RFC 9568 section 6.4.3).
    case higherAddress(Peer)
    /// Two routers claim to own the addresses, and this one gave in.
    case duplicateOwner(Peer)
    /// Something that it needs is missing.
    case fault(FaultCause)
    /// The last thing that was missing is there again.
    case recovery(FaultCause)
    /// It was stopped.
    case shutdown
    /// It was given another version, VRID or family.
    case reconfiguration
    /// Somebody else removed this address from the interface.
    case addressLost(IPAddress)
    /// It was not scheduled for so long that another router has probably taken over.
    case lateness(Duration)
    /// An operator wants the addresses elsewhere.
    case standsBack
    /// The member of that name could not stay active.
    case groupStepsDown(member: String)

    /// The same as RFC 8347 knows it (`new-active-reason-type`), for a router that has become active.
    public var newActiveReason: NewActiveReason {
        switch self {
        case .ownsAddresses: .priority
        case .preemption: .preempted
        case .silence, .resignation: .noResponse
        default: .notActive
        }
    }
}
