import HealthPolicy
import Testing
import VRRPProtocol

/// The times are those that keepalived 2.2.7 kept in the same situations, less the second that it waits at its start
/// and what the machine added.
@Suite("One check of one real server")
struct CheckMachineTests {
    /// delay_loop 3.
    private func settings(
        retries: Int = 2, delay: Int = 1, _ change: (inout CheckSettings) -> Void = { _ in }
    ) -> CheckSettings {
        var settings = CheckSettings(
            delayLoop: .seconds(3), delayBeforeRetry: .seconds(delay), warmup: .seconds(3), retries: retries)
        change(&settings)
        return settings
    }

    private func tcp(_ settings: inout CheckSettings) { settings.repeatsSeries = true }

    @Test("the first attempt is made when the warm-up says, and then one for each delay_loop")
    func cadence() {
        var bench = CheckBench(settings())
        bench.handle(.started(after: .milliseconds(1_200)))
        bench.run(until: 11)
        #expect(bench.attempts == [1.2, 4.2, 7.2, 10.2])
        #expect(bench.verdicts == ["1.2s confirmed up"])
    }

    @Test("pauses count from the end of an attempt")
    func fromTheEnd() {
        var bench = CheckBench(settings())
        bench.takes = .seconds(2)
        bench.handle(.started(after: .zero))
        bench.run(until: 16)
        #expect(bench.attempts == [0, 5, 10, 15])
    }

    @Test("a script's pauses count from its start and do not drift; one that takes longer starts again at once")
    func fromTheStart() {
        var bench = CheckBench(settings { $0.countsFromStart = true })
        bench.takes = .seconds(1)
        bench.handle(.started(after: .zero))
        bench.run(until: 10)
        #expect(bench.attempts == [0, 3, 6, 9])
        bench.takes = .seconds(4)
        bench.run(until: 22)
        #expect(bench.attempts.suffix(3) == [12, 16, 20])
    }

    @Test("at the start one failure is enough, whatever the retries")
    func firstFailure() {
        var bench = CheckBench(settings(retries: 3, tcp))
        bench.result = { _, _ in .failed("refused") }
        bench.handle(.started(after: .zero))
        bench.run(until: 10)
        #expect(bench.verdicts == ["0.0s down: refused"])
        #expect(bench.attempts == [0, 3, 4, 5, 6, 9, 10], "then series of 1 + 3 attempts, delay_loop apart")
    }

    @Test("after a success a failure counts when the retries have failed too")
    func retries() {
        var bench = CheckBench(settings(tcp))
        bench.result = { second, _ in second > 8 && second < 25 ? .failed("refused") : .passed }
        bench.handle(.started(after: .zero))
        bench.run(until: 26)
        #expect(bench.verdicts == ["0.0s confirmed up", "11.0s down: refused after 2", "25.0s up"])
        #expect(bench.attempts == [0, 3, 6, 9, 10, 11, 14, 15, 16, 19, 20, 21, 24, 25])
    }

    @Test("what a UDP, DNS, PING or MISC check has found down is asked once for each delay_loop")
    func noSeriesWhileDown() {
        var bench = CheckBench(settings())
        bench.result = { second, _ in second > 5 && second < 17 ? .failed("refused") : .passed }
        bench.handle(.started(after: .zero))
        bench.run(until: 21)
        #expect(bench.attempts == [0, 3, 6, 7, 8, 11, 14, 17, 20])
        #expect(bench.verdicts == ["0.0s confirmed up", "8.0s down: refused after 2", "17.0s up"])
    }

    @Test("a failure that a retry does not confirm is none, and the retries are whole again")
    func unconfirmed() {
        var bench = CheckBench(settings())
        bench.result = { second, _ in [3, 4, 8, 9].contains(second) ? .failed("slow") : .passed }
        bench.handle(.started(after: .zero))
        bench.run(until: 12)
        #expect(bench.verdicts == ["0.0s confirmed up"])
        #expect(bench.attempts == [0, 3, 4, 5, 8, 9, 10])
        #expect(bench.deeds.contains { $0.text == "note slow, will retry" })
    }

