import Addresses
import ControlProtocol
import Foundation
import PacketAuthentication
import Testing
import VRRPProtocol

@testable import Director

/// One node, `eth0` with 10.0.0.1 and `eth1` with 10.1.0.1, that operators steer.
@Suite("Steering")
struct SteeringTests {
    private let director = FakeDirector()
    private var world: FakeWorld { director.world }
    /// What outlives the daemon.
    private let folder: TemporaryFolder
    /// What runs as long as the test does.
    private let running = Running()

    private final class Running {
        var daemons: [Daemon] = []
        var steerings: [Steering] = []
    }

    init() { self.init(in: TemporaryFolder()) }

    private init(in folder: TemporaryFolder) {
        self.folder = folder
        world.set("eth0", index: 2, "10.0.0.1")
        world.set("eth1", index: 3, "10.1.0.1")
    }

    private static func instance(_ name: String, _ number: Int, priority: Int = 150, more: String = "") -> String {
        """
        vrrp_instance \(name) {
            interface eth\(number)
            virtual_router_id \(51 + number)
            priority \(priority)
            advert_int 1
            garp_master_repeat 1
            \(more)
            virtual_ipaddress {
                10.\(number).0.3/24
            }
        }

        """
    }

    private static let one = instance("VI_1", 0)
    private static let pair =
        instance("VI_1", 0) + instance("VI_2", 1) + "vrrp_sync_group VG {\n group {\n VI_1\n VI_2\n }\n}\n"
    private static let servers = """
        virtual_server 10.0.0.9 80 {
            lb_algo rr
            lb_kind DR
            protocol TCP
            sorry_server 10.0.0.99 80
            real_server 10.0.0.11 80 {
                weight 3
            }
            real_server 10.0.0.12 80 {
            }
        }
        """

    /// What runs, and the steering of it.
    private func begin(_ text: String, hearing peer: UInt8? = 100) throws -> (Daemon, Steering) {
        let log = Log(level: .error, format: .text, descriptor: -1, priorities: false)
        let steering = Steering(at: folder.path + "/orders", time: world, log: log)
        let configuration = FakeWorld.configuration(text)
        let daemon = Daemon(
            configuration,
            in: Surroundings(
                time: world, wire: world, network: world, listener: world, feeds: world, wills: world, log: log,
                digests: SystemDigests()))
        let balancer = director.make(text)
        running.daemons.append(daemon)
        running.steerings.append(steering)
        steering.take(daemon, balancer)
        try daemon.start()
        director.start()
        world.turn()
        if let peer {
            try hear(peer)
            if text.contains("eth1") { try hear(peer, on: 1) }
        }
        world.pass(.seconds(10))
        _ = world.takeEffects()
        return (daemon, steering)
    }

    private func hear(_ priority: UInt8, on number: Int32 = 0) throws {
        world.receive(
            try FakeWorld.advertisement(
                from: "10.\(number).0.2", vrid: UInt8(51 + number), priority: priority, addresses: ["10.\(number).0.3"]),
            on: Segment(.ipv4, on: 2 + number))
    }

    private func request(
        _ instance: String = "VI_1", back: Bool = false, seconds: Int? = nil, force: Bool = false, dryRun: Bool = false
    ) -> FailoverRequest {
        FailoverRequest(instance: instance, back: back, seconds: seconds, force: force, dryRun: dryRun)
    }

    /// What `failover` answers, when it does.
    private final class Answer {
        var result: Result<SteeringAnswer, ControlRefusal>?
        var answer: SteeringAnswer? { try? result?.get() }
        var refusal: String? { if case .failure(let refusal) = result { refusal.message } else { nil } }
    }

    private func failover(_ request: FailoverRequest, _ steering: Steering) -> Answer {
        let answer = Answer()
        steering.failover(request) { answer.result = $0 }
        world.turn()
        return answer
    }

