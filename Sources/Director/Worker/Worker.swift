import CLinux
import Glibc
import KeepalivedConfig
import PacketFormats
import Reactor
import VRRPProtocol

/// The process that does the work, from its start to its end.
final class Worker {
    let plan: RunPlan
    let loop: EventLoop
    let log: Log
    let link: GuardianLink
    let startedAt: Instant
    /// Whether a worker before this one died.
    private let isReplacement: Bool
    /// For VRRP's `track_bfd` and for checks of real servers.
    let sessions: BFDSessions
    /// Nil until it has been started.
    private(set) var daemon: Daemon?
    /// Nil until the daemon has been made.
    private(set) var balancer: Balancer?
    /// What operators have ordered.
    let steering: Steering
    private var control: ControlServer?
    /// Fed by the log.
    let history: History
    private let settling: Settling
    private var deadline: Timer?
    private var isStopping = false
    private var status: Int32 = 0

    /// How long an orderly end may take, without `shutdown_script`.
    private static let patienceWithEnd = Duration.seconds(5)

    init(
        _ plan: RunPlan, log: Log, arguments: [String], services: ServiceManager, channel: Int32, lock: Int32,
        guardian: Int32, isReplacement: Bool
    )
        throws(DirectorError)
    {
        self.plan = plan
        self.log = log
        self.isReplacement = isReplacement
        do throws(ReactorError) {
            loop = try EventLoop()
        } catch {
            throw DirectorError("\(error)")
        }
        history = History(at: plan.state.events)
        log.history = history
        startedAt = loop.now
        settling = Settling(loop)
        sessions = BFDSessions(loop: loop, log: log)
        steering = Steering(at: plan.state.orders, time: loop, log: log)
        let process = getpid()
        link = GuardianLink(loop: loop, log: log, channel: channel, guardian: guardian) {
            its throws(DirectorError) in
            try SecondProcess.start(
                arguments, as: .successor(channel: its, lock: lock, worker: process), keeping: [its, lock],
                services: services)
        }
        link.noted = { [unowned self] in history.record(logged: $0) }
        if !isReplacement, !history.formerRunEnded {
            log.notice("the run before this one did not come to its end", event: "former-run")
        }
    }

    /// Does the work.
    ///
    /// - Returns: The program's exit status; the guardian knows it too.
    func run(digests: any KeyedDigests) -> Int32 {
        do throws(DirectorError) {
            try start(digests)
            loop.run()
            // What could not be removed before, perhaps because an interface was away for a moment; then the file goes.
            for line in Ledger.releaseLeftovers(at: plan.state.ledger) { log.warning(line, event: "released") }
            unlink(plan.state.ledger)
        } catch {
            log.error(error.message, event: "start-failed")
            status = error.status
        }
        writeHistory()
        link.end(status)
        log.finish()
        return status
    }

    // MARK: Start

    private func start(_ digests: any KeyedDigests) throws(DirectorError) {
        do throws(ReactorError) {
            try loop.onSignals([SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGUSR2, SIGPIPE]) { [unowned self] in take($0) }
        } catch {
            throw DirectorError("\(error)")
        }
        // A script that runs takes three, an interface one for each family.
        clinux_raise_descriptor_limit()
        let loaded = LoadedConfiguration(plan)
        for line in loaded.lines(of: .warning) { log.warning(line, event: "configuration") }
        for line in loaded.lines(of: .error) { log.error(line, event: "configuration") }
        guard loaded.runs else {
            throw DirectorError("\(plan.file) has errors and is not run", status: 5)
        }
        if let namespace = loaded.configuration.global.process.namespace.value {
            link.enter(namespace: try Rights.enterNamespace(namespace))
        }
        for line in Ledger.releaseLeftovers(at: plan.state.ledger) { log.notice(line, event: "released") }
        for line in ProcessSettings.apply(loaded.configuration.global.process) { log.warning(line, event: "process") }
        let table = try MachineTable(
            in: loaded.configuration.global.process.ipvsNamespace.value,
            loadsModule: !loaded.configuration.virtualServers.isEmpty, loop: loop)
        Rights.limit()

        let control = try ControlServer(at: plan.state.socket, loop: loop, log: log)
        for verb in verbs { control.serve(verb) }
        self.control = control

        let runner = ScriptRunner(loop: loop, log: log)
        let surroundings = try Surroundings(
            loop: loop, log: log, digests: digests, sessions: sessions, wills: link, runner: runner,
            ledger: plan.state.ledger)
        let daemon = Daemon(loaded.configuration, in: surroundings)
        let balancer = makeBalancer(loaded.configuration, beside: surroundings, runner: runner, over: table)
        daemon.transitions = { [unowned balancer] name, isActive in balancer.instance(name, isMaster: isActive) }
        self.balancer = balancer
        steering.take(daemon, balancer)
        // Behind what the daemon does at the end of a turn, so that its wills and lines leave in it.
        link.attach()
        loop.atEndOfTurn { [unowned self] in writeHistory() }
        log.attach(to: loop)
        begin(daemon, balancer)
    }

