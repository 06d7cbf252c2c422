import PacketFormats
package import VRRPProtocol

/// A simulation with an end at which all is well again, and what must have held until then.
package struct Scenario: Sendable {
    package var seed: UInt64
    package var plan: SimulationPlan
    package var bounds: TimeBounds
    package var keepsOrder: Bool
    /// When the last fault is over, and nothing is lost any more.
    package var healed: Instant

    /// When exactly one router is to be active.
    package var settled: Instant { Instant(nanoseconds: healed.nanoseconds &+ bounds.settling) }
    /// Until then nothing may change any more.
    package var end: Instant {
        Instant(nanoseconds: settled.nanoseconds &+ 4 &* bounds.longestInterval &+ bounds.longestDown)
    }

    /// The same with packets as bytes, through the encoder and the decoder.
    package var encoded: Scenario {
        var scenario = self
        for node in plan.nodes.indices {
            for router in plan.nodes[node].routers.indices {
                let configuration = plan.nodes[node].routers[router].configuration
                guard let source = configuration.primaryAddress else { continue }
                let receiver = Receiver(
                    version: configuration.version, family: configuration.family,
                    virtualRouterID: configuration.virtualRouterID, interval: configuration.advertisementInterval,
                    addresses: configuration.virtualAddresses)
                scenario.plan.nodes[node].routers[router].wire = WireFormat(
                    receiver: receiver,
                    transmission: Transmission(from: source, to: VRRPWire.group(configuration.family)),
                    digests: NoDigests())
            }
        }
        return scenario
    }

    package struct Outcome: Sendable {
        package var violation: Violation?
        package var transitions: Int
        package var longestOverlap: Int64
        package var longestAbsence: Int64
        /// Nanoseconds of simulated time.
        package var simulated: Int64
        package var trace: Trace?
    }

    /// Plays it to its end, or to the first violation.
    package func run(mutant: Mutant? = nil, tracing: Bool = false) -> Outcome {
        var simulation = Simulation(plan)
        simulation.mutant = mutant
        if tracing { simulation.trace = Trace(of: plan) }
        var monitor = InvariantMonitor(for: plan, bounds: bounds, keepsOrder: keepsOrder)
        monitor.calmSince = healed.nanoseconds
        simulation.monitor = monitor
        simulation.run(until: settled)
        if simulation.monitor?.violation == nil {
            simulation.monitor?.checkSettled(at: simulation.now)
            simulation.run(until: end)
            simulation.monitor?.checkSettled(at: simulation.now)
        }
        return Outcome(
            violation: simulation.monitor?.violation, transitions: simulation.monitor?.transitions ?? 0,
            longestOverlap: simulation.monitor?.longestOverlap ?? 0,
            longestAbsence: simulation.monitor?.longestAbsence ?? 0, simulated: simulation.now,
            trace: simulation.trace)
    }
}
