import HealthPolicy
import Testing

@Test func whateverWeightItAsksForAPassedCheckIsASuccess() {
    #expect(CheckResult.passed.isSuccess)
    #expect(CheckResult.passed(.absolute(0)).isSuccess)
    #expect(!CheckResult.failed("refused the connection").isSuccess)
}
