import Addresses
import HealthChecks
import HealthPolicy
import KeepalivedConfig
import Testing
import VRRPProtocol

@testable import Director

/// Virtual servers in a made-up world: the clock passes when a test says so, real servers answer what it says, and the
/// table writes down what it would hold.
final class FakeDirector: ServiceTable, ProbeSource, SessionSource, HealthListener {
    func traffic(of service: Int) -> TrafficReading? { nil }

    let world = FakeWorld()
    /// What outlives the daemon.
    private let folder: TemporaryFolder
    private(set) var balancer: Balancer?
    /// What is wanted now, by the servers' names: `10.0.0.1:80`, and `sorry 10.0.0.9:80`.
    private(set) var wanted: [String: [String: Int]] = [:]
    /// What the kernel would hold: what was wanted at the last flush.
    private(set) var table: [String: [String: Int]] = [:]
    /// How often the kernel was asked for something.
    private(set) var batches = 0
    private(set) var roles: [String: Bool] = [:]
    private(set) var isCleared = false
    /// What real servers answer, by their names; those that are not here pass.
    var answers: [String: CheckResult] = [:]
    /// How long they take for it.
    var delays: [String: Duration] = [:]
    /// Each attempt that was made: when, and whose.
    private(set) var attempts: [(time: Instant, server: String, step: Int)] = []
    private(set) var running = 0
    private(set) var mostRunning = 0
    private var configuration = Configuration()
    private var told: [String] = []

    /// - Parameter folder: Another director's, for one that is started after it.
    init(in folder: TemporaryFolder = TemporaryFolder()) { self.folder = folder }

    // MARK: The world

    func begin(_ text: String, descriptors: Int = 1000) {
        _ = make(text, descriptors: descriptors)
        start()
    }

    /// What would run, and is not started.
    func make(_ text: String, descriptors: Int = 1000) -> Balancer {
        let log = Log(level: .error, format: .text, descriptor: -1, priorities: false)
        let balancer = Balancer(
            FakeWorld.configuration(text),
            in: BalancerSurroundings(
                time: world, table: self, probes: self, addresses: world, feeds: world, sessions: self,
                listener: self, states: KnownStates(at: folder.path + "/states", time: world, log: log), log: log,
                descriptors: descriptors, seed: 1))
        self.balancer = balancer
        return balancer
    }

    func start() {
        balancer?.start(isReplacement: false)
        world.turn()
    }

    func reload(_ text: String) {
        balancer?.reload(to: FakeWorld.configuration(text))
        world.turn()
    }

    func pass(_ duration: Duration) { world.pass(duration) }

    /// What the only virtual server has in the kernel.
    var only: [String: Int] { table.count == 1 ? table.values.first ?? [:] : [:] }

    /// How many attempts a server had since this was asked the last time.
    func takeAttempts(of server: String) -> Int {
        let count = attempts.count { $0.server == server }
        attempts.removeAll { $0.server == server }
        return count
    }

    // MARK: Table

    func configure(_ configuration: Configuration) {
        self.configuration = configuration
        wanted = [:]
        for service in configuration.virtualServers { wanted[service.name] = [:] }
    }

    func set(service: Int, server: Int, weight: Int?) {
        let its = configuration.virtualServers[service]
        wanted[its.name, default: [:]][its.realServers[server].endpoint.value.name] = weight
    }

    func setSorry(service: Int, weight: Int?) {
        let its = configuration.virtualServers[service]
        guard let sorry = its.sorryServer.value else { return }
        wanted[its.name, default: [:]]["sorry \(sorry.name)"] = weight
    }

    func start(isReplacement: Bool) {
        balancer?.surroundings.states.rewrite()
        table = wanted
        batches += 1
    }

    func flush() {
        guard table != wanted else { return }
        table = wanted
        batches += 1
    }

    func instance(_ name: String, isMaster: Bool) { roles[name] = isMaster }

    /// By the server's name; what is in the table and not here has none.
    var connections: [String: (active: Int, inactive: Int)] = [:]

    func connections(service: Int, server: Int) -> (active: Int, inactive: Int)? {
        let its = configuration.virtualServers[service]
        let name = its.realServers[server].endpoint.value.name
        guard table[its.name]?[name] != nil else { return nil }
        return connections[name] ?? (0, 0)
    }

    func stop() {
        table = [:]
        isCleared = true
    }

    // MARK: Notices

    func tell(_ notice: HealthNotice) {
        if let line = notice.line { told.append(String(line.dropLast())) }
        if let alert = notice.alert { told.append("mail \(alert.finding)") }
    }

    /// What was told since this was asked the last time.
    func takeTold() -> [String] {
        defer { told = [] }
        return told
    }

    // MARK: Sessions

    private var sessionObservers: [(String, Bool) -> Void] = []
    private var sessions: [String: Bool] = [:]

    func observe(_ body: @escaping (_ name: String, _ isUp: Bool) -> Void) { sessionObservers.append(body) }
    func isUp(_ name: String) -> Bool? { sessions[name] ?? false }

    func set(session name: String, up isUp: Bool) {
        sessions[name] = isUp
        for body in sessionObservers { body(name, isUp) }
        world.turn()
    }

    // MARK: Probes

    func update(to configuration: Configuration) {}

    func probe(_ checker: Checker, of server: RealServer, in service: VirtualServer) -> (any Probe)? {
        switch checker.kind {
        case .file, .bfd: nil
        default: FakeProbe(server.endpoint.value.name, self)
        }
    }

    final class FakeProbe: Probe {
        private let server: String
        private unowned let director: FakeDirector
        private var alarm: (any Alarm)?
        private var done: ((CheckResult) -> Void)?

        init(_ server: String, _ director: FakeDirector) {
            self.server = server
            self.director = director
            alarm = director.world.alarm { [unowned self] _ in answer() }
        }

        func attempt(step: Int, then done: @escaping (CheckResult) -> Void) {
            self.done = done
            director.note(server, step)
            alarm?.set(director.world.now + (director.delays[server] ?? .milliseconds(1)))
        }

        func cancel() {
            guard done != nil else { return }
            done = nil
            alarm?.set(nil)
            director.running -= 1
        }

        private func answer() {
            let done = done
            self.done = nil
            director.running -= 1
            done?(director.answers[server] ?? .passed)
        }
    }

    private func note(_ server: String, _ step: Int) {
        attempts.append((world.now, server, step))
        running += 1
        mostRunning = max(mostRunning, running)
    }
}
