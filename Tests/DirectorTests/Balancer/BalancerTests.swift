import HealthPolicy
import KeepalivedConfig
import Testing
import VRRPProtocol

@testable import Director

@Suite("Virtual servers that run")
struct BalancerTests {
    private static func text(_ settings: String = "", _ servers: String = "", checks: String = "TCP_CHECK { }")
        -> String
    {
        """
        virtual_server 10.0.0.1 80 {
            lb_algo rr
            lb_kind DR
            protocol TCP
            delay_loop 10
            warmup 5
            \(settings)
            real_server 10.0.0.11 80 {
                weight 3
                \(checks)
            }
            real_server 10.0.0.12 80 {
                \(checks)
            }
            \(servers)
        }
        """
    }

    private static let (one, two) = ("10.0.0.11:80", "10.0.0.12:80")
    private static let third = "real_server 10.0.0.13 80 {\nTCP_CHECK { }\n}"

    @Test("All servers are in the table before the first check, in one batch")
    func start() {
        let director = FakeDirector()
        director.begin(Self.text())
        #expect(director.table == ["10.0.0.1:80 TCP": [Self.one: 3, Self.two: 1]])
        #expect(director.batches == 1)
        #expect(director.attempts.isEmpty)
        director.pass(.seconds(15))
        #expect(Set(director.attempts.map(\.server)) == [Self.one, Self.two])
        #expect(director.batches == 1)
    }

    @Test("With alpha a server is in the table after its first success")
    func alpha() {
        let director = FakeDirector()
        director.answers[Self.one] = .failed("refused the connection")
        director.begin(Self.text("alpha"))
        #expect(director.only == [:])
        director.pass(.seconds(15))
        #expect(director.only == [Self.two: 1])
        director.answers[Self.one] = nil
        director.pass(.seconds(20))
        #expect(director.only == [Self.one: 3, Self.two: 1])
    }

    @Test("A server that has lived goes after its retries, and comes back with one success")
    func retries() {
        let director = FakeDirector()
        director.begin(Self.text("retry 2\ndelay_before_retry 2"))
        director.pass(.seconds(15))
        director.answers[Self.two] = .failed("refused the connection")
        var wait = 0
        while director.only[Self.two] != nil, wait < 30 {
            director.pass(.seconds(1))
            wait += 1
        }
        // At most a loop, and two retries of two seconds.
        #expect((4...15).contains(wait))
        #expect(director.only == [Self.one: 3])
        director.answers[Self.two] = nil
        director.pass(.seconds(11))
        #expect(director.only == [Self.one: 3, Self.two: 1])
    }

    @Test("With inhibit_on_failure a server stays, with weight 0")
    func inhibit() {
        let director = FakeDirector()
        director.answers[Self.one] = .failed("refused the connection")
        director.begin(Self.text("inhibit_on_failure"))
        director.pass(.seconds(30))
        #expect(director.only == [Self.one: 0, Self.two: 1])
    }

    @Test("Without quorum the sorry server is alone, and with it the living ones are back")
    func sorryServer() {
        let director = FakeDirector()
        director.begin(Self.text("quorum 2\nsorry_server 10.0.0.99 80\nretry 0"))
        director.pass(.seconds(15))
        #expect(director.only == [Self.one: 3, Self.two: 1])
        director.answers[Self.one] = .failed("refused the connection")
        director.pass(.seconds(12))
        #expect(director.only == ["sorry 10.0.0.99:80": 1])
        director.answers[Self.one] = nil
        director.pass(.seconds(12))
        #expect(director.only == [Self.one: 3, Self.two: 1])
    }

    @Test("misc_dynamic sets the weight")
    func weights() {
        let director = FakeDirector()
        director.begin(Self.text(checks: "MISC_CHECK {\nmisc_path /bin/true\nmisc_dynamic\n}"))
        director.answers[Self.two] = .passed(.absolute(50))
        director.pass(.seconds(20))
        #expect(director.only == [Self.one: 3, Self.two: 50])
    }

