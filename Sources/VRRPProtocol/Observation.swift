public import Addresses

/// Something that an operator may want to know and that is no change of state.
public enum Observation: Hashable, Sendable {
    /// A backup has adopted another advertisement interval from the active router (version 3).
    case intervalLearned(Duration, from: Peer)
    /// An active router heard one that loses against it (keepalived's notification `MASTER_RX_LOWER_PRI`).
    case loserHeard(Peer)
    /// A router resigned with priority 0.
    case resignationHeard(IPAddress)
    /// Another router claims to own the addresses as this one does; one of the two configurations is wrong.
    case duplicateOwner(IPAddress)
    /// An advertisement came from this router's own address: a loop, or two hosts with one address.
    case ownAddressHeard(Peer)
    /// A lower active router was heard; it is obeyed until then.
    case preemptionDelayed(of: Peer, until: Instant)
    /// The effective priority is another one now.
    case priorityChanged(from: UInt8, to: UInt8)
    /// Another cause keeps the router in fault, which it was in already.
    case faultAdded(FaultCause)
    /// A cause is gone and others remain.
    case faultRemoved(FaultCause)
    /// Somebody else removed this address; it was put back.
    case addressReinstalled(IPAddress)
    /// The timer of an active router was handled that much too late.
    case late(Duration)
}
