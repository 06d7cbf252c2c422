import HealthPolicy
import Testing
import VRRPProtocol

/// HTTP checks: the pages that keepalived 2.2.7 asked for in the same situations, at the same distances.
@Suite("A check of several pages")
struct PageCheckTests {
    private func bench(pages: Int = 3, fast: Bool = false, alpha: Bool = false, known: Bool? = nil) -> CheckBench {
        var settings = CheckSettings(
            delayLoop: .seconds(3), delayBeforeRetry: .seconds(1), warmup: .seconds(3), retries: 2)
        settings.steps = pages
        settings.startsOver = true
        settings.recoversFast = fast
        settings.isAlpha = alpha
        return CheckBench(settings, known: known)
    }

    private func pages(_ bench: CheckBench) -> [String] {
        bench.deeds.filter { $0.text.hasPrefix("attempt") }.map { "\($0.second) \($0.text.suffix(1))" }
    }

    private let status500 = CheckResult.failed("answered with status 500")

    @Test("one page for each delay_loop; the verdict comes with the last one")
    func pass() {
        var bench = bench()
        bench.handle(.started(after: .zero))
        bench.run(until: 10)
        #expect(pages(bench) == ["0.0 0", "3.0 1", "6.0 2", "9.0 0"])
        #expect(bench.verdicts == ["6.0s confirmed up"])
    }

    @Test("until the first pass is through, one failure of any page is enough")
    func firstPass() {
        var bench = bench()
        bench.result = { _, page in page == 1 ? status500 : .passed }
        bench.handle(.started(after: .zero))
        bench.run(until: 9)
        #expect(bench.verdicts == ["3.0s down: answered with status 500"])
        #expect(pages(bench) == ["0.0 0", "3.0 1", "6.0 1", "9.0 1"])
    }

    @Test("the page that failed is asked until it is right, then all of them")
    func recovery() {
        var bench = bench()
        bench.result = { second, page in page == 1 && second > 11 && second < 26 ? status500 : .passed }
        bench.handle(.started(after: .zero))
        bench.run(until: 38)
        #expect(
            pages(bench) == [
                "0.0 0", "3.0 1", "6.0 2", "9.0 0", "12.0 1", "13.0 1", "14.0 1", "17.0 1", "20.0 1", "23.0 1",
                "26.0 1", "29.0 0", "32.0 1", "35.0 2", "38.0 0",
            ])
        #expect(
            bench.verdicts == ["6.0s confirmed up", "14.0s down: answered with status 500 after 2", "35.0s up"])
    }

    @Test("with fast_recovery all pages come at once, until they were right")
    func fastRecovery() {
        var bench = bench(fast: true)
        bench.result = { second, page in page == 1 && second > 5 && second < 20 ? status500 : .passed }
        bench.handle(.started(after: .zero))
        bench.run(until: 26)
        #expect(
            pages(bench) == [
                "0.0 0", "0.0 1", "0.0 2", "3.0 0", "6.0 1", "7.0 1", "8.0 1", "11.0 1", "14.0 1", "17.0 1",
                "20.0 1", "20.0 0", "20.0 1", "20.0 2", "23.0 0", "26.0 1",
            ])
        #expect(bench.verdicts.last == "20.0s up")
    }

    @Test("a page that fails on the way back has its retries, and none without a pause")
    func relapse() {
        for fast in [false, true] {
            var bench = bench(fast: fast, known: true)
            bench.result = { second, page in
                page == 0 && second < 5 || page == 2 && second >= 5 ? status500 : .passed
            }
            bench.handle(.started(after: .zero))
            bench.run(until: 30)
            // Down at 2; page 0 is right at 5 and asked again with the others; page 2 fails.
            let expected =
                fast
                ? ["5.0 0", "5.0 0", "5.0 1", "5.0 2", "6.0 2", "7.0 2", "10.0 2", "13.0 2"]
                : ["5.0 0", "8.0 0", "11.0 1", "14.0 2", "15.0 2", "16.0 2", "19.0 2", "22.0 2"]
            #expect(Array(pages(bench).dropFirst(3).prefix(expected.count)) == expected)
            #expect(bench.verdicts == ["2.0s down: answered with status 500 after 2"])
        }
    }

    @Test("a single page has to be right twice to be back")
    func singlePage() {
        var bench = bench(pages: 1)
        bench.result = { second, _ in second > 5 && second < 14 ? status500 : .passed }
        bench.handle(.started(after: .zero))
        bench.run(until: 18)
        #expect(bench.attempts == [0, 3, 6, 7, 8, 11, 14, 17])
        #expect(bench.verdicts.last == "17.0s up")
    }

    @Test("an alpha check comes up when all pages were right, from the first on")
    func alpha() {
        var bench = bench(pages: 2, alpha: true)
        bench.result = { second, page in page == 1 && second < 9 ? status500 : .passed }
        bench.handle(.started(after: .zero))
        bench.run(until: 15)
        #expect(pages(bench) == ["0.0 0", "3.0 1", "6.0 1", "9.0 1", "12.0 0", "15.0 1"])
        #expect(bench.verdicts == ["3.0s confirmed down: answered with status 500", "15.0s up"])
    }
}