    @Test(
        "FILE_CHECK: the number moves the weight, or decides without one",
        arguments: [
            ("", 1, 4), ("", 300, 303), ("", -5, 0), ("weight 2", 5, 13), ("weight -2", 1, 1),
            ("weight 2 reverse", 1, 1), ("weight 0", 0, 3), ("weight 0", 1, nil), ("weight 0", -1, nil),
            ("weight 0 reverse", 0, nil), ("weight 0 reverse", 5, 3), ("dynamic", 2, 5),
        ] as [(String, Int, Int?)])
    func file(settings: String, value: Int, weight: Int?) {
        let director = FakeDirector()
        let file = "track_file numbers {\nfile /run/number\n}\n"
        director.begin(file + Self.text(checks: "FILE_CHECK {\ntrack_file numbers\n\(settings)\n}"))
        director.world.give(.file, "numbers", .value(value))
        #expect(director.only[Self.one] == weight)
        director.reload(file + Self.text("quorum 2", checks: "FILE_CHECK {\ntrack_file numbers\n\(settings)\n}"))
        #expect(director.only[Self.one] == weight)
    }

    @Test("FILE_CHECK: another weight of the track_file counts at once")
    func fileWeight() {
        let director = FakeDirector()
        let checked = Self.text(checks: "FILE_CHECK {\ntrack_file numbers\n}")
        director.begin("track_file numbers {\nfile /run/number\n}\n" + checked)
        director.world.give(.file, "numbers", .value(2))
        #expect(director.only == [Self.one: 5, Self.two: 3])
        director.reload("track_file numbers {\nfile /run/number\nweight 4\n}\n" + checked)
        #expect(director.only == [Self.one: 11, Self.two: 9])
    }

    @Test("BFD_CHECK: a server is there while the session is up")
    func session() {
        let director = FakeDirector()
        let instance = "bfd_instance away {\nneighbor_ip 10.0.0.11\nsource_ip 10.0.0.2\n}\n"
        director.begin(instance + Self.text(checks: "BFD_CHECK {\nname away\n}"))
        #expect(director.only == [:])
        director.set(session: "away", up: true)
        #expect(director.only == [Self.one: 3, Self.two: 1])
        director.set(session: "away", up: false)
        #expect(director.only == [:])
    }

    @Test("BFD_CHECK: after a restart of the daemon the server has some seconds for its session to come up")
    func sessionAfterRestart() {
        let folder = TemporaryFolder()
        let text =
            "bfd_instance away {\nneighbor_ip 10.0.0.11\nsource_ip 10.0.0.2\n}\n"
            + Self.text(checks: "BFD_CHECK {\nname away\n}")
        let first = FakeDirector(in: folder)
        first.begin(text)
        first.set(session: "away", up: true)
        first.pass(.seconds(2))
        let second = FakeDirector(in: folder)
        second.begin(text)
        second.set(session: "away", up: false)
        #expect(second.only == [Self.one: 3, Self.two: 1])
        second.pass(.seconds(6))
        #expect(second.only == [:])
        let third = FakeDirector(in: folder)
        third.begin(text)
        #expect(third.only == [:])
    }

    @Test("A reload leaves alone what is the same, and goes on with states")
    func reload() {
        let director = FakeDirector()
        director.answers[Self.one] = .failed("refused the connection")
        director.begin(Self.text())
        director.pass(.seconds(30))
        #expect(director.only == [Self.two: 1])
        director.reload(Self.text("", Self.third))
        #expect(director.only == [Self.two: 1, "10.0.0.13:80": 1])
        let before = director.batches
        director.reload(Self.text("", Self.third))
        #expect(director.batches == before)
        // The first server's check goes on: it is found when it comes back.
        director.answers[Self.one] = nil
        director.pass(.seconds(20))
        #expect(director.only == [Self.one: 3, Self.two: 1, "10.0.0.13:80": 1])
        director.reload(Self.text())
        #expect(director.only == [Self.one: 3, Self.two: 1])
        _ = director.takeAttempts(of: "10.0.0.13:80")
        director.pass(.seconds(30))
        #expect(director.takeAttempts(of: "10.0.0.13:80") == 0)
    }

