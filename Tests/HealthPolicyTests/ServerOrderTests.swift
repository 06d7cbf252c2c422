import HealthPolicy
import Testing

/// What an operator tells a real server comes before what its checks find; the checks go on.
@Suite("Drained and disabled real servers")
struct ServerOrderTests {
    @Test("drained, a server stays with weight 0 and comes back with its own")
    func drain() {
        var bench = ServiceBench(weights: [3, 1])
        #expect(bench.handle(.ordered(server: 0, .drain)) == ["show 0 with 0"])
        #expect(bench.health.sum == 1)
        #expect(bench.handle(.ordered(server: 0, .drain)) == [], "once is enough")
        #expect(bench.handle(.ordered(server: 0, nil)) == ["show 0 with 3"])
        #expect(bench.health.sum == 4)
    }

    @Test("disabled, it is out of the table")
    func disable() {
        var bench = ServiceBench(weights: [3, 1], inhibited: true)
        #expect(bench.handle(.ordered(server: 0, .disable)) == ["hide 0"])
        #expect(bench.down(0) == ["tell 0 down"], "checks go on, and inhibit_on_failure does not bring it back")
        #expect(bench.up(0) == ["tell 0 up"])
        #expect(bench.table == [1: 1])
        #expect(bench.handle(.ordered(server: 0, .drain)) == ["show 0 with 0"])
        #expect(bench.handle(.ordered(server: 0, nil)) == ["show 0 with 3"])
    }

    @Test("a drained server that fails leaves the table, and comes back with weight 0")
    func failsWhileDrained() {
        var bench = ServiceBench(weights: [3, 1])
        bench.handle(.ordered(server: 0, .drain))
        #expect(bench.down(0) == ["hide 0", "tell 0 down"])
        #expect(bench.health.sum == 1)
        #expect(bench.up(0) == ["show 0 with 0", "tell 0 up"])
        #expect(bench.health.sum == 1)
    }

    @Test("its weight does not count for the quorum: with the last one the sorry server stands in")
    func quorum() {
        var bench = ServiceBench(weights: [1, 1], sorry: true)
        bench.handle(.ordered(server: 0, .drain))
        #expect(
            bench.handle(.ordered(server: 1, .drain)) == [
                "show sorry with 1", "tell quorum down 0 of 1", "show 1 with 0",
            ])
        #expect(bench.table == [0: 0, 1: 0, nil: 1], "connections that are there go on")
        #expect(
            bench.handle(.ordered(server: 0, nil)) == ["show 0 with 1", "hide sorry", "tell quorum up 1 of 1"])
        #expect(bench.table == [0: 1, 1: 0])
    }

    @Test("a weight that a check moves while it is drained counts when it is enabled")
    func weight() {
        var bench = ServiceBench(weights: [3, 1])
        bench.handle(.ordered(server: 0, .drain))
        #expect(bench.weigh(0, .absolute(7)) == [])
        #expect(bench.handle(.ordered(server: 0, nil)) == ["show 0 with 7"])
    }

    @Test("it lasts over another configuration")
    func reload() {
        var bench = ServiceBench(weights: [3, 1])
        bench.handle(.ordered(server: 0, .disable))
        let servers: [ServiceHealth.Server] = [
            .init(weight: 1, checks: [.init()]), .init(weight: 5, checks: [.init()], order: .disable),
        ]
        #expect(bench.handle(.reconfigured(.init(), servers: servers, before: [1, 0])) == [])
        #expect(ServiceBench.table(of: bench.health) == [0: 1])
        #expect(bench.health.sum == 1)
    }

    @Test("a server that is not there is passed over")
    func nobody() {
        var bench = ServiceBench(weights: [1])
        #expect(bench.handle(.ordered(server: 4, .drain)) == [])
        #expect(bench.handle(.ordered(server: -1, .disable)) == [])
        #expect(bench.health.order(of: 4) == nil)
    }
}
