import Testing
import VRRPProtocol
import VRRPSimulation

@Suite("Scenarios: random routers on random networks")
struct ScenarioTests {
    @Test("A thousand scenarios keep every promise of the protocol")
    func promises() {
        var transitions = 0
        for seed in 1...1000 as ClosedRange<UInt64> {
            let outcome = ScenarioGenerator.scenario(seed: seed).run()
            if let violation = outcome.violation {
                Issue.record("seed \(seed): \(violation)")
            }
            transitions += outcome.transitions
        }
        // Scenarios in which nothing happens would prove nothing.
        #expect(transitions > 5000)
    }

    @Test("A scenario goes the same way every time", arguments: [1, 2, 3, 77, 1865])
    func determinism(seed: UInt64) throws {
        let one = try #require(ScenarioGenerator.scenario(seed: seed).run(tracing: true).trace)
        let two = try #require(ScenarioGenerator.scenario(seed: seed).run(tracing: true).trace)
        #expect(one.text == two.text)
        #expect(one.entries.count > 10)
    }

    @Test("A trace can be read back and played again without the simulator", arguments: [5, 12, 60, 1865])
    func replay(seed: UInt64) throws {
        let trace = try #require(ScenarioGenerator.scenario(seed: seed).run(tracing: true).trace)
        let read = try TraceReader.read(trace.text)
        #expect(read.entries.filter { !$0.outputs.isEmpty }.count > 5)
        #expect(read.replay() == nil)
    }

    @Test("A trace from which an action is missing is not what the machine does")
    func difference() throws {
        let trace = try #require(ScenarioGenerator.scenario(seed: 5).run(tracing: true).trace)
        var changed = try TraceReader.read(trace.text)
        let place = try #require(changed.entries.firstIndex { $0.outputs.count > 1 })
        let removed = changed.entries[place].outputs.removeLast()
        let difference = try #require(changed.replay())
        #expect(difference.entry == place)
        #expect(difference.got.last == removed)
    }

    @Test(
        "What is no trace is refused with its line",
        arguments: [
            ("vrrp-trace 2\n", 1), ("vrrp-trace 1\n0 0 router 0 jump\n", 2), ("vrrp-trace 1\n 0 state\n", 2),
            ("vrrp-trace 1\n0 0 router 0 hear nowhere 100 1\n", 2),
            ("vrrp-trace 1\n\n0 0 router 0 hear 10.0.0.1 256 1\n", 3),
        ])
    func refusal(text: String, line: Int) {
        #expect(throws: (TraceReader.Fault).self) { try TraceReader.read(text) }
        do {
            _ = try TraceReader.read(text)
        } catch {
            #expect(error.line == line)
        }
    }
}
