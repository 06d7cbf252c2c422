import HealthPolicy
import KeepalivedConfig
import VRRPProtocol

/// A `virtual_server` while it runs: its servers with their checks, and what follows from them.
final class RunningService {
    unowned let balancer: Balancer
    /// In the virtual servers of the configuration.
    var place: Int
    private(set) var servers: [RunningServer] = []
    private(set) var health: ServiceHealth
    private(set) var isSuspended = false
    /// What it is known by over restarts.
    let key: ServiceKey
    private var isStarting = false
    private var isEnded = false

    init(_ place: Int, of balancer: Balancer) {
        self.balancer = balancer
        self.place = place
        let settings = balancer.configuration.virtualServers[place]
        let policy = ServiceHealth.Settings(settings, balancer.configuration.global)
        key = KnownStates.key(of: settings)
        health = ServiceHealth(policy, servers: [])
        let keys = KnownStates.keys(of: settings)
        servers = settings.realServers.indices.map { place in
            let server = RunningServer(place, of: self)
            server.checks = makeChecks(of: server, settings.realServers[place], in: settings, keys[place])
            return server
        }
        health = ServiceHealth(
            policy, servers: servers.map { $0.health(as: settings.realServers[$0.place]) },
            hadQuorum: balancer.surroundings.states.quorum(key))
    }

    var settings: VirtualServer { balancer.configuration.virtualServers[place] }
    var name: String { settings.name }

    // MARK: Beginning and end

    /// Says what is to be said at the start. The table is filled by `fillTable`.
    func start() {
        isStarting = true
        handle(.started, because: nil)
        isStarting = false
        balancer.surroundings.states.note(key, hasQuorum: health.hasQuorum)
    }

    /// Begins the checks that have not begun.
    func begin() {
        for server in servers { for check in server.checks { check.begin() } }
    }

    /// Ends all checks, and tells what is to be told then.
    func end() {
        guard !isEnded else { return }
        for server in servers { for check in server.checks { check.end() } }
        handle(.ended, because: nil)
        isEnded = true
    }

    /// Ends without a word.
    func abandon() { isEnded = true }

    /// These are its real servers now. What the change makes of the state is told.
    ///
    /// - Parameters:
    ///   - before: Their former places; nil for a new one.
    ///   - old: The settings until now.
    func take(_ servers: [RunningServer], before: [Int?], _ old: VirtualServer) {
        self.servers = servers
        let settings = settings
        handle(
            .reconfigured(
                ServiceHealth.Settings(settings, balancer.configuration.global),
                servers: servers.map { $0.health(as: settings.realServers[$0.place]) }, before: before),
            because: nil, before: old)
    }

    /// Says the whole of what is wanted in the table.
    func fillTable() {
        let table = balancer.surroundings.table
        var weights = [Int?](repeating: nil, count: servers.count)
        var sorry: Int?
        for entry in health.entries {
            if let server = entry.server { weights[server] = entry.weight } else { sorry = entry.weight }
        }
        for (server, weight) in weights.enumerated() { table.set(service: place, server: server, weight: weight) }
        table.setSorry(service: place, weight: sorry)
    }

    // MARK: What its checks say

    func checkCameUp(_ check: any RunningCheck, after duration: Duration?) {
        let reason = "\(check.checker.keyword) succeeded" + (duration.map { " after \(Self.text($0))" } ?? "")
        change(
            .checkCameUp(server: check.server.place, check: check.place), because: HealthCause(check, reason), nil)
    }

    /// - Parameters:
    ///   - retries: how many attempts there were after the first that failed; nil where one is enough.
    ///   - since: when the first of them began.
    func checkWentDown(_ check: any RunningCheck, _ reason: String, retries: Int?, since: Instant?) {
        var words = "\(check.checker.keyword) \(reason)"
        if let since {
            let attempts = (retries ?? 0) + 1
            words += " (\(attempts == 1 ? "1 attempt" : "\(attempts) attempts") in \(Self.text(balancer.now - since)))"
        }
        change(
            .checkWentDown(server: check.server.place, check: check.place), because: HealthCause(check, words), reason)
    }