    private func maintenance(
        _ steering: Steering, on: Bool = true, strict: Bool = false, seconds: Int? = nil, force: Bool = false,
        dryRun: Bool = false
    ) -> Answer {
        let answer = Answer()
        steering.maintenance(
            MaintenanceRequest(on: on, strict: strict, seconds: seconds, force: force, dryRun: dryRun)
        ) { answer.result = $0 }
        world.turn()
        return answer
    }

    // MARK: Failover

    @Test("the instance resigns, and the answer comes with the first advertisement of the other router")
    func failsOver() throws {
        let (daemon, steering) = try begin(Self.one)
        let answer = failover(request(), steering)
        #expect(world.takeEffects() == ["send 51/0 to 224.0.0.18 by 2", "claim VI_1: ", "tell INSTANCE VI_1 BACKUP 1"])
        #expect(answer.result == nil)
        world.pass(.milliseconds(600))
        #expect(answer.result == nil)
        try hear(100)
        world.pass(.milliseconds(20))
        #expect(
            answer.answer?.changes == [
                .init("VI_1", "state", from: "active", to: "backup"),
                .init("VI_1", "effective priority", from: "150", to: "1"),
                .init("VI_1", "active router", from: "this router", to: "10.0.0.2"),
            ])
        #expect(
            answer.answer?.sentences == [
                "10.0.0.2 is active for VI_1, with priority 100, 0.6 s after the resignation",
                "VI_1 stands back until it is told: vrrpctl failover VI_1 --back",
            ])
        #expect(steering.reports(ofInstance: "VI_1").map(\.order) == ["failover"])
        for _ in 0..<20 {
            world.pass(.seconds(1))
            try hear(100)
        }
        #expect(daemon.instances[0].state == .backup)
    }

    @Test("told back it takes over by the usual rules; a second time there is nothing to do")
    func comesBack() throws {
        let (daemon, steering) = try begin(Self.one)
        _ = failover(request(), steering)
        try hear(100)
        world.pass(.milliseconds(100))
        let dry = failover(request(back: true, dryRun: true), steering)
        #expect(dry.answer?.changes == [.init("VI_1", "effective priority", from: "1", to: "150")])
        #expect(daemon.instances[0].router.isStandingBack)
        let answer = failover(request(back: true), steering)
        #expect(answer.answer?.changes == [.init("VI_1", "effective priority", from: "1", to: "150")])
        #expect(
            answer.answer?.sentences == [
                "10.0.0.2, with priority 100, is active for VI_1; VI_1 has the higher priority 150 and takes over in "
                    + "about 3.414 s"
            ])
        for _ in 0..<4 where daemon.instances[0].state != .active {
            try hear(100)
            world.pass(.seconds(1))
        }
        #expect(daemon.instances[0].state == .active)
        #expect(failover(request(back: true), steering).answer?.changes == [])
    }

    @Test("--for ends by itself")
    func ends() throws {
        let (daemon, steering) = try begin(Self.one)
        let answer = failover(request(seconds: 30), steering)
        try hear(100)
        world.pass(.milliseconds(20))
        #expect(answer.answer?.sentences.last?.hasPrefix("VI_1 stands back until 2023-") == true)
        for _ in 0..<29 {
            world.pass(.seconds(1))
            try hear(100)
        }
        #expect(daemon.instances[0].router.isStandingBack)
        world.pass(.seconds(1))
        #expect(!daemon.instances[0].router.isStandingBack)
        #expect(steering.orders.isEmpty)
    }

    @Test("where nobody takes over it is active again after its skew time, and that is refused in words")
    func nobody() throws {
        let (daemon, steering) = try begin(Self.one)
        let answer = failover(request(), steering)
        world.pass(.milliseconds(1100))
        #expect(daemon.instances[0].state == .active)
        #expect(world.addresses == ["10.0.0.3"])
        #expect(answer.refusal?.hasPrefix("nobody took over: VI_1 is active again, with priority 1.") == true)
        #expect(steering.orders.standsBack("VI_1"))
    }

    @Test("what makes no sense is refused, and changes nothing")
    func refusals() throws {
        let (daemon, steering) = try begin(Self.one, hearing: nil)
        #expect(
            failover(request("VI_2"), steering).refusal == "there is no instance VI_2; did you mean VI_1?")
        #expect(failover(request(), steering).refusal?.contains("no other router of VRID 51 has been heard of") == true)
        #expect(daemon.instances[0].state == .active && steering.orders.isEmpty)
        try hear(200)
        #expect(
            failover(request(), steering).refusal
                == "VI_1 is backup, not active: 10.0.0.2 is, with priority 200; there is nothing to hand over")
        world.set("eth0", index: 2, up: false, "10.0.0.1")
        #expect(failover(request(), steering).refusal?.hasPrefix("VI_1 is in fault, not active: ") == true)
        #expect(steering.orders.isEmpty)
    }

    @Test("with --force it hands over to whom it does not know")
    func forced() throws {
        let (daemon, steering) = try begin(Self.one, hearing: nil)
        let answer = failover(request(force: true), steering)
        try hear(1)
        world.pass(.milliseconds(20))
        #expect(answer.answer != nil && daemon.instances[0].state == .backup)
    }

    @Test("--dry-run says what would be and does nothing")
    func dry() throws {
        let (daemon, steering) = try begin(Self.one)
        let answer = failover(request(dryRun: true), steering)
        #expect(answer.answer?.dryRun == true)
        #expect(answer.answer?.changes.first == .init("VI_1", "state", from: "active", to: "backup"))
        #expect(daemon.instances[0].state == .active && steering.orders.isEmpty)
        #expect(world.takeEffects().isEmpty)
    }

    @Test("a sync group hands over as a whole, and any member brings it back")
    func group() throws {
        let (daemon, steering) = try begin(Self.pair)
        let answer = failover(request("VI_2"), steering)
        #expect(daemon.instances.map(\.state) == [.backup, .backup])
        try hear(100)
        try hear(100, on: 1)
        world.pass(.milliseconds(20))
        #expect(answer.answer?.sentences.last?.hasPrefix("VI_2 with VI_1 of sync group VG stands back") == true)
        #expect(steering.reports(ofInstance: "VI_1").map(\.order) == ["failover"])
        _ = failover(request("VI_1", back: true), steering)
        #expect(daemon.instances.allSatisfy { !$0.router.isStandingBack })
        #expect(steering.orders.isEmpty)
    }

    @Test("an owner hands over, and it is said what stays on its interface")
    func owner() throws {
        world.set("eth0", index: 2, "10.0.0.3")
        let (daemon, steering) = try begin(Self.instance("VI_1", 0, priority: 255))
        let answer = failover(request(), steering)
        try hear(100)
        world.pass(.milliseconds(20))
        #expect(daemon.instances[0].state == .backup)
        #expect(
            answer.answer?.remarks.first?.hasPrefix("10.0.0.3 is an address of eth0 itself and stays there") == true)
    }

    // MARK: Over reloads and crashes

    @Test("it lasts over a reload and a crash; what the configuration drops is forgotten")
    func lasts() throws {
        let (daemon, steering) = try begin(Self.one + Self.servers)
        _ = failover(request(), steering)
        _ = try steering.priority(PriorityRequest(instance: "VI_1", priority: 77, dryRun: false))
        _ = try steering.server(
            ServerRequest(action: .drain, service: "10.0.0.9:80", server: "10.0.0.11", dryRun: false))
        try hear(100)
        _ = try daemon.reload(to: FakeWorld.configuration(Self.instance("VI_1", 0, priority: 200) + Self.servers))
        steering.reloaded()
        #expect(daemon.instances[0].router.isStandingBack)
        #expect(daemon.instances[0].router.configuration.priority == 77)
        // The same instance on another interface is made anew.
        _ = try daemon.reload(
            to: FakeWorld.configuration(
                Self.instance("VI_1", 0).replacing("interface eth0", with: "interface eth1") + Self.servers))
        #expect(daemon.instances[0].router.isStandingBack)
        #expect(daemon.instances[0].router.configuration.priority == 77)

        let after = SteeringTests(in: folder)
        let (next, its) = try after.begin(Self.one + Self.servers)
        #expect(its.orders == steering.orders)
        #expect(next.instances[0].router.isStandingBack)
        #expect(after.director.only["10.0.0.11:80"] == 0)
        _ = try next.reload(to: FakeWorld.configuration(""))
        its.reloaded()
        #expect(its.orders.isEmpty)
    }

    // MARK: Maintenance

    @Test("in maintenance all instances stand back, take over only where nobody else does, and come back at the end")
    func maintains() throws {
        let (daemon, steering) = try begin(Self.instance("VI_1", 0) + Self.instance("VI_2", 1))
        let answer = maintenance(steering, seconds: 60)
        #expect(daemon.instances.map(\.state) == [.backup, .backup])
        try hear(100)
        try hear(100, on: 1)
        world.pass(.milliseconds(20))
        #expect(answer.answer?.changes.count == 6)
        #expect(steering.maintenanceReport?.until != nil)
        world.pass(.seconds(10))
        #expect(daemon.instances.map(\.state) == [.active, .active], "nobody else is there")
        #expect(daemon.instances.map(\.router.effectivePriority) == [1, 1])
        world.pass(.seconds(50))
        #expect(daemon.instances.map(\.router.effectivePriority) == [150, 150])
        #expect(steering.maintenanceReport == nil)
    }

    @Test("in strict maintenance it takes part in nothing")
    func strictly() throws {
        let (daemon, steering) = try begin(Self.pair)
        let answer = maintenance(steering, strict: true)
        #expect(answer.answer != nil)
        #expect(daemon.instances.map(\.state) == [.fault, .fault])
        #expect(world.addresses.isEmpty)
        world.pass(.seconds(60))
        #expect(daemon.instances.map(\.state) == [.fault, .fault])
        // Less strictly it listens again.
        _ = maintenance(steering)
        #expect(daemon.instances.map(\.state) == [.backup, .backup])
        #expect(daemon.instances.allSatisfy { $0.router.isStandingBack })
        _ = maintenance(steering, on: false)
        #expect(daemon.instances.map(\.router.effectivePriority) == [150, 150])
    }

    @Test("maintenance that changes nothing says so; off leaves failovers alone")
    func maintenanceTwice() throws {
        let (daemon, steering) = try begin(Self.one)
        #expect(
            maintenance(steering, on: false).answer?.sentences == ["the node is not in maintenance; nothing is changed"]
        )
        #expect(maintenance(steering, dryRun: true).answer?.changes.count == 2)
        #expect(daemon.instances[0].state == .active)
        _ = failover(request(), steering)
        try hear(100)
        world.pass(.milliseconds(20))
        _ = maintenance(steering)
        let again = maintenance(steering, seconds: 5)
        #expect(again.answer?.changes.first?.property == "lasts")
        #expect(maintenance(steering, on: false).answer?.remarks.first?.hasPrefix("VI_1 still stands back") == true)
        #expect(daemon.instances[0].router.isStandingBack)
    }

    @Test("where nobody is known it is refused without --force")
    func maintenanceAlone() throws {
        let (daemon, steering) = try begin(Self.one, hearing: nil)
        #expect(maintenance(steering).refusal?.contains("no other router has been heard of for VI_1") == true)
        #expect(daemon.instances[0].state == .active && steering.orders.isEmpty)
        _ = maintenance(steering, force: true)
        #expect(daemon.instances[0].state == .backup)
    }

    // MARK: Priority

    @Test("another priority counts with the weights, until default")
    func priority() throws {
        let (daemon, steering) = try begin(Self.one)
        let dry = try steering.priority(PriorityRequest(instance: "VI_1", priority: 90, dryRun: true))
        #expect(
            dry.changes == [
                .init("VI_1", "priority", from: "150", to: "90"),
                .init("VI_1", "effective priority", from: "150", to: "90"),
            ])
        #expect(daemon.instances[0].router.effectivePriority == 150 && steering.orders.isEmpty)
        let answer = try steering.priority(PriorityRequest(instance: "VI_1", priority: 90, dryRun: false))
        #expect(answer.changes == dry.changes)
        #expect(daemon.instances[0].router.effectivePriority == 90)
        #expect(steering.reports(ofInstance: "VI_1").first?.priority == 90)
        let again = try steering.priority(PriorityRequest(instance: "VI_1", priority: 90, dryRun: false))
        #expect(again.changes.isEmpty)
        _ = try steering.priority(PriorityRequest(instance: "VI_1", priority: nil, dryRun: false))
        #expect(daemon.instances[0].router.effectivePriority == 150 && steering.orders.isEmpty)
    }

    @Test("0 and 255 are no priorities for an order", arguments: [-1, 0, 255, 1000])
    func priorityOutOfRange(number: Int) throws {
        let (_, steering) = try begin(Self.one)
        #expect(throws: ControlRefusal.self) {
            try steering.priority(PriorityRequest(instance: "VI_1", priority: number, dryRun: false))
        }
        #expect(steering.orders.isEmpty)
    }

    // MARK: Servers

    @Test("drain, disable and enable, with what that makes of the virtual server")
    func servers() throws {
        let (_, steering) = try begin(Self.servers, hearing: nil)
        #expect(director.only == ["10.0.0.11:80": 3, "10.0.0.12:80": 1])
        director.connections["10.0.0.11:80"] = (4, 2)
        func order(_ action: ServerRequest.Action, _ server: String, dryRun: Bool = false) throws -> SteeringAnswer {
            let answer = try steering.server(
                ServerRequest(action: action, service: "10.0.0.9:80", server: server, dryRun: dryRun))
            world.turn()
            return answer
        }
        let dry = try order(.drain, "10.0.0.11:80", dryRun: true)
        #expect(director.only["10.0.0.11:80"] == 3 && steering.orders.isEmpty)
        let drained = try order(.drain, "10.0.0.11:80")
        #expect(dry.changes == drained.changes)
        #expect(drained.changes.first == .init("10.0.0.11:80 of 10.0.0.9:80 TCP", "weight", from: "3", to: "0"))
        #expect(drained.sentences.contains("it has 4 active and 2 inactive connections"))
        #expect(director.only == ["10.0.0.11:80": 0, "10.0.0.12:80": 1])
        let last = try order(.disable, "10.0.0.12")
        #expect(last.changes.contains(.init("10.0.0.9:80 TCP", "sorry server", from: "rests", to: "serves")))
        #expect(director.only == ["10.0.0.11:80": 0, "sorry 10.0.0.99:80": 1])
        #expect(try order(.drain, "10.0.0.11").changes.isEmpty)
        #expect(
            steering.report(of: ServerName(service: "[10.0.0.9]:tcp:80", server: "[10.0.0.11]:tcp:80"))?.order
                == "drain")
        let report = try steering.connections(ConnectionsRequest(service: "10.0.0.9:80", server: "10.0.0.11"))
        #expect(report.active == 4 && report.inactive == 2 && report.order == "drain")
        _ = try order(.enable, "10.0.0.11")
        _ = try order(.enable, "10.0.0.12")
        #expect(director.only == ["10.0.0.11:80": 3, "10.0.0.12:80": 1])
        #expect(steering.orders.isEmpty)
        #expect(throws: ControlRefusal.self) { try order(.drain, "10.0.0.77") }
    }

    @Test("a reload keeps a drained server drained, wherever it stands in the file")
    func serverReload() throws {
        let (_, steering) = try begin(Self.servers, hearing: nil)
        _ = try steering.server(
            ServerRequest(action: .disable, service: "10.0.0.9:80", server: "10.0.0.11", dryRun: false))
        director.reload(
            Self.servers.replacing(
                "real_server 10.0.0.12 80 {",
                with: "real_server 10.0.0.13 80 {\n }\n real_server 10.0.0.12 80 {\n weight 5"))
        steering.reloaded()
        #expect(director.only == ["10.0.0.12:80": 5, "10.0.0.13:80": 1])
    }
}

extension String {
    fileprivate func replacing(_ part: String, with other: String) -> String {
        replacingOccurrences(of: part, with: other)
    }
}
