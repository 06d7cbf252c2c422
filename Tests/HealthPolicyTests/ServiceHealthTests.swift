import HealthPolicy
import Testing

/// The situations are those in which keepalived 2.2.7 was watched; the table is the same as its.
@Suite("The real servers of a virtual server")
struct ServiceHealthTests {
    @Test("a server that fails leaves the table, is told, and comes back with its weight")
    func oneServer() {
        var bench = ServiceBench(weights: [1, 2])
        #expect(bench.table == [0: 1, 1: 2])
        #expect(bench.down(1) == ["hide 1", "tell 1 down"])
        #expect(bench.down(1) == [], "told once")
        #expect(bench.up(1) == ["show 1 with 2", "tell 1 up"])
        #expect(bench.up(1) == [])
    }

    @Test("inhibited, it stays with weight 0")
    func inhibited() {
        var bench = ServiceBench(weights: [1, 2], inhibited: true)
        #expect(bench.down(0) == ["show 0 with 0", "tell 0 down"])
        #expect(bench.table == [0: 0, 1: 2])
        #expect(bench.up(0) == ["show 0 with 1", "tell 0 up"])
    }

    @Test("a server lives while none of its checks is failed; one without checks lives")
    func severalChecks() {
        let servers: [ServiceHealth.Server] = [.init(weight: 1, checks: [.init(), .init()]), .init(weight: 1)]
        var bench = ServiceBench(ServiceHealth(.init(), servers: servers))
        #expect(bench.table == [0: 1, 1: 1])
        #expect(bench.handle(.checkWentDown(server: 0, check: 1)) == ["hide 0", "tell 0 down"])
        #expect(bench.handle(.checkWentDown(server: 0, check: 0)) == [])
        #expect(bench.handle(.checkCameUp(server: 0, check: 1)) == [])
        #expect(bench.handle(.checkCameUp(server: 0, check: 0)) == ["show 0 with 1", "tell 0 up"])
        #expect(bench.handle(.checkWentDown(server: 1, check: 0)) == [], "there is no such check")
        #expect(bench.handle(.checkWentDown(server: 7, check: 0)) == [], "and no such server")
    }

