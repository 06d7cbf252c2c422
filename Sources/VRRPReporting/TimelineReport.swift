package import VRRPProtocol
package import VRRPSimulation

/// A simulation that was played, as it is told: what happened when and why, who had each address, what was odd.
package struct TimelineReport: Sendable {
    package var plan: SimulationPlan
    package var failures: [Failure]
    package var duration: Instant
    package var record: SimulationRecord
    package var lines: [TimelineLine] = []
    package var addresses: [AddressHistory] = []
    package var findings: [String] = []

    /// Plays the plan with the failures for that long.
    package init(_ plan: SimulationPlan, failures: [Failure], duration: Instant) {
        self.plan = plan
        self.failures = failures
        self.duration = duration
        self.plan.faults += failures.flatMap(\.timed)
        var simulation = Simulation(self.plan)
        simulation.record = SimulationRecord(for: self.plan)
        simulation.run(until: duration)
        record = simulation.record ?? SimulationRecord(for: self.plan)
        var narrator = TimelineNarrator(self.plan, failures: failures)
        lines = narrator.lines(of: record)
        addresses = AddressHistory.all(of: self.plan, record, until: duration)
        findings = TimelineFindings.all(in: self)
    }

    /// Long enough for every failure, and everything that follows from it, to be over: two down intervals after the
    /// last change, and what is set to be waited for.
    package static func duration(for plan: SimulationPlan, _ failures: [Failure]) -> Instant {
        var last: Int64 = 0
        for failure in failures { last = max(last, (failure.until ?? failure.from).nanoseconds) }
        var down: Int64 = 0
        var delays: Int64 = 0
        for router in plan.nodes.flatMap(\.routers) {
            let configuration = router.configuration
            let timers = AdvertisementTimers(
                version: configuration.version, priority: 1, interval: configuration.advertisementInterval,
                advertisements: configuration.policy.activeDownAdvertisements)
            down = max(down, timers.activeDownInterval.nanoseconds)
            delays = max(
                delays, configuration.preemptDelay.nanoseconds &+ configuration.startupDelay.nanoseconds)
        }
        var tracking: Int64 = 0
        for tracker in plan.nodes.flatMap(\.trackers) where tracker.kind == .script {
            tracking = max(tracking, tracker.interval &* Int64(max(tracker.fall, tracker.rise)))
        }
        for router in plan.nodes.flatMap(\.routers) {
            tracking = max(tracking, router.linkUpDelay.nanoseconds, router.linkDownDelay.nanoseconds)
        }
        for tracker in plan.nodes.flatMap(\.trackers) {
            tracking = max(tracking, tracker.goodDelay.nanoseconds, tracker.badDelay.nanoseconds)
        }
        let sum = last &+ 2 &* down &+ delays &+ tracking
        let second: Int64 = 1_000_000_000
        return Instant(nanoseconds: (sum / second &+ 2) &* second)
    }
}

/// One thing that happened, as it is told.
package struct TimelineLine: Hashable, Sendable {
    package var time: Instant
    /// Nil for what concerns more than one node.
    package var node: Int?
    /// The instance or sync group.
    package var instance: String?
    /// The new state; nil for what is no change of state.
    package var state: VirtualRouter.State?
    package var before: VirtualRouter.State?
    /// What the cause is called by programs: `higher-priority`, `silence`.
    package var cause: String
    package var text: String
    package var priority: UInt8?
    package var isGroup = false
}
