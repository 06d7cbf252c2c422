public import Addresses

extension VirtualRouter {
    /// What can happen to a virtual router.
    public enum Event: Hashable, Sendable {
        /// The router is to take part from now on (RFC 9568 section 6.4.1). Without effect when it does already.
        case startup
        /// The router is to stop (RFC 9568 sections 6.4.2 and 6.4.3).
        case shutdown
        /// A valid advertisement for this virtual router came in.
        ///
        /// An owner that wakes up late handles all packets that wait for it before `timeReached`: an advertisement
        /// that arrived in time then restarts the timer, whatever the clock says meanwhile.
        case advertisement(HeardAdvertisement)
        /// The clock has reached, or passed, the `deadline`. Timers have no identity: what is not due at the instant
        /// of the event stays as it is, so an early or stale call is harmless.
        case timeReached
        /// Something that the router needs is missing. The same cause twice counts once.
        case faulted(FaultCause)
        /// That cause is gone.
        case recovered(FaultCause)
        /// The sum of all weights of what is tracked; added to the configured priority.
        case priorityAdjusted(by: Int)
        /// The address to send from has changed; nil where the interface has none any more.
        case primaryAddressChanged(IPAddress?)
        /// Somebody else removed an address from the interface that the active router holds. Addresses that are not
        /// to be tracked (`no_track`) are not reported.
        case addressLost(IPAddress)
        /// The configuration is another one now. Priority, interval, addresses and policy take effect without leaving
        /// the state; with another version, VRID or family the router resigns and starts anew.
        indirect case reconfigured(Configuration)
        /// An operator hands the addresses over, or ends that.
        ///
        /// `true`: an active router resigns, with priority 0 and its addresses released, and is a backup that competes
        /// with the least priority from then on: whoever hears the resignation comes first, and only if nobody takes
        /// over within its own skew time does it become active again, until somebody advertises. Once more to a router
        /// that has become active so: it resigns again. `false`: the configured priority counts again.
        case standBack(Bool)
        /// The sync group becomes active; sent by `SyncGroup`.
        case groupTakesOver
        /// The member of that name made the sync group step down; sent by `SyncGroup`.
        case groupStepsDown(member: String)
    }
}