    /// Takes a check's verdict in; what the check itself found is told after what follows from it.
    private func change(_ event: ServiceHealth.Event, because cause: HealthCause, _ failure: String?) {
        let (check, place) = (cause.check, cause.check.server.place)
        let wasUp = health.isUp(place)
        handle(event, because: cause)
        let isUp = health.isUp(place)
        if isUp == wasUp { logUnchanged(cause, failed: failure != nil) }
        tellFinding(of: check, isUp: failure == nil, failure, serverChanged: isUp != wasUp)
    }

    /// Another check keeps the server down, or one more failed.
    private func logUnchanged(_ cause: HealthCause, failed: Bool) {
        balancer.surroundings.log.notice(
            "\(cause.check.server.name) of \(name) stays down: \(cause.words)",
            event: failed ? "check-failed" : "check-passed", fields(of: cause.check, cause.words))
    }

    private func tellFinding(of check: any RunningCheck, isUp: Bool, _ reason: String?, serverChanged: Bool) {
        let place = check.server.place
        balancer.surroundings.listener.tell(
            .check(
                check.place, of: place, in: settings, isUp: isUp, reason: reason, serverIsUp: health.isUp(place),
                serverChanged: serverChanged))
    }

    /// Its first result is what was assumed.
    func checkConfirmed(_ check: any RunningCheck, isUp: Bool, _ reason: String?) {
        // keepalived tells nobody of pages that do not come up with the daemon.
        if !isUp, !check.checker.isAboutPages {
            handle(
                .checkStayedDown(server: check.server.place, check: check.place),
                because: HealthCause(check, "\(check.checker.keyword) \(reason ?? "failed")"))
        }
        let words = isUp ? "succeeded" : reason ?? "failed"
        balancer.surroundings.log.write(
            isUp ? .info : .notice,
            "\(check.server.name) of \(name): \(check.checker.keyword) \(words): it \(isUp ? "is up" : "stays down")",
            event: isUp ? "check-passed" : "check-failed", fields(of: check, words))
        // As with keepalived, which mails this of no other kind.
        if case .script = check.checker.kind { tellFinding(of: check, isUp: isUp, reason, serverChanged: false) }
    }

    /// A failure that changes nothing. Of a server that is down there is nothing new in it.
    func checkFailed(_ check: any RunningCheck, _ reason: String, willRetry: Bool) {
        let level = check.isUp || check.checker.logsAllFailures.value ? LogLevel.notice : .debug
        balancer.surroundings.log.write(
            level,
            "\(check.server.name) of \(name): \(check.checker.keyword) \(reason)"
                + (willRetry ? ": it is tried again" : ""),
            event: "check-failed", fields(of: check, reason))
    }

    /// An attempt could not be made, for a reason that lies with this host.
    func checkUndecided(_ check: any RunningCheck, _ reason: String) {
        balancer.surroundings.log.limited(
            "undecided \(check.checker.keyword) \(reason)", at: balancer.now, .warning,
            "\(check.server.name) of \(name): \(check.checker.keyword) \(reason): nothing is known of the server",
            event: "check-undecided", fields(of: check, reason))
    }

    func checkMovesWeight(_ check: any RunningCheck, _ weight: CheckResult.Weight) {
        let place = check.server.place
        let before = health.weight(of: place)
        handle(
            .weight(server: place, check: check.place, weight),
            because: HealthCause(check, "\(check.checker.keyword) says so"))
        let after = health.weight(of: place)
        guard before != after else { return }
        balancer.surroundings.log.notice(
            "\(check.server.name) of \(name): weight \(before) → \(after): \(check.checker.keyword) says so",
            event: "server-weight",
            [
                "virtualServer": name, "realServer": check.server.name, "check": check.checker.keyword,
                "weight": "\(after)", "before": "\(before)",
            ])
    }

    private func fields(of check: any RunningCheck, _ reason: String) -> KeyValuePairs<String, String> {
        [
            "virtualServer": name, "realServer": check.server.name, "check": check.checker.keyword, "reason": reason,
        ]
    }

    // MARK: What follows

    /// - Parameter old: At a reload, the settings before it.
    private func handle(
        _ event: ServiceHealth.Event, because cause: HealthCause?, before old: VirtualServer? = nil
    ) {
        guard !isEnded else { return }
        var actions: [ServiceHealth.Action] = []
        health.handle(event, into: &actions)
        for action in actions { carryOut(action, because: cause, before: old) }
    }