    /// Everything is prepared. `startup_script` is run first, and then the virtual servers and routers start.
    private func begin(_ daemon: Daemon, _ balancer: Balancer) {
        guard !isStopping else { return }
        do throws(DirectorError) {
            try daemon.start { [unowned self] in balancer.start(isReplacement: self.isReplacement) }
        } catch {
            log.error(error.message, event: "start-failed")
            status = error.status
            return stop()
        }
        self.daemon = daemon
        sessions.update(to: daemon.configuration)
        let instances = daemon.configuration.instances.count
        let services = daemon.configuration.virtualServers.count
        log.notice(
            "process \(getpid()) runs \(instances) \(instances == 1 ? "instance" : "instances") and \(services) "
                + "virtual \(services == 1 ? "server" : "servers") of \(plan.file)",
            event: "start",
            ["file": plan.file, "pid": "\(getpid())", "instances": "\(instances)", "virtualServers": "\(services)"])
        link.ready()
        settling.begin()
    }

    private func writeHistory() {
        guard let said = history.write() else { return }
        log.write(said.level, said.message, event: "history")
    }

    // MARK: What it is told

    private func take(_ signal: Int32) {
        switch signal {
        case SIGTERM, SIGINT: stop()
        case SIGHUP: _ = reload()
        case SIGUSR2: daemon?.logCounters()
        default: break
        }
    }

    /// Ends in good order. What is asked twice is done once.
    func stop() {
        guard !isStopping else { return }
        isStopping = true
        log.notice("ending", event: "stopping")
        link.stopping()
        control?.stop()
        deadline = loop.timer { [unowned self] _ in
            log.warning("the end takes too long and is cut short", event: "stop-cut")
            writeHistory()
            // Without a good-bye: the guardian cleans up what is left.
            log.finish()
            exit(1)
        }
        deadline?.set(loop.now + patienceWithEnd)
        let end = { [unowned self] in
            log.notice("ended", event: "stopped")
            loop.stop()
        }
        guard let daemon else { return end() }
        // The addresses go first: clients are elsewhere before the table is.
        daemon.stop(beside: { balancer?.stop() }, then: end)
        // Behind the resignations: who tracks a session with us need not hear of its end first.
        sessions.stop()
    }

    private var patienceWithEnd: Duration {
        guard let scripts = daemon?.configuration.global.scripts, scripts.shutdown.value != nil else {
            return Self.patienceWithEnd
        }
        return Self.patienceWithEnd + scripts.shutdownTimeout.value
    }

    /// What came of a reload.
    enum Reloaded {
        /// In words, what has changed or would change.
        case done([String])
        /// The configuration has errors; nothing was changed.
        case refused(LoadedConfiguration)
        case failed(DirectorError)
    }

    /// Takes up the configuration as it is in the file now, all of it or nothing.
    func reload() -> Reloaded {
        guard let daemon, !isStopping else { return .failed(DirectorError("the daemon is ending")) }
        link.reloading()
        defer { link.ready() }
        let loaded = LoadedConfiguration(plan)
        for line in loaded.lines(of: .warning) { log.info(line, event: "configuration") }
        guard loaded.runs else {
            for line in loaded.lines(of: .error) { log.error(line, event: "configuration") }
            log.error("\(plan.file) has errors; the running configuration stays", event: "reload-refused")
            return .refused(loaded)
        }
        do throws(DirectorError) {
            try check(loaded, against: daemon)
            let changes = try daemon.reload(to: loaded.configuration)
            sessions.update(to: loaded.configuration)
            balancer?.reload(to: loaded.configuration)
            steering.reloaded()
            log.notice(
                changes.isEmpty ? "reloaded \(plan.file): nothing changes" : "reloaded \(plan.file)", event: "reload",
                ["file": plan.file, "changes": "\(changes.count)"])
            for change in changes { log.notice("reload: \(change)", event: "reload-change") }
            settling.begin()
            return .done(changes)
        } catch {
            log.error("\(plan.file) is not taken up: \(error.message)", event: "reload-refused")
            return .failed(error)
        }
    }

    /// What a reload would do.
    func difference() -> Reloaded {
        guard let daemon else { return .failed(DirectorError("the daemon is starting")) }
        let loaded = LoadedConfiguration(plan)
        guard loaded.runs else { return .refused(loaded) }
        do throws(DirectorError) {
            try check(loaded, against: daemon)
        } catch {
            return .failed(error)
        }
        return .done(daemon.difference(to: loaded.configuration))
    }

    private func check(_ loaded: LoadedConfiguration, against daemon: Daemon) throws(DirectorError) {
        let new = loaded.configuration.global.process.namespace.value
        guard new == daemon.configuration.global.process.namespace.value else {
            throw DirectorError("net_namespace takes a new start: a running daemon stays in its network namespace")
        }
        let process = loaded.configuration.global.process
        guard process.ipvsNamespace.value == daemon.configuration.global.process.ipvsNamespace.value else {
            throw DirectorError("net_namespace_ipvs takes a new start: a running daemon keeps its table")
        }
    }
}
