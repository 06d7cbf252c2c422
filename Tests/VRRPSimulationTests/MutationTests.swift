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
}
