package import VRRPProtocol

/// A virtual router machine that breaks a rule on purpose, for the tests that show that the simulation would notice.
package struct Mutant: Sendable {
    /// In place of `VirtualRouter.handle`.
    package var handle:
        @Sendable (
            _ router: inout VirtualRouter, _ event: VirtualRouter.Event, _ now: Instant,
            _ actions: inout [VirtualRouter.Action]
        ) -> Void
    /// In place of `VirtualRouter.deadline`.
    package var deadline: @Sendable (_ router: VirtualRouter) -> Instant?
    /// Whether the node lets its machines know the time before it looks into its receive buffer.
    package var timersBeforePackets = false
    /// Whether the node treats the members of its sync groups as if there were no groups.
    package var ignoresGroups = false

    /// The machine as it is.
    package init() {
        handle = { router, event, now, actions in router.handle(event, at: now, into: &actions) }
        deadline = { $0.deadline }
    }
}
