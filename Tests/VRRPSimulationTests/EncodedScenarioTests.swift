import Testing
import VRRPProtocol
import VRRPSimulation

@Suite("Scenarios with packets as bytes")
struct EncodedScenarioTests {
    @Test("Through the encoder and the decoder every scenario goes exactly as without them")
    func sameTraces() throws {
        var events = 0
        for seed in 1...150 as ClosedRange<UInt64> {
            let scenario = ScenarioGenerator.scenario(seed: seed)
            let handedOver = try #require(scenario.run(tracing: true).trace)
            let encoded = try #require(scenario.encoded.run(tracing: true).trace)
            #expect(encoded.entries.count == handedOver.entries.count)
            if encoded.text != handedOver.text { Issue.record("seed \(seed) goes another way as bytes") }
            events += encoded.entries.count
        }
        #expect(events > 10_000)
    }
}