    @Test("the quorum goes below quorum - hysteresis and comes at quorum + hysteresis; the sorry server stands in")
    func quorum() {
        var bench = ServiceBench(weights: [1, 2, 3], quorum: 3, hysteresis: 1, sorry: true)
        #expect(bench.handle(.started) == ["tell quorum up 6 of 4"])
        bench.down(0)
        #expect(bench.down(2) == ["hide 2", "tell 2 down"], "2 is enough to keep it")
        #expect(
            bench.down(1) == ["hide 1", "tell 1 down", "show sorry with 1", "tell quorum down 0 of 2"])
        #expect(bench.table == [nil: 1])
        #expect(bench.up(0) == ["tell 0 up"], "told, but not in the table")
        #expect(bench.up(1) == ["tell 1 up"], "3 is not enough to gain it")
        #expect(
            bench.up(2) == [
                "tell 2 up", "show 0 with 1", "show 1 with 2", "show 2 with 3", "hide sorry", "tell quorum up 6 of 4",
            ])
        bench.down(1)
        #expect(bench.down(2) == ["hide 2", "tell 2 down", "show sorry with 1", "hide 0", "tell quorum down 1 of 2"])
        #expect(bench.table == [nil: 1])
    }

    @Test("without a sorry server the living go on serving, and the quorum is only told")
    func quorumWithoutSorryServer() {
        var bench = ServiceBench(weights: [1, 1], quorum: 2)
        #expect(bench.down(0) == ["hide 0", "tell 0 down", "tell quorum down 1 of 2"])
        #expect(bench.table == [1: 1])
        #expect(bench.down(1) == ["hide 1", "tell 1 down"])
        #expect(bench.up(1) == ["show 1 with 1", "tell 1 up"])
        #expect(bench.up(0) == ["show 0 with 1", "tell 0 up", "tell quorum up 2 of 2"])
    }

    @Test("sorry_server_inhibit and inhibit_on_failure: all stay, and weights change places")
    func everythingInhibited() {
        var bench = ServiceBench(weights: [1, 1], quorum: 2, sorry: true, sorryInhibited: true, inhibited: true)
        #expect(bench.table == [0: 1, 1: 1, nil: 0])
        bench.down(0)
        #expect(bench.table == [0: 0, 1: 0, nil: 1])
        bench.up(0)
        #expect(bench.table == [0: 1, 1: 1, nil: 0])
    }

    @Test("what is at the start: the table, and what is told of the quorum")
    func start() {
        typealias Start = (bench: ServiceBench, table: [Int?: Int], told: [String])
        let starts: [Start] = [
            (ServiceBench(weights: [1, 2]), [0: 1, 1: 2], ["tell quorum up 3 of 1"]),
            // alpha
            (ServiceBench(weights: [1, 2], up: false), [:], []),
            (ServiceBench(weights: [1, 2], sorry: true, up: false), [nil: 1], ["tell quorum down 0 of 1"]),
            (ServiceBench(weights: [1, 2], inhibited: true, up: false), [0: 0, 1: 0], []),
            // A hysteresis that the weights do not reach.
            (
                ServiceBench(weights: [1, 1], quorum: 2, hysteresis: 1, sorry: true), [nil: 1],
                ["tell quorum down 2 of 3"]
            ),
            // Weight 0 is no weight.
            (ServiceBench(weights: [0], quorum: 0), [0: 0], []),
            (ServiceBench(weights: [0], quorum: 0, sorry: true), [nil: 1], ["tell quorum down 0 of 0"]),
            (ServiceBench(weights: []), [:], []),
        ]
        for (place, var start) in starts.enumerated() {
            #expect(start.bench.table == start.table, "start \(place)")
            #expect(start.bench.handle(.started) == start.told, "start \(place)")
        }
    }

    @Test("rs_init_notifies tells the living at the start")
    func startTold() {
        var settings = ServiceHealth.Settings()
        settings.tellsAtStart = true
        let servers: [ServiceHealth.Server] = [
            .init(weight: 1, checks: [.init()]), .init(weight: 1, checks: [.init(isUp: false)]),
        ]
        var bench = ServiceBench(ServiceHealth(settings, servers: servers))
        #expect(bench.handle(.started) == ["tell 0 up", "tell quorum up 1 of 1"])
    }

    @Test("a quorum that is known from before is kept between the thresholds, and told only if it changed")
    func knownQuorum() {
        var settings = ServiceHealth.Settings()
        settings.quorum = 2
        settings.hysteresis = 1
        settings.sorryServer = .init()
        func start(_ weight: Int, _ hadQuorum: Bool?) -> (table: [Int?: Int], told: [String]) {
            var bench = ServiceBench(
                ServiceHealth(settings, servers: [.init(weight: weight)], hadQuorum: hadQuorum))
            return (bench.table, bench.handle(.started))
        }
        #expect(start(2, true) == ([0: 2], []))
        #expect(start(2, false) == ([nil: 1], []))
        #expect(start(2, nil) == ([nil: 1], ["tell quorum down 2 of 3"]))
        #expect(start(0, true) == ([nil: 1], ["tell quorum down 0 of 1"]))
        #expect(start(3, false) == ([0: 3], ["tell quorum up 3 of 3"]))
    }

    @Test("an alpha server whose first check fails is told as down, once")
    func stayedDown() {
        let servers: [ServiceHealth.Server] = [
            .init(weight: 1, checks: [.init(isUp: false), .init(isUp: false)])
        ]
        var bench = ServiceBench(ServiceHealth(.init(), servers: servers))
        #expect(bench.handle(.checkStayedDown(server: 0, check: 0)) == ["tell 0 down"])
        #expect(bench.handle(.checkStayedDown(server: 0, check: 1)) == [])
        bench.handle(.checkCameUp(server: 0, check: 0))
        #expect(
            bench.handle(.checkCameUp(server: 0, check: 1)) == [
                "show 0 with 1", "tell 0 up", "tell quorum up 1 of 1",
            ])
    }

    @Test("omega: at the end all that lives is told as down, and the quorum whether it was there or not")
    func omega() {
        for isOmega in [false, true] {
            var settings = ServiceHealth.Settings()
            settings.isOmega = isOmega
            var bench = ServiceBench(
                ServiceHealth(settings, servers: Array(repeating: .init(weight: 1, checks: [.init()]), count: 2)))
            bench.down(0)
            #expect(bench.handle(.ended) == (isOmega ? ["tell 1 down", "tell quorum down 0 of 1"] : []))
        }
    }
}