    @Test("A reload keeps the timers of unchanged checks")
    func reloadKeepsTimers() {
        let director = FakeDirector()
        director.begin(Self.text())
        director.pass(.seconds(15))
        _ = director.takeAttempts(of: Self.one)
        for _ in 0..<100 {
            director.pass(.milliseconds(500))
            director.reload(Self.text("", Self.third))
            director.reload(Self.text())
        }
        let count = director.takeAttempts(of: Self.one)
        #expect((4...6).contains(count))
    }

    @Test("ha_suspend: checks are made while the address is here, and the states stay meanwhile")
    func suspension() throws {
        let director = FakeDirector()
        let address = try #require(FakeWorld.address("10.0.0.1"))
        director.answers[Self.two] = .failed("refused the connection")
        director.begin(Self.text("ha_suspend"))
        director.pass(.seconds(60))
        #expect(director.attempts.isEmpty)
        #expect(director.only == [Self.one: 3, Self.two: 1])
        director.world.ownAddresses = [address]
        director.pass(.seconds(15))
        #expect(director.only == [Self.one: 3])
        director.world.ownAddresses = []
        director.pass(.seconds(1))
        _ = director.takeAttempts(of: Self.one)
        director.answers[Self.two] = nil
        director.pass(.seconds(60))
        #expect(director.takeAttempts(of: Self.one) == 0)
        #expect(director.only == [Self.one: 3])
        director.world.ownAddresses = [address]
        director.pass(.seconds(15))
        #expect(director.only == [Self.one: 3, Self.two: 1])
    }

    @Test("No more attempts run than there are descriptors, and all come to their turn")
    func descriptors() {
        let director = FakeDirector()
        let servers = (1...100).map { "real_server 10.0.1.\($0) 80 {\nTCP_CHECK { }\n}" }.joined(separator: "\n")
        for number in 1...100 { director.delays["10.0.1.\(number):80"] = .seconds(1) }
        director.begin(Self.text("", servers), descriptors: 10)
        director.pass(.seconds(25))
        #expect(director.mostRunning == 10)
        #expect(Set(director.attempts.map(\.server)).count == 102)
    }

    @Test("Checks are spread evenly over the warm-up")
    func spread() {
        var spread = EvenSpread(seed: 0x1234_5678_9abc_def0)
        let starts = (0..<1000).map { _ in spread.next(in: .seconds(5)) }
        for slot in 0..<50 {
            let from = Duration.milliseconds(100 * slot)
            let count = starts.count { from <= $0 && $0 < from + .milliseconds(100) }
            #expect((17...23).contains(count))
        }
    }

    @Test("At the end the checks stop and the table is left")
    func stop() {
        let director = FakeDirector()
        director.begin(Self.text())
        director.pass(.seconds(20))
        director.balancer?.stop()
        #expect(director.isCleared)
        let count = director.attempts.count
        director.pass(.seconds(60))
        #expect(director.attempts.count == count)
    }

    @Test("The snapshot has states, weights and what was found last")
    func snapshot() throws {
        let director = FakeDirector()
        director.answers[Self.two] = .failed("refused the connection")
        director.begin(Self.text())
        director.pass(.seconds(30))
        let service = try #require(director.balancer?.snapshot.services.first)
        #expect(service.name == "10.0.0.1:80 TCP")
        #expect(service.hasQuorum)
        #expect(service.weight == 3)
        #expect(service.servers.map(\.isUp) == [true, false])
        #expect(service.servers[1].checks.first?.outcome?.result == .failed("refused the connection"))
        #expect(service.servers[0].checks.first?.outcome?.duration == .milliseconds(1))
        #expect(service.servers[0].checks.first?.next != nil)
    }

