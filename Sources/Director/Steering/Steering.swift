import ControlProtocol
import HealthPolicy
import KeepalivedConfig
import VRRPProtocol

/// What operators have told this node to do: taken in, done, kept over crashes and reloads, and ended in time.
package final class Steering {
    let time: any Timekeeper
    let log: Log
    private let file: OrdersFile
    package private(set) var orders = Orders()
    private(set) weak var daemon: Daemon?
    private(set) weak var balancer: Balancer?
    private var alarm: (any Alarm)?
    private var look: (any Alarm)?
    private var waiting: [(handOver: HandOver, done: () -> Void)] = []

    /// How often it is looked whether a hand-over is done.
    private static let pause = Duration.milliseconds(20)

    /// Nothing is read before `take`.
    package init(at path: String, time: any Timekeeper, log: Log) {
        self.time = time
        self.log = log
        file = OrdersFile(at: path)
        alarm = time.alarm { [unowned self] _ in endTerms() }
        look = time.alarm { [unowned self] _ in lookAtHandOvers() }
    }

    /// Steers these, before they are started, by what was ordered before.
    package func take(_ daemon: Daemon, _ balancer: Balancer) {
        self.daemon = daemon
        self.balancer = balancer
        let (before, damage) = file.read()
        orders = before
        if let damage {
            log.warning(
                "what operators had ordered is forgotten, because the file is damaged: \(damage)", event: "steering",
                ["order": "forgotten"])
        }
        let ended = orders.endTerms(at: time.now) + endUnknown(in: daemon.configuration)
        say(ended)
        for line in Self.words(of: orders) { say("goes on: \(line)", order: "goes-on") }
        if orders != before { write() }
        apply()
    }

    /// Another configuration runs: what it does not have is not steered any more.
    package func reloaded() {
        guard let daemon else { return }
        let ended = endUnknown(in: daemon.configuration)
        guard !ended.isEmpty else { return }
        say(ended)
        write()
        apply()
    }

    private func endUnknown(in configuration: Configuration) -> [Orders.Ended] {
        orders.keep(
            instances: Set(configuration.instances.map(\.name.value)), servers: ServerNames(configuration).all)
    }

    // MARK: Changes

    /// Changes the orders, keeps them and does them.
    ///
    /// - Returns: What should be known about it.
    func change(_ body: (inout Orders) -> Void) -> [String] {
        body(&orders)
        let failure = write()
        apply()
        return failure.map { ["the order is done, but a new worker will not know it: \($0)"] } ?? []
    }

    @discardableResult
    private func write() -> String? {
        guard let failure = file.write(orders) else { return nil }
        log.warning("what operators have ordered cannot be kept: \(failure)", event: "orders-unwritten")
        return failure
    }

    private func apply() {
        alarm?.set(orders.deadline)
        daemon?.obey(orders)
        balancer?.obey(orders)
    }

    private func endTerms() {
        let ended = orders.endTerms(at: time.now)
        say(ended)
        if !ended.isEmpty { write() }
        apply()
    }

    // MARK: Waiting

    /// Calls `done` when the instances have other active routers, or have waited long enough for one.
    func wait(for handOver: HandOver, then done: @escaping () -> Void) {
        guard !handOver.instances.isEmpty else { return done() }
        waiting.append((handOver, done))
        look?.set(time.now + Self.pause)
    }

    private func lookAtHandOvers() {
        let now = time.now
        let settled = waiting.filter { $0.handOver.isSettled(at: now) }
        waiting.removeAll { $0.handOver.isSettled(at: now) }
        for entry in settled { entry.done() }
        if !waiting.isEmpty { look?.set(now + Self.pause) }
    }

    // MARK: Names

    /// - Throws: Where there is no such instance, or nothing runs yet.
    func instance(named name: String) throws(ControlRefusal) -> RunningInstance {
        let daemon = try running()
        guard let instance = daemon.byName[name] else {
            throw ControlRefusal(UnknownName("instance", name, among: daemon.instances.map(\.name)).message)
        }
        return instance
    }

    func running() throws(ControlRefusal) -> Daemon {
        guard let daemon, daemon.isStarted else { throw ControlRefusal("the daemon is starting") }
        return daemon
    }
}
