/// A change of state, with what it came from.
public struct Transition: Hashable, Sendable {
    public var from: VirtualRouter.State
    public var to: VirtualRouter.State
    public var cause: TransitionCause
    /// The effective priority at that instant.
    public var priority: UInt8
    public var instant: Instant

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