    @Test("A reload to no virtual server and back")
    func away() {
        let director = FakeDirector()
        director.begin(Self.text())
        director.pass(.seconds(15))
        director.reload("")
        #expect(director.table.isEmpty)
        director.reload(Self.text())
        #expect(director.only == [Self.one: 3, Self.two: 1])
    }

    @Test("A daemon that is started again goes on with the states that were known")
    func restart() {
        let folder = TemporaryFolder()
        let first = FakeDirector(in: folder)
        first.answers[Self.one] = .failed("refused the connection")
        first.begin(Self.text(checks: "MISC_CHECK {\nmisc_path /bin/true\nmisc_dynamic\n}"))
        first.answers[Self.two] = .passed(.absolute(7))
        first.pass(.seconds(30))
        #expect(first.only == [Self.two: 7])
        // It crashes: nothing is said.
        let second = FakeDirector(in: folder)
        second.answers = first.answers
        second.begin(Self.text(checks: "MISC_CHECK {\nmisc_path /bin/true\nmisc_dynamic\n}"))
        #expect(second.only == [Self.two: 7])
        // What was down is looked at at once.
        second.answers[Self.one] = nil
        second.pass(.milliseconds(10))
        #expect(second.only == [Self.one: 3, Self.two: 7])
        #expect(
            second.takeTold() == ["RS [10.0.0.11]:tcp:80 [10.0.0.1]:tcp:80 UP", "mail MISC CHECK succeeded on service"])
    }

    @Test("What is told of a fault: the server, its virtual server, and what the check found")
    func notices() {
        let director = FakeDirector()
        director.begin(Self.text("quorum 2\nsorry_server 10.0.0.99 80\nretry 0"))
        #expect(director.takeTold() == ["VS [10.0.0.1]:tcp:80 UP"])
        director.pass(.seconds(15))
        #expect(director.takeTold() == [])
        director.answers[Self.one] = .failed("refused the connection")
        director.pass(.seconds(12))
        #expect(
            director.takeTold() == [
                "RS [10.0.0.11]:tcp:80 [10.0.0.1]:tcp:80 DOWN", "VS [10.0.0.1]:tcp:80 DOWN",
                "mail TCP CHECK failed on service",
            ])
        director.answers[Self.one] = nil
        director.pass(.seconds(12))
        #expect(
            director.takeTold() == [
                "RS [10.0.0.11]:tcp:80 [10.0.0.1]:tcp:80 UP", "VS [10.0.0.1]:tcp:80 UP",
                "mail TCP CHECK succeed on service",
            ])
    }

    @Test("With omega everything counts as failed at the end, and without it nothing is told")
    func omega() {
        let director = FakeDirector()
        director.begin(Self.text("omega"))
        _ = director.takeTold()
        director.balancer?.stop()
        #expect(
            director.takeTold() == [
                "RS [10.0.0.11]:tcp:80 [10.0.0.1]:tcp:80 DOWN", "mail Shutting down",
                "RS [10.0.0.12]:tcp:80 [10.0.0.1]:tcp:80 DOWN", "mail Shutting down", "VS [10.0.0.1]:tcp:80 DOWN",
            ])
        let silent = FakeDirector()
        silent.begin(Self.text())
        _ = silent.takeTold()
        silent.balancer?.stop()
        #expect(silent.takeTold() == [])
    }

    @Test("What a reload removes is told, with its old scripts")
    func removal() {
        let director = FakeDirector()
        director.begin(Self.text("", Self.third))
        director.pass(.seconds(15))
        _ = director.takeTold()
        director.reload(Self.text())
        #expect(director.takeTold() == ["RS [10.0.0.13]:tcp:80 [10.0.0.1]:tcp:80 DOWN", "mail Removing"])
        director.reload("")
        #expect(
            director.takeTold() == [
                "RS [10.0.0.11]:tcp:80 [10.0.0.1]:tcp:80 DOWN", "mail Removing",
                "RS [10.0.0.12]:tcp:80 [10.0.0.1]:tcp:80 DOWN", "mail Removing", "VS [10.0.0.1]:tcp:80 DOWN",
            ])
    }
}
