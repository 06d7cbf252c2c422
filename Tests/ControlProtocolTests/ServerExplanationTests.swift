import Testing

@testable import ControlProtocol

/// What is said of real and virtual servers. The clock says 100 s.
struct ServerExplanationTests {
    private static let now = Timestamp(milliseconds: 100_000)

    private static func check(_ keyword: String = "TCP_CHECK", isUp: Bool = true) -> ServerFacts.Check {
        ServerFacts.Check(
            report: CheckReport(
                keyword: keyword, isUp: isUp, result: isUp ? "succeeded" : "refused the connection",
                time: Timestamp(milliseconds: 97_000), durationMicroseconds: 2_400,
                next: Timestamp(milliseconds: 103_000)),
            hasRun: true, failures: 0, retries: 2, stepsLeft: 1, delayMilliseconds: 6000, retryMilliseconds: 1500)
    }

    private static func server(_ name: String, isUp: Bool = true, weight: Int = 1) -> ServerReport {
        ServerReport(
            name: "[\(name)]:tcp:80", isUp: isUp, weight: weight, configuredWeight: 1,
            since: Timestamp(milliseconds: 40_000), steering: nil, checks: [], traffic: nil)
    }

    /// A virtual server with two living servers of weight 1 and a quorum of 1.
    private static func facts(
        _ checks: [ServerFacts.Check] = [check()], isUp: Bool = true, _ change: (inout ServerFacts) -> Void = { _ in }
    ) -> ServerFacts {
        let its = server("10.1.0.2", isUp: isUp)
        var facts = ServerFacts(
            service: ServiceReport(
                name: "[10.0.0.1]:tcp:80", transport: "tcp", scheduler: "wlc", method: "dr", hasQuorum: true, quorum: 1,
                weight: isUp ? 2 : 1, isSuspended: false, sorryServer: nil, isSorry: false, traffic: nil,
                servers: [its, server("10.1.0.3")]),
            server: its, checks: checks, now: now, isInhibited: false, threshold: 1)
        change(&facts)
        return facts
    }

    private func texts(_ facts: ServerFacts, _ topic: ExplanationReport.Topic? = nil) -> [String] {
        ExplanationReport(facts).sentences.filter { topic == nil || $0.topic == topic }.map(\.text)
    }

