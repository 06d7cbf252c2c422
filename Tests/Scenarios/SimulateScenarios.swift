import VRRPProtocol
import VRRPSimulation

#if canImport(Glibc)
    import Glibc
#endif

/// Plays many scenarios and says how many kept all promises. Of the first that did not it prints the trace, which
/// `Trace` can play again; so it does for one scenario with `--seed N --trace`. With `--bytes` packets go through the
/// encoder and the decoder.
@main
struct SimulateScenarios {
    var count: UInt64?
    var first: UInt64 = 1
    var isTracing = false
    var asBytes = false

    static func main() {
        guard let run = SimulateScenarios(arguments: CommandLine.arguments.dropFirst()) else {
            print("usage: simulate-scenarios [--count N] [--seed FIRST] [--bytes] [--trace]")
            exit(2)
        }
        exit(run.play() ? 0 : 1)
    }

    init?(arguments: ArraySlice<String>) {
        var arguments = arguments
        while let argument = arguments.popFirst() {
            switch argument {
            case "--trace": isTracing = true
            case "--bytes": asBytes = true
            case "--count":
                guard let number = arguments.popFirst().flatMap({ UInt64($0) }) else { return nil }
                count = number
            case "--seed":
                guard let number = arguments.popFirst().flatMap({ UInt64($0) }) else { return nil }
                first = number
            default: return nil
            }
        }
    }

    private func scenario(_ seed: UInt64) -> Scenario {
        let scenario = ScenarioGenerator.scenario(seed: seed)
        return asBytes ? scenario.encoded : scenario
    }

    /// - Returns: whether all promises were kept.
    func play() -> Bool {
        let clock = ContinuousClock()
        let start = clock.now
        let count = count ?? (isTracing ? 1 : 100_000)
        var transitions = 0
        var simulated: Double = 0
        for seed in first..<(first &+ count) {
            let outcome = scenario(seed).run(tracing: isTracing)
            transitions += outcome.transitions
            simulated += Double(outcome.simulated) / 1e9
            if isTracing, let trace = outcome.trace { print(trace.text, terminator: "") }
            guard let violation = outcome.violation else { continue }
            if !isTracing, let trace = scenario(seed).run(tracing: true).trace {
                print(trace.text, terminator: "")
            }
            print("# seed \(seed): \(violation)")
            print("# the same again: simulate-scenarios --seed \(seed) --trace")
            return false
        }
        // A trace is nothing but the trace: it can be played again as it is.
        if isTracing { return true }
        let hours = Int(simulated / 3600)
        print(
            "\(count) scenarios from seed \(first) kept all promises: \(transitions) changes of state in "
                + "\(hours) simulated hours, \(clock.now - start)")
        return true
    }
}
