/// A change of state, with what it came from.
public struct Transition: Hashable, Sendable {
    /// The state before.
    public var from: VirtualRouter.State
    /// The state after; never the same.
    public var to: VirtualRouter.State
    /// Why.
    public var cause: TransitionCause
    /// The effective priority at that instant.
    public var priority: UInt8
    /// When.
    public var instant: Instant

    /// A change of state.
    public init(
        from: VirtualRouter.State, to: VirtualRouter.State, cause: TransitionCause, priority: UInt8, instant: Instant
    ) {
        self.from = from
        self.to = to
        self.cause = cause
        self.priority = priority
        self.instant = instant
    }
}