    @Test
    func aLivingServer() {
        #expect(
            texts(Self.facts()) == [
                "[10.1.0.2]:tcp:80 of [10.0.0.1]:tcp:80 is up for 1 min.",
                "TCP_CHECK succeeded, 3 s ago, in 0.003 s; the next attempt is in 3 s.",
                "Its weight is 1: 1 from the configuration.",
                "[10.0.0.1]:tcp:80 has its quorum: 2 of 2 servers are up and weigh 2, and it is lost below 1.",
                "If 3 attempts in a row of TCP_CHECK, 1.5 s apart, fail, it is down.",
            ])
    }

    @Test
    func aServerThatIsDown() {
        let down = DirectorEvent(
            sequence: 1, time: Timestamp(milliseconds: 40_000), kind: .server, subject: "[10.1.0.2]:tcp:80",
            text: "…",
            fields: ["event": "server-down", "reason": "TCP_CHECK refused the connection (3 attempts in 3 s)"])
        #expect(
            texts(Self.facts([Self.check(isUp: false)], isUp: false) { $0.events = [down] }) == [
                "[10.1.0.2]:tcp:80 of [10.0.0.1]:tcp:80 is down for 1 min: TCP_CHECK refused the connection (3 attempts "
                    + "in 3 s).",
                "TCP_CHECK refused the connection, 3 s ago, in 0.003 s; the next attempt is in 3 s.",
                "Its weight is 1: 1 from the configuration; while it is down it is not in the table.",
                "[10.0.0.1]:tcp:80 has its quorum: 1 of 2 servers is up and weighs 1, and it is lost below 1.",
                "If the next attempt of TCP_CHECK succeeds, it is up.",
            ])
    }

    // MARK: Checks

    struct CheckCase: Sendable {
        var isUp = true
        var change: @Sendable (inout ServerFacts.Check) -> Void
        var says: String
        var outlook: String
    }

    @Test(arguments: [
        CheckCase(
            change: { $0.failures = 1 },
            says: "TCP_CHECK succeeded, 3 s ago, in 0.003 s; 1 attempt has failed, and it still counts as up; the next "
                + "attempt is in 3 s.", outlook: "If 2 attempts in a row of TCP_CHECK, 1.5 s apart, fail, it is down."),
        CheckCase(
            change: { $0.failures = 2 },
            says:
                "TCP_CHECK succeeded, 3 s ago, in 0.003 s; 2 attempts have failed, and it still counts as up; the next "
                + "attempt is in 3 s.", outlook: "If the next attempt of TCP_CHECK fails, it is down."),
        CheckCase(
            change: {
                $0.hasRun = false
                $0.report.result = nil
            },
            says: "TCP_CHECK has not been made yet; it is taken to be up until then; the next attempt is in 3 s.",
            outlook: "If the next attempt of TCP_CHECK fails, it is down."),
        CheckCase(
            isUp: false,
            change: {
                $0.report.keyword = "HTTP_GET"
                $0.stepsLeft = 2
            },
            says: "HTTP_GET refused the connection, 3 s ago, in 0.003 s; the next attempt is in 3 s.",
            outlook: "If 2 attempts of HTTP_GET in a row succeed, it is up."),
        CheckCase(
            change: {
                $0.report.keyword = "BFD_CHECK"
                $0.report.next = nil
                $0.isTold = true
            }, says: "BFD_CHECK succeeded, 3 s ago.", outlook: "If BFD_CHECK says so, it is down."),
    ])
    func checks(_ given: CheckCase) {
        var check = Self.check(isUp: given.isUp)
        given.change(&check)
        let facts = Self.facts([check], isUp: given.isUp)
        #expect(texts(facts, .check) == [given.says])
        #expect(texts(facts, .outlook) == [given.outlook])
    }

    @Test
    func anotherCheckKeepsItDown() {
        let checks = [Self.check(isUp: false), Self.check("SMTP_CHECK", isUp: false), Self.check("PING_CHECK")]
        #expect(
            texts(Self.facts(checks, isUp: false), .outlook) == [
                "If the next attempt of TCP_CHECK succeeds, one check less keeps it down.",
                "If the next attempt of SMTP_CHECK succeeds, one check less keeps it down.",
            ])
    }

    @Test
    func nothingChecksIt() {
        let facts = Self.facts([])
        #expect(texts(facts, .state) == ["[10.1.0.2]:tcp:80 of [10.0.0.1]:tcp:80 is up for 1 min: nothing checks it."])
        #expect(texts(facts, .outlook) == ["Nothing but an order or another configuration changes it."])
    }

    @Test
    func checksThatRest() {
        let facts = Self.facts { $0.service.isSuspended = true }
        #expect(
            texts(facts, .check) == [
                "Its checks rest, because the address of [10.0.0.1]:tcp:80 is not on this host: ha_suspend."
            ])
        #expect(
            texts(facts, .outlook) == ["When the address of [10.0.0.1]:tcp:80 is on this host, it is checked again."])
    }

    // MARK: Weight

    struct WeightCase: Sendable {
        var isUp = true
        var change: @Sendable (inout ServerFacts) -> Void
        var text: String
    }

    @Test(arguments: [
        WeightCase(
            change: {
                $0.server.weight = 40
                $0.checks[0].report.keyword = "MISC_CHECK"
                $0.checks[0].absoluteWeight = 40
            }, text: "Its weight is 40: 1 from the configuration, MISC_CHECK says 40."),
        WeightCase(
            change: {
                $0.server.weight = 0
                $0.checks[0].report.keyword = "FILE_CHECK"
                $0.checks[0].addedWeight = -5
            },
            text: "Its weight is 0: 1 from the configuration, −5 by FILE_CHECK; it gets no new connections."),
        WeightCase(
            isUp: false, change: { $0.isInhibited = true },
            text: "Its weight is 1: 1 from the configuration; while it is down it stays in the table with weight 0: "
                + "inhibit_on_failure."),
        WeightCase(
            change: {
                $0.server.weight = 0
                $0.server.steering = SteeringReport(order: "drain", since: Timestamp(milliseconds: 90_000))
            }, text: "Its weight is 0: 1 from the configuration, and drain by order; it gets no new connections."),
        WeightCase(
            change: { $0.service.isSorry = true },
            text: "Its weight is 1: 1 from the configuration; it is up, but the sorry server stands in for all of them."
        ),
    ])
    func weight(_ given: WeightCase) {
        #expect(texts(Self.facts(isUp: given.isUp, given.change), .priority) == [given.text])
    }

    // MARK: Quorum

    @Test
    func itsFailureWouldCostTheQuorum() {
        let facts = Self.facts { facts in
            facts.threshold = 2
            facts.service.sorryServer = "[10.9.0.9]:tcp:80"
        }
        #expect(
            texts(facts, .outlook) == [
                "If 3 attempts in a row of TCP_CHECK, 1.5 s apart, fail, it is down, and [10.0.0.1]:tcp:80 loses its "
                    + "quorum: sorry server [10.9.0.9]:tcp:80 takes over."
            ])
        #expect(
            texts(facts, .service) == [
                "[10.0.0.1]:tcp:80 has its quorum: 2 of 2 servers are up and weigh 2, and it is lost below 2; sorry server "
                    + "[10.9.0.9]:tcp:80 is not needed."
            ])
    }

    @Test
    func itsRecoveryWouldBringTheQuorumBack() {
        let facts = Self.facts([Self.check(isUp: false)], isUp: false) { facts in
            facts.service.hasQuorum = false
            facts.service.isSorry = true
            facts.service.sorryServer = "[10.9.0.9]:tcp:80"
            facts.threshold = 2
        }
        #expect(
            texts(facts, .outlook) == [
                "If the next attempt of TCP_CHECK succeeds, it is up, and [10.0.0.1]:tcp:80 gains its quorum: sorry "
                    + "server [10.9.0.9]:tcp:80 is relieved."
            ])
        #expect(
            texts(facts, .service) == [
                "[10.0.0.1]:tcp:80 has lost its quorum: 1 of 2 servers is up and weighs 1, and it is gained from 2 on; "
                    + "sorry server [10.9.0.9]:tcp:80 stands in."
            ])
    }

    @Test
    func aVirtualServer() {
        var service = Self.facts([Self.check(isUp: false)], isUp: false).service
        service.servers[0].checks = [Self.check(isUp: false).report]
        let report = ExplanationReport(service, threshold: 1, at: Self.now)
        #expect(
            report.sentences.map(\.text) == [
                "[10.0.0.1]:tcp:80 has its quorum: 1 of 2 servers is up and weighs 1, and it is lost below 1.",
                "[10.1.0.2]:tcp:80 is down for 1 min, with weight 1: TCP_CHECK refused the connection.",
                "[10.1.0.3]:tcp:80 is up for 1 min, with weight 1.",
            ])
        #expect(report.kind == "virtualServer")
    }
}