    private func carryOut(_ action: ServiceHealth.Action, because cause: HealthCause?, before old: VirtualServer?) {
        let table = balancer.surroundings.table
        switch action {
        case .show(let server, let weight): table.set(service: place, server: server, weight: weight)
        case .hide(let server): table.set(service: place, server: server, weight: nil)
        case .showSorry(let weight): table.setSorry(service: place, weight: weight)
        case .hideSorry: table.setSorry(service: place, weight: nil)
        case .tellServer(let server, let isUp):
            servers[server].since = balancer.now
            tell(server, of: settings, isUp: isUp, because: cause)
        case .tellRemoved(let server): tellRemoved(server, of: old ?? settings)
        case .tellQuorum(let isUp, let sum, let threshold):
            tellQuorum(isUp: isUp, sum: sum, threshold: threshold, because: cause)
        }
    }

    /// The configuration does not have a living server any more.
    func tellRemoved(_ server: Int, of service: VirtualServer) {
        tell(server, of: service, isUp: false, because: nil)
        balancer.surroundings.listener.tell(.removal(of: server, in: service))
    }

    private func tell(_ server: Int, of service: VirtualServer, isUp: Bool, because cause: HealthCause?) {
        guard service.realServers.indices.contains(server) else { return }
        let listener = balancer.surroundings.listener
        listener.tell(.server(server, of: service, isUp: isUp))
        if balancer.isStopping { listener.tell(.shutdown(of: server, in: service)) }
        let settings = service.realServers[server]
        let reason =
            cause?.words
            ?? (isUp ? "it is taken to be" : balancer.isStopping ? "the daemon ends" : "it is not configured any more")
        let weight = health.weight(of: server)
        let rest =
            if isUp {
                "it has weight \(weight)"
            } else {
                settings.inhibitsOnFailure.value && cause != nil ? "it stays with weight 0" : "it is taken out"
            }
        balancer.surroundings.log.notice(
            "\(settings.endpoint.value.name) of \(service.name) is \(isUp ? "up" : "down"): \(reason): \(rest)",
            event: isUp ? "server-up" : "server-down",
            [
                "virtualServer": service.name, "realServer": settings.endpoint.value.name,
                "check": cause?.check.checker.keyword ?? "", "reason": reason, "weight": "\(isUp ? weight : 0)",
            ])
    }

    func tellQuorum(isUp: Bool, sum: Int, threshold: Int, because cause: HealthCause?) {
        if !balancer.isStopping { balancer.surroundings.states.note(key, hasQuorum: isUp) }
        balancer.surroundings.listener.tell(.quorum(of: settings, isUp: isUp, sum: sum, atStart: isStarting))
        let sorry = settings.sorryServer.value?.name
        let begin = isStarting ? "starts \(isUp ? "with" : "without")" : isUp ? "has gained" : "has lost"
        let rest =
            if let sorry, !(isStarting && isUp), !balancer.isStopping {
                isUp ? ": sorry server \(sorry) is relieved" : ": sorry server \(sorry) takes over"
            } else {
                ""
            }
        balancer.surroundings.log.write(
            isStarting && isUp ? .info : isUp || balancer.isStopping ? .notice : .warning,
            "\(name) \(begin) its quorum: the living servers weigh \(sum), of \(threshold) needed\(rest)",
            event: isUp ? "quorum-gained" : "quorum-lost",
            [
                "virtualServer": name, "weight": "\(sum)", "threshold": "\(threshold)", "sorryServer": sorry ?? "",
                "reason": cause?.words ?? "",
            ])
    }

    // MARK: Orders

    /// What an operator has told its servers comes before what their checks find.
    func obey(_ orders: Orders) {
        let settings = settings
        for server in servers {
            let order = orders.order(of: settings.serverName(of: settings.realServers[server.place]))?.order
            if health.order(of: server.place) != order {
                handle(.ordered(server: server.place, order), because: nil)
            }
        }
    }

    // MARK: Suspension

    /// Lets the checks rest, or goes on with them.
    func suspend(_ suspends: Bool) {
        guard suspends != isSuspended else { return }
        isSuspended = suspends
        for server in servers {
            for check in server.checks { if suspends { check.suspend() } else { check.resume() } }
        }
    }
}

extension RunningService {
    /// `3.004 s`
    static func text(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = String(1000 + abs(attoseconds) / 1_000_000_000_000_000).dropFirst()
        return "\(seconds).\(milliseconds) s"
    }
}
