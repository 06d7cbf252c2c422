import HealthPolicy
package import KeepalivedConfig
import VRRPProtocol

/// The director's side of the daemon: the virtual servers of a configuration, and all that they need.
package final class Balancer {
    package internal(set) var configuration: Configuration
    let surroundings: BalancerSurroundings
    let gate: AttemptGate
    var spread: EvenSpread
    /// In the order of the configuration.
    var services: [RunningService] = []
    /// Checks that are told, by what they watch.
    var watching: [WatchedThing: [ToldCheck]] = [:]
    /// What operators have ordered; `obey` does it.
    package private(set) var orders = Orders()
    /// How often another configuration was taken up.
    var reloads = 0
    private(set) var isStarted = false
    private(set) var isStopping = false
    /// Whether the table is this daemon's concern.
    private(set) var hasTable = false
    /// The virtual routers that are active.
    private var activeInstances: Set<String> = []
    private var spareCheckActions: [CheckMachine.Action] = []

    /// Nothing is opened or changed before `start`.
    package init(_ configuration: Configuration, in surroundings: BalancerSurroundings) {
        self.configuration = configuration
        self.surroundings = surroundings
        gate = AttemptGate(capacity: surroundings.descriptors)
        spread = EvenSpread(seed: surroundings.seed)
        surroundings.time.atEndOfTurn { [unowned self] in
            if hasTable { surroundings.table.flush() }
        }
    }

    var now: Instant { surroundings.time.now }

    /// Fills the table with everything that is to be there before any check has been made, in one batch, and begins to
    /// check.
    ///
    /// - Parameter isReplacement: Whether a worker before this one crashed and left its table.
    package func start(isReplacement: Bool) {
        guard !isStarted, !isStopping else { return }
        isStarted = true
        surroundings.probes.update(to: configuration)
        services = configuration.virtualServers.indices.map { RunningService($0, of: self) }
        observeReadings()
        indexWatching()
        surroundings.addresses.observeAddresses { [unowned self] in lookAtAddresses() }
        takeTable(isReplacement: isReplacement)
        lookAtAddresses()
        for service in services { service.start() }
        // A large table takes its time, and what was due meanwhile would be due at once.
        surroundings.time.refresh()
        for service in services { service.begin() }
        forgetOthers()
    }

    /// What is known of checks that the configuration does not have is not needed any more.
    func forgetOthers() {
        var checks: Set<CheckKey> = []
        for service in services {
            for server in service.servers {
                for check in server.checks { checks.insert(check.key) }
            }
        }
        surroundings.states.keep(only: checks, Set(services.map(\.key)))
    }

    /// The table is taken when there is something to be in it, or something of a former run to be taken out.
    func takeTable(isReplacement: Bool) {
        guard configuration.needsTable || surroundings.states.ownsEntries, !hasTable else { return }
        describeTable()
        surroundings.table.start(isReplacement: isReplacement)
        hasTable = true
    }

    /// Says the whole of what is wanted in it.
    func describeTable() {
        surroundings.table.configure(configuration)
        for name in activeInstances { surroundings.table.instance(name, isMaster: true) }
        for service in services { service.fillTable() }
    }

    /// Ends all checks, tells what is to be told at an end, and leaves the table as the configuration says.
    package func stop() {
        guard isStarted, !isStopping else { return }
        isStopping = true
        for service in services { service.end() }
        if hasTable { surroundings.table.stop() }
        hasTable = false
        surroundings.states.close()
    }

    /// Has a check's machine handle something, in a list with room from the last time.
    func withActions(_ body: (inout [CheckMachine.Action]) -> Void) {
        var actions: [CheckMachine.Action] = []
        swap(&actions, &spareCheckActions)
        body(&actions)
        actions.removeAll(keepingCapacity: true)
        spareCheckActions = actions
    }

    /// Does what operators have ordered from now on. Real servers that are made later know it from the start.
    package func obey(_ orders: Orders) {
        self.orders = orders
        for service in services { service.obey(orders) }
    }

    /// A virtual router has become active, or is it no more.
    package func instance(_ name: String, isMaster: Bool) {
        if isMaster { activeInstances.insert(name) } else { activeInstances.remove(name) }
        if hasTable { surroundings.table.instance(name, isMaster: isMaster) }
    }
}

extension Configuration {
    /// Whether anything in it is about the kernel's table.
    var needsTable: Bool {
        !virtualServers.isEmpty || global.director.syncDaemon.value != nil || global.director.timeouts.value != nil
    }
}
