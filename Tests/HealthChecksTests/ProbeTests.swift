import HealthChecks
import HealthPolicy
import Testing

private final class Counted: Probe {
    var steps: [Int] = []
    func attempt(step: Int, then done: @escaping (CheckResult) -> Void) { steps.append(step) }
    func cancel() {}
}

@Test func aProbeIsToldWhichStepToLookAt() {
    let probe = Counted()
    (probe as any Probe).attempt(step: 2) { _ in }
    #expect(probe.steps == [2])
}
