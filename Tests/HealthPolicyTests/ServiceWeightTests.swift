import HealthPolicy
import Testing

@Suite("Weights that checks change")
struct ServiceWeightTests {
    @Test("the weight of a script takes the configured one's place, and gives it back")
    func absolute() {
        var bench = ServiceBench(weights: [10])
        #expect(bench.weigh(0, .absolute(5)) == ["show 0 with 5"])
        #expect(bench.weigh(0, .absolute(5)) == [])
        #expect(bench.weigh(0, .unchanged) == ["show 0 with 10"])
        #expect(bench.weigh(0, .absolute(250)) == ["show 0 with 250"])
        #expect(bench.down(0) == ["hide 0", "tell 0 down", "tell quorum down 0 of 1"])
        #expect(bench.health.weight(of: 0) == 10, "a failed check says nothing about the weight")
        #expect(bench.weigh(0, .absolute(28)) == [], "it counts when the server is back")
        #expect(bench.up(0) == ["show 0 with 28", "tell 0 up", "tell quorum up 28 of 1"])
    }

    @Test(
        "several checks add up", arguments: [(5, [10, 20], 25), (5, [0, 20], 15), (5, [2, 2], 0), (1, [0, 0], 0)])
    func several(configured: Int, said: [Int], weight: Int) {
        let checks = said.map { ServiceHealth.Check(weight: .absolute($0)) }
        let health = ServiceHealth(.init(), servers: [.init(weight: configured, checks: checks)])
        #expect(health.weight(of: 0) == weight)
    }

    @Test(
        "what a file says is added",
        arguments: [(2, 6, 8), (2, -2, 0), (2, -254, 0), (2, 400, 402), (2, .max, 65_535), (2, .min, 0)])
    func added(configured: Int, said: Int, weight: Int) {
        var bench = ServiceBench(weights: [configured])
        bench.weigh(0, .added(said))
        #expect(bench.table[0] == (weight == 0 ? 0 : weight))
    }

    @Test("weight 0 is no quorum: the sorry server stands in for the last server")
    func weightZero() {
        var bench = ServiceBench(weights: [2], sorry: true)
        #expect(
            bench.weigh(0, .absolute(0)) == [
                "show 0 with 0", "show sorry with 1", "hide 0", "tell quorum down 0 of 1",
            ])
        #expect(bench.table == [nil: 1])
        #expect(bench.down(0) == ["tell 0 down"])
        bench.weigh(0, .absolute(7))
        #expect(bench.up(0) == ["tell 0 up", "show 0 with 7", "hide sorry", "tell quorum up 7 of 1"])
    }

    @Test("weight 0 beside others stays in the table")
    func weightZeroBesideOthers() {
        var bench = ServiceBench(weights: [0, 1], sorry: true)
        #expect(bench.table == [0: 0, 1: 1])
        bench.down(1)
        #expect(bench.table == [nil: 1])
        bench.up(1)
        #expect(bench.table == [0: 0, 1: 1])
    }
}
