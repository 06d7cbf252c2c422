import HealthPolicy
import Testing

@Suite("A virtual server that is configured anew")
struct ServiceReloadTests {
    private let sorry: ServiceHealth.Settings = {
        var settings = ServiceHealth.Settings()
        settings.sorryServer = .init()
        return settings
    }()

    private func server(_ weight: Int = 1, up: Bool = true) -> ServiceHealth.Server {
        .init(weight: weight, checks: [.init(isUp: up)])
    }

    /// What is told and what the table is then.
    private func reload(
        _ bench: inout ServiceBench, _ settings: ServiceHealth.Settings, _ servers: [ServiceHealth.Server],
        _ before: [Int?]
    ) -> (told: [String], table: [Int?: Int]) {
        let told = bench.handle(.reconfigured(settings, servers: servers, before: before))
        return (told, ServiceBench.table(of: bench.health))
    }

    @Test("new servers can bring back a quorum")
    func newServers() {
        var bench = ServiceBench(ServiceHealth(sorry, servers: [server()]))
        bench.down(0)
        #expect(bench.table == [nil: 1])
        let (told, table) = reload(&bench, sorry, [server(up: false), server(4), server(5)], [0, nil, nil])
        #expect(told == ["tell quorum up 9 of 1"])
        #expect(table == [1: 4, 2: 5])
    }

    @Test("a living server that is taken away is told as gone, a failed one is not")
    func removal() {
        var bench = ServiceBench(ServiceHealth(sorry, servers: [server(), server(), server()]))
        bench.down(1)
        let (told, table) = reload(&bench, sorry, [server(3)], [2])
        #expect(told == ["tell removed 0"])
        #expect(table == [0: 3])
    }

    @Test("another quorum counts at once, with the hysteresis of the state that there is")
    func quorum() {
        var bench = ServiceBench(ServiceHealth(sorry, servers: [server(), server()]))
        bench.down(0)
        var two = sorry
        two.quorum = 2
        let now = [server(up: false), server()]
        #expect(reload(&bench, two, now, [0, 1]) == (["tell quorum down 1 of 2"], [nil: 1]))
        #expect(reload(&bench, two, now, [0, 1]) == ([], [nil: 1]))
        #expect(reload(&bench, sorry, now, [0, 1]) == (["tell quorum up 1 of 1"], [1: 1]))
        two.hysteresis = 1
        #expect(reload(&bench, two, now, [0, 1]) == ([], [1: 1]))
    }

    @Test("without the sorry server the living serve again")
    func sorryServerRemoved() {
        var bench = ServiceBench(ServiceHealth(sorry, servers: [server(), server(1, up: false)]))
        bench.down(0)
        #expect(bench.table == [nil: 1])
        #expect(reload(&bench, .init(), [server(up: false), server(1, up: false)], [0, 1]) == ([], [:]))
    }

    @Test("a kept server that is another state now is told, and rs_init_notifies tells new ones")
    func states() {
        var settings = sorry
        var bench = ServiceBench(ServiceHealth(settings, servers: [server(), server()]))
        settings.tellsAtStart = true
        // The check that failed is not configured any more.
        bench.down(0)
        let (told, table) = reload(&bench, settings, [.init(weight: 1), server(), server()], [0, 1, nil])
        #expect(told == ["tell 0 up", "tell 2 up"])
        #expect(table == [0: 1, 1: 1, 2: 1])
    }

    @Test("weights that checks have found stay")
    func weights() {
        let dynamic = ServiceHealth.Server(weight: 5, checks: [.init(weight: .absolute(9))])
        var bench = ServiceBench(ServiceHealth(.init(), servers: [dynamic]))
        #expect(bench.table == [0: 9])
        #expect(
            reload(&bench, .init(), [.init(weight: 3, checks: [.init(weight: .absolute(9))])], [0]) == ([], [0: 9]))
    }
}
