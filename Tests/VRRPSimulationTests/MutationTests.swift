import Testing
import VRRPProtocol
import VRRPSimulation

/// The simulation is worth something only if it finds a machine that is wrong. Each rule of `Mutation` is broken in
/// turn, and within so many scenarios a promise is seen to be broken. A mutation that survives means that a rule is not
/// watched.
@Suite("Mutation: a machine with a broken rule is found")
struct MutationTests {
    static let seeds: ClosedRange<UInt64> = 1...3000

    /// The first scenario in which the mutant breaks a promise.
    static func find(_ mutation: Mutation) -> (seed: UInt64, violation: Violation)? {
        let mutant = mutation.mutant
        for seed in seeds {
            if let violation = ScenarioGenerator.scenario(seed: seed).run(mutant: mutant).violation {
                return (seed, violation)
            }
        }
        return nil
    }

    @Test("It is found", arguments: Mutation.allCases)
    func isFound(mutation: Mutation) throws {
        let found = try #require(Self.find(mutation), "\(mutation) survives \(Self.seeds.upperBound) scenarios")
        // The same scenario is no fault of the machine as it is.
        #expect(ScenarioGenerator.scenario(seed: found.seed).run().violation == nil)
    }

    @Test("The trace of a violation replays: the mutant does the same again, the right machine does not")
    func traceReplays() throws {
        let mutation = Mutation.tieIsReversed
        let found = try #require(Self.find(mutation))
        let outcome = ScenarioGenerator.scenario(seed: found.seed).run(mutant: mutation.mutant, tracing: true)
        let trace = try TraceReader.read(try #require(outcome.trace).text)
        #expect(trace.replay(mutant: mutation.mutant) == nil)
        let difference = try #require(trace.replay())
        // It is the last event of the trace that the mutant gets wrong: there the run ended.
        #expect(trace.entries[difference.entry...].allSatisfy { $0.time == found.violation.time })
    }
}
