import Addresses
import ControlProtocol
import HealthPolicy
import KeepalivedConfig
import PacketFormats
import Testing
import VRRPProtocol

@testable import Director

/// What happens to a director in a made-up world, as its history has it.
struct RecordedEventsTests {
    private let folder = TemporaryFolder()
    private let history: History

    init() { history = History(at: folder.path + "/events") }

    /// `lan: backup → active`, of one kind.
    private func told(_ kind: DirectorEvent.Kind) -> [String] {
        history.events(matching: EventQuery(kinds: [kind])).compactMap(\.event).map { "\($0.subject): \($0.text)" }
    }

    private static let router = """
        vrrp_script chk {
            script "/bin/true"
            weight 20
        }
        vrrp_instance lan {
            interface eth0
            virtual_router_id 51
            priority 100
            authentication {
                auth_type PASS
                auth_pass secret
            }
            virtual_ipaddress {
                10.0.0.3/24
            }
            track_script {
                chk
            }
        }
        """

    private func world() throws -> (FakeWorld, Daemon) {
        let world = FakeWorld()
        world.set("eth0", index: 2, "10.0.0.1")
        let daemon = try world.daemon(Self.router)
        daemon.surroundings.log.history = history
        return (world, daemon)
    }

    private let segment = Segment(.ipv4, on: 2)

    @Test
    func transitionsAndPriorities() throws {
        let (world, daemon) = try world()
        world.give(.script, "chk", .good)
        world.pass(.seconds(4))
        world.receive(
            try FakeWorld.advertisement(from: "10.0.0.2", priority: 200, password: "secret"), on: segment)
        #expect(
            told(.transition) == [
                "lan: backup → active: no advertisement for 3.531 s",
                "lan: active → backup: 10.0.0.2 has the higher priority, 200 against 120",
            ])
        #expect(told(.priority) == ["lan: the effective priority is 120, was 100"])
        withExtendedLifetime(daemon) {}
    }

    @Test
    func packetsThatAreNotBelievedAreToldOnceInTenSeconds() throws {
        let (world, daemon) = try world()
        let packet = try FakeWorld.advertisement(from: "10.0.0.9", priority: 200, password: "wrong")
        for _ in 0..<25 {
            world.receive(packet, on: segment)
            world.pass(.seconds(1))
        }
        #expect(
            told(.rejected) == [
                "lan: an advertisement from 10.0.0.9 is not believed: authentication-failure",
                "lan: an advertisement from 10.0.0.9 is not believed: authentication-failure, 11 so far",
                "lan: an advertisement from 10.0.0.9 is not believed: authentication-failure, 21 so far",
            ])
        #expect(daemon.instances.first?.counters.rejected == [.authenticationFailure: 25])
    }

    @Test
    func observations() throws {
        let (world, daemon) = try world()
        world.pass(.seconds(4))
        for _ in 0..<5 {
            world.receive(
                try FakeWorld.advertisement(from: "10.0.0.2", priority: 50, password: "secret"), on: segment)
            world.pass(.seconds(1))
        }
        world.steal("10.0.0.3")
        world.pass(.seconds(5))
        #expect(
            told(.observation) == [
                "lan: 10.0.0.2 advertises with priority 50 while this router is active",
                "lan: somebody removed 10.0.0.3; it was put back",
            ])
        withExtendedLifetime(daemon) {}
    }

    /// What goes on and on without changing anything is no event, however much of it there is.
    @Test
    func nothingIsToldWhereNothingChanges() throws {
        let (world, daemon) = try world()
        world.pass(.seconds(10))
        let count = history.events(matching: EventQuery()).count
        for _ in 0..<100 { world.pass(.seconds(1)) }
        #expect(history.events(matching: EventQuery()).count == count)
        withExtendedLifetime(daemon) {}
    }

    // MARK: Servers

    private static let servers = """
        virtual_server 10.0.0.1 80 {
            lb_algo rr
            lb_kind DR
            protocol TCP
            delay_loop 10
            quorum 2
            real_server 10.0.0.11 80 {
                TCP_CHECK {
                    retry 1
                    delay_before_retry 1
                }
            }
            real_server 10.0.0.12 80 {
                TCP_CHECK { }
            }
        }
        """

    @Test
    func checksServersAndQuorums() {
        let director = FakeDirector()
        director.begin(Self.servers)
        director.balancer?.surroundings.log.history = history
        director.pass(.seconds(30))
        // First results that are what was assumed, and their repetition.
        #expect(history.events(matching: EventQuery()).isEmpty)
        director.answers["10.0.0.11:80"] = .failed("refused the connection")
        director.pass(.seconds(60))
        director.answers["10.0.0.11:80"] = .passed
        director.pass(.seconds(30))
        #expect(
            told(.check) == [
                "10.0.0.11:80: of 10.0.0.1:80 TCP: TCP_CHECK refused the connection: it is tried again"
            ])
        let server = told(.server)
        #expect(server.count == 2)
        #expect(server.first?.contains("is down: TCP_CHECK refused the connection (2 attempts in") == true)
        #expect(server.last?.contains("is up: TCP_CHECK succeeded after") == true)
        #expect(
            told(.service) == [
                "10.0.0.1:80 TCP: has lost its quorum: the living servers weigh 1, of 2 needed",
                "10.0.0.1:80 TCP: has gained its quorum: the living servers weigh 2, of 2 needed",
            ])
        // Asked by the virtual server's name the story is whole.
        #expect(history.events(matching: EventQuery(subject: "10.0.0.1:80 TCP")).count == 5)
    }

    @Test
    func whatTheKernelRefuses() {
        let stage = TableStage(Self.servers.replacing("lb_algo rr", with: "lb_algo mh"))
        stage.log.history = history
        stage.kernel.missingSchedulers = ["mh"]
        _ = stage.start()
        #expect(told(.table).contains { $0.contains("refused") })
    }

    // MARK: Notifications

    @Test
    func scriptsThatWereTold() throws {
        let stage = try Stage()
        stage.log.history = history
        let notifier = Notifier(runner: stage.runner)
        var scripts = NotifyScripts()
        scripts.active.value = Stage.shell("exit 0")
        scripts.backup.value = Stage.shell("exit 3")
        notifier.notify(Notice(.instance, "lan", .active, priority: 150, scripts: scripts))
        notifier.notify(Notice(.instance, "lan", .backup, priority: 150, scripts: scripts))
        stage.wait("both scripts") { told(.notification).count == 2 }
        #expect(
            told(.notification) == [
                "lan: notify_master of lan succeeded", "lan: notify_backup of lan exited with status 3",
            ])
        var isOver = false
        notifier.stop { isOver = true }
        stage.wait("the end") { isOver }
    }
}
