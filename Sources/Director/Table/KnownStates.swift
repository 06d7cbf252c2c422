import IPVSModel
import VRRPProtocol

/// What the daemon knows of its virtual servers, kept in a file for the next start: the last state of each check, which
/// virtual servers had their quorum, and what of the kernel's table is its own.
///
/// A restarted daemon goes on with the states known before it, after an orderly end as after a crash of both processes,
/// and removes from the table what its predecessor had put there and the configuration does not have any more. The file
/// belongs to one boot and one network namespace. What is put into the kernel is written before, and with it the states
/// that are the reason; other states a second after they have changed: each as a line behind the others, which is read
/// only if it is whole, until there are so many that the file is written anew and takes the old one's place. What cannot
/// be read is ignored, and said.
package final class KnownStates {
    private let file: StateLines
    private let time: any Timekeeper
    private let log: Log
    private var checks: [CheckKey: KnownCheck] = [:]
    private var quorums: [ServiceKey: Bool] = [:]
    private var unwrittenChecks: Set<CheckKey> = []
    private var unwrittenQuorums: Set<ServiceKey> = []
    private var alarm: (any Alarm)?
    /// What the last run owned in the kernel, until it is known what is there.
    private var former: [VirtualService.Identity: Set<RealServer.Endpoint>] = [:]
    /// Hands over what is owned in the kernel now.
    var ownedEntries: ((_ body: (VirtualService.Identity, [RealServer.Endpoint]) -> Void) -> Void)?

    /// The sync daemons that this daemon has started.
    var ownedDaemons: Set<SyncDaemon.Role> = [] {
        didSet {
            guard ownedDaemons != oldValue else { return }
            append([StateLine.daemons(ownedDaemons)])
        }
    }

    /// The kernel's timeouts before they were changed; nil where they are not.
    var originalTimeouts: ConnectionTimeouts? {
        didSet {
            guard originalTimeouts != oldValue else { return }
            append([StateLine.timeouts(originalTimeouts)])
        }
    }

    /// So long after a change it is written, with what else has changed meanwhile.
    private static let patience = Duration.seconds(1)
    /// So many lines more than are needed have the file written anew.
    private static let slack = 4096

    /// Reads the file.
    package init(at path: String, time: any Timekeeper, log: Log) {
        file = StateLines(at: path)
        self.time = time
        self.log = log
        let (lines, damage) = file.read()
        var bad = damage.map { [$0] } ?? []
        for line in lines {
            if let line = StateLine(line) {
                take(line)
            } else if bad.isEmpty {
                bad.append("a line that means nothing")
            }
        }
        if let damage = bad.first {
            checks = [:]
            quorums = [:]
            former = [:]
            ownedDaemons = []
            originalTimeouts = nil
            log.warning(
                "\(path) is damaged (\(damage)) and is ignored: the states of the last run are not known",
                event: "states-damaged")
        }
        alarm = time.alarm { [unowned self] _ in write() }
    }

    private func take(_ line: StateLine) {
        switch line {
        case .check(let key, let state): checks[key] = state
        case .quorum(let key, let isThere): quorums[key] = isThere
        case .service(let identity): former[identity, default: []] = former[identity] ?? []
        case .noService(let identity): former[identity] = nil
        case .server(let endpoint, let identity): former[identity, default: []].insert(endpoint)
        case .noServer(let endpoint, let identity): former[identity]?.remove(endpoint)
        case .daemons(let roles): ownedDaemons = roles
        case .timeouts(let timeouts): originalTimeouts = timeouts
        }
    }

    // MARK: Checks

    /// How many checks are known.
    package var count: Int { checks.count }

    package func check(_ key: CheckKey) -> KnownCheck? { checks[key] }

    /// Whether a virtual server had its quorum.
    package func quorum(_ key: ServiceKey) -> Bool? { quorums[key] }

    package func note(_ key: CheckKey, _ state: KnownCheck) {
        guard checks.updateValue(state, forKey: key) != state else { return }
        unwrittenChecks.insert(key)
        writeSoon()
    }

    package func note(_ key: ServiceKey, hasQuorum: Bool) {
        guard quorums.updateValue(hasQuorum, forKey: key) != hasQuorum else { return }
        unwrittenQuorums.insert(key)
        writeSoon()
    }

    /// Forgets what the configuration does not have any more.
    package func keep(only known: Set<CheckKey>, _ services: Set<ServiceKey>) {
        let count = checks.count + quorums.count
        checks = checks.filter { known.contains($0.key) }
        quorums = quorums.filter { services.contains($0.key) }
        if checks.count + quorums.count != count { rewrite() }
    }

    private func writeSoon() {
        // Set once: a second after the first change, not after the last.
        guard unwrittenChecks.count + unwrittenQuorums.count == 1 else { return }
        alarm?.set(time.now + Self.patience)
    }

    private func write() {
        var lines: [StateLine] = []
        lines.reserveCapacity(unwrittenChecks.count + unwrittenQuorums.count)
        for key in unwrittenChecks {
            if let state = checks[key] { lines.append(.check(key, state)) }
        }
        for key in unwrittenQuorums {
            if let isThere = quorums[key] { lines.append(.quorum(key, isThere)) }
        }
        unwrittenChecks.removeAll(keepingCapacity: unwrittenChecks.count < 256)
        unwrittenQuorums.removeAll(keepingCapacity: unwrittenQuorums.count < 256)
        append(lines)
    }

    /// Writes what has not been written yet. The file stays.
    package func close() {
        alarm?.set(nil)
        write()
        file.close()
    }

    // MARK: What is owned in the kernel

    /// Whether the last run has left anything in the kernel, or this one has put something there.
    var ownsEntries: Bool { !former.isEmpty || ownsDaemons }
    var ownsDaemons: Bool { !ownedDaemons.isEmpty }

    /// Whether the last run had put this service into the table.
    func owned(_ identity: VirtualService.Identity) -> Bool { former[identity] != nil }

    func owned(_ endpoint: RealServer.Endpoint, of identity: VirtualService.Identity) -> Bool {
        former[identity]?.contains(endpoint) ?? false
    }

    /// From now on `ownedEntries` says what is owned. `rewrite` is to follow.
    func forgetOwned() { former = [:] }

    /// These changes are about to be made, because of states that are written with them: who is killed now must not put
    /// a dead server back when it is started again.
    func own(_ changes: [TableChange]) {
        write()
        append(
            changes.compactMap { change in
                switch change {
                case .addService(let service): .service(service.identity)
                case .addServer(let server, let identity): .server(server.endpoint, identity)
                default: nil
                }
            })
    }

    /// These changes were made.
    func disown(_ changes: [TableChange]) {
        append(
            changes.compactMap { change in
                switch change {
                case .deleteService(let identity): .noService(identity)
                case .deleteServer(let endpoint, let identity): .noServer(endpoint, identity)
                default: nil
                }
            })
    }

    // MARK: The file

    private func append(_ lines: [StateLine]) {
        guard !lines.isEmpty, file.isOpen else { return }
        file.append(lines)
        if file.lines > (checks.count + quorums.count + file.linesWhenNew) * 2 + Self.slack { rewrite() }
        sayFailure()
    }

    /// Writes the file anew.
    func rewrite() {
        unwrittenChecks = []
        unwrittenQuorums = []
        var lines: [StateLine] = checks.map { .check($0.key, $0.value) }
        lines += quorums.map { .quorum($0.key, $0.value) }
        for (identity, endpoints) in former {
            lines.append(.service(identity))
            for endpoint in endpoints { lines.append(.server(endpoint, identity)) }
        }
        ownedEntries? { identity, endpoints in
            lines.append(.service(identity))
            for endpoint in endpoints { lines.append(.server(endpoint, identity)) }
        }
        if !ownedDaemons.isEmpty { lines.append(.daemons(ownedDaemons)) }
        if originalTimeouts != nil { lines.append(.timeouts(originalTimeouts)) }
        file.replace(with: lines)
        sayFailure()
    }

    private func sayFailure() {
        guard let failure = file.takeFailure() else { return }
        log.limited(
            "states", at: time.now, .warning,
            "the known states cannot be written, and a restarted daemon will not know them: \(failure)",
            event: "states-unwritten")
    }
}
