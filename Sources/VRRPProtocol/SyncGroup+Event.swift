extension SyncGroup {
    /// What can happen to a group.
    public enum Event: Hashable, Sendable {
        /// Something happened to one member: its place in the list, and the event. Places that do not exist are
        /// ignored.
        case member(Int, VirtualRouter.Event)
        /// An operator hands the addresses of all members over, or ends that; see `VirtualRouter.Event.standBack`. To
        /// one member it means the same.
        case standBack(Bool)
        /// All members are to take part.
        case startup
        /// All members are to stop.
        case shutdown
        /// The clock has reached, or passed, the group's `deadline`.
        case timeReached
        /// Something that the group tracks without a weight is bad.
        case faulted(FaultCause)
        /// That is good again.
        case recovered(FaultCause)
        /// The sum of the weights of what the group tracks; it counts for each member.
        case priorityAdjusted(by: Int)
    }

    /// What is to be done, in order.
    public enum Action: Hashable, Sendable {
        /// An action of the member at that place in the list.
        case member(Int, VirtualRouter.Action)
        /// The group as a whole has changed its state; the last action of the change. The cause is that of the member
        /// with which it began, and the priority is 0, as keepalived's notify scripts of groups get it.
        case notify(Transition)
    }
}