    @Test("without retries one failure is enough, and no retries are spoken of")
    func noRetries() {
        var bench = CheckBench(settings(retries: 0))
        bench.result = { second, _ in second == 3 ? .failed("exited with status 3") : .passed }
        bench.handle(.started(after: .zero))
        bench.run(until: 6)
        #expect(
            bench.verdicts == ["0.0s confirmed up", "3.0s down: exited with status 3", "6.0s up"])
    }

    @Test("an attempt that could not be made changes nothing, and the next comes after delay_loop")
    func undecided() {
        var bench = CheckBench(settings(retries: 1))
        let lacking: Set<Double> = [0, 7]
        bench.result = { second, _ in
            lacking.contains(second) ? .undecided("no port is left") : second < 6 ? .passed : .failed("refused")
        }
        bench.handle(.started(after: .zero))
        bench.run(until: 11)
        #expect(bench.attempts == [0, 3, 6, 7, 10])
        #expect(bench.verdicts == ["3.0s confirmed up", "10.0s down: refused after 1"], "the series goes on")
        #expect(bench.deeds.contains { $0.text == "note undecided: no port is left" })
    }

    @Test("an alpha check is failed until it succeeds; that it stays so is told once")
    func alpha() {
        var bench = CheckBench(settings { $0.isAlpha = true })
        #expect(!bench.machine.isUp)
        bench.result = { second, _ in second < 9 ? .failed("refused") : .passed }
        bench.handle(.started(after: .zero))
        bench.run(until: 12)
        #expect(bench.attempts == [0, 3, 6, 9, 12], "no retries before the first success")
        #expect(bench.verdicts == ["0.0s confirmed down: refused", "9.0s up"])
        #expect(bench.machine.isUp)
    }

    @Test("an alpha check that succeeds at once comes up")
    func alphaAtOnce() {
        var bench = CheckBench(settings { $0.isAlpha = true })
        bench.handle(.started(after: .zero))
        bench.run(until: 1)
        #expect(bench.verdicts == ["0.0s up"])
    }

    @Test("a check that is known to have failed is made at once")
    func knownDown() {
        var bench = CheckBench(settings(tcp), known: false)
        #expect(!bench.machine.isUp && bench.machine.hasRun)
        bench.result = { second, _ in second < 3 ? .failed("refused") : .passed }
        bench.handle(.started(after: .milliseconds(2_900)))
        bench.run(until: 4)
        #expect(bench.attempts == [0, 1, 2])
        bench.run(until: 5)
        #expect(bench.verdicts == ["5.0s up"])
    }

    @Test("a check that is known to have succeeded has its retries")
    func knownUp() {
        var bench = CheckBench(settings { $0.isAlpha = true }, known: true)
        #expect(bench.machine.isUp)
        bench.result = { _, _ in .failed("refused") }
        bench.handle(.started(after: .milliseconds(500)))
        bench.run(until: 3)
        #expect(bench.attempts == [0.5, 1.5, 2.5])
        #expect(bench.verdicts == ["2.5s down: refused after 2"])
    }

    @Test("a suspended check is not made, gives up what runs, and keeps what it knows")
    func suspension() {
        var bench = CheckBench(settings())
        bench.result = { second, _ in second >= 3 ? .failed("refused") : .passed }
        bench.takes = .milliseconds(500)
        bench.handle(.started(after: .zero))
        bench.run(until: 5.25)  // The first failure is at 4, and its retry runs from 5 on.
        bench.handle(.suspended)
        #expect(bench.machine.deadline == nil && bench.machine.isUp)
        bench.handle(.finished(.failed("too late")))
        bench.handle(.timeReached)
        bench.run(until: 60)
        #expect(bench.verdicts == ["0.5s confirmed up", "5.25s cancel"])
        bench.handle(.resumed(after: .seconds(2)))
        bench.run(until: 66)
        #expect(bench.attempts.suffix(3) == [62, 63.5, 65], "with all its retries")
        #expect(bench.verdicts.last == "65.5s down: refused after 2")
    }

    @Test("other settings keep the verdict, and bring forward what would be late")
    func reconfiguration() {
        var bench = CheckBench(
            CheckSettings(delayLoop: .seconds(60), delayBeforeRetry: .seconds(3), warmup: .zero, retries: 1))
        bench.handle(.started(after: .zero))
        bench.run(until: 10)
        bench.handle(.reconfigured(settings { $0.isAlpha = true }))
        #expect(bench.machine.isUp)
        bench.run(until: 17)
        #expect(bench.attempts == [0, 13, 16])
        bench.takes = .seconds(2)
        bench.run(until: 20)
        bench.handle(.reconfigured(settings()))
        #expect(bench.deeds.suffix(2).map(\.text) == ["cancel", "attempt 0"], "by who knows the new settings")
    }

    @Test("at the end nothing is left")
    func end() {
        var bench = CheckBench(settings())
        bench.takes = .seconds(2)
        bench.handle(.started(after: .zero))
        bench.run(until: 1)
        bench.handle(.ended)
        bench.handle(.resumed(after: .zero))
        bench.handle(.started(after: .zero))
        bench.run(until: 60)
        #expect(bench.machine.deadline == nil)
        #expect(bench.deeds.map(\.text) == ["attempt 0", "cancel"])
    }

    @Test("what is said about the weight is told when it changes, and before the server is back")
    func weights() {
        let plan: [Double: CheckResult] = [
            3: .passed(.absolute(5)), 6: .passed(.absolute(5)), 9: .failed("exited with status 1"),
            12: .passed(.absolute(28)), 15: .passed,
        ]
        var bench = CheckBench(settings(retries: 0))
        bench.result = { second, _ in plan[second] ?? .passed }
        bench.handle(.started(after: .zero))
        bench.run(until: 18)
        #expect(
            bench.verdicts == [
                "0.0s confirmed up", "3.0s weight 5", "9.0s down: exited with status 1", "12.0s weight 28", "12.0s up",
                "15.0s weight as configured",
            ])
    }

    @Test("ten thousand checks take a megabyte")
    func size() {
        #expect(MemoryLayout<CheckMachine>.stride < 100)
        #expect(MemoryLayout<ServiceHealth.Check>.stride <= 16)
    }
}
