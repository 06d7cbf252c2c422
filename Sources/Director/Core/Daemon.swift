import Addresses
package import KeepalivedConfig
import Routing
import VRRPProtocol

/// The VRRP side of the daemon: the virtual routers of a configuration, and all that they need.
package final class Daemon {
    package internal(set) var configuration: Configuration
    let surroundings: Surroundings
    let announcer: Announcer
    let listeners: Listeners
    let agenda: Agenda
    /// In the order of the configuration.
    var instances: [RunningInstance] = []
    var byName: [String: RunningInstance] = [:]
    var groups: [RunningGroup] = []
    /// By name; all that instances run on, have addresses on or track.
    var interfaces: [String: WatchedInterface] = [:]
    /// What virtual interfaces are called, by the instance and what they are on top of.
    var virtualNames: [String: [String: String]] = [:]
    /// What trackers have read, for instances that are made later.
    var readings: [TrackedThing: Tracker.Reading] = [:]
    /// Who tracks what.
    var trackingInstances: [TrackedThing: [RunningInstance]] = [:]
    var trackingGroups: [TrackedThing: [RunningGroup]] = [:]
    /// What of `static_…` is to be in the kernel.
    private(set) var statics: Set<Resource> = []
    /// What operators have ordered; `obey` does it.
    package internal(set) var orders = Orders()
    let healer = Healer()
    var lateBindings: [RunningInstance] = []
    var lateTime: Instant?
    private(set) var lateAlarm: (any Alarm)?
    private var startAlarm: (any Alarm)?
    private(set) var isStarted = false
    private var isStopped = false
    /// Told of each virtual router that becomes active or is it no more.
    package var transitions: (_ instance: String, _ isActive: Bool) -> Void = { _, _ in }
    private var spareActions: [VirtualRouter.Action] = []

    struct TrackedThing: Hashable {
        var kind: Tracker.Kind
        var name: String
    }

    /// Nothing is opened or changed before `start`.
    package init(_ configuration: Configuration, in surroundings: Surroundings) {
        self.configuration = configuration
        self.surroundings = surroundings
        announcer = Announcer(surroundings)
        listeners = Listeners(surroundings)
        agenda = Agenda(surroundings, announcer)
        surroundings.time.atEndOfTurn { [unowned self] in agenda.carryOut() }
    }

    /// Starts every virtual router. What one of them lacks keeps it in fault and is logged.
    ///
    /// - Parameter beside: Starts what runs beside the virtual routers; called when `startup_script` has ended.
    /// - Throws: What keeps the whole daemon from running.
    package func start(beside: @escaping () -> Void = {}) throws(DirectorError) {
        let time = surroundings.time
        lateAlarm = time.alarm { [unowned self] _ in
            let waiting = lateBindings
            lateBindings = []
            lateTime = nil
            for instance in waiting where !instance.isEnded { instance.rebind() }
        }
        healer.alarm = time.alarm { [unowned self] _ in heal() }
        surroundings.network.observe(
            changed: { [unowned self] names in look(at: names) }, lost: { [unowned self] in lose($0) })
        announcer.update(to: configuration)
        listeners.logsUnknownRouters = configuration.global.logsUnknownRouters.value
        virtualNames = VirtualInterfacePlan.names(in: configuration)
        instances = configuration.instances.indices.compactMap { RunningInstance($0, of: self) }
        index()
        form(groupsOf: configuration)
        obey(orders)
        watchInterfaces()
        claimStatics()
        resetTracking()
        surroundings.listener.update(to: configuration)
        surroundings.listener.begin { [unowned self] in
            guard !isStopped else { return }
            startTracking(beside)
        }
    }

    private func startTracking(_ beside: () -> Void) {
        surroundings.feeds.observe { [unowned self] kind, name, reading in
            read(reading, of: TrackedThing(kind: kind, name: name))
        }
        surroundings.feeds.track(by: configuration)
        beside()
        // The clock begins with the machine.
        let begin = Instant.origin + configuration.global.delayAfterBoot.value
        if begin > surroundings.time.now {
            startAlarm = surroundings.time.alarm { [unowned self] _ in startRouters() }
            startAlarm?.set(begin)
        } else {
            startRouters()
        }
    }

    private func startRouters() {
        guard !isStarted, !isStopped else { return }
        isStarted = true
        for instance in instances {
            instance.rebind()
            if instance.group == nil { instance.handle(.startup) }
        }
        for group in groups { group.handle(.startup) }
    }

    /// Resigns, takes everything out of the kernel again, and tells the scripts.
    ///
    /// - Parameters:
    ///   - beside: Ends what runs beside the virtual routers; called when their addresses are gone, and before the last
    ///     scripts are waited for.
    ///   - done: Called when the daemon may end: after a second at most.
    package func stop(beside: () -> Void = {}, then done: @escaping () -> Void) {
        guard !isStopped else { return }
        isStopped = true
        startAlarm?.set(nil)
        lateAlarm?.set(nil)
        healer.alarm?.set(nil)
        surroundings.feeds.stopTracking()
        for group in groups { group.handle(.shutdown) }
        for instance in instances where instance.group == nil { instance.handle(.shutdown) }
        agenda.carryOut()
        for reason in surroundings.network.releaseAll() {
            surroundings.log.warning("\(reason)", event: "kernel-refused")
        }
        if instances.contains(where: { !$0.counters.rejected.isEmpty }) || !rejectedByNobody.isEmpty { logCounters() }
        beside()
        surroundings.listener.finish(then: done)
    }

    // MARK: Actions

    /// A list to be filled, with room from the last use. Whoever is called meanwhile gets another.
    func takeActions() -> [VirtualRouter.Action] {
        var actions: [VirtualRouter.Action] = []
        swap(&actions, &spareActions)
        return actions
    }

    func giveBack(_ used: consuming [VirtualRouter.Action]) {
        used.removeAll(keepingCapacity: used.count < 64)
        spareActions = used
    }

    // MARK: What there is

    func index() {
        byName = Dictionary(instances.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func form(groupsOf configuration: Configuration) {
        let known = Set(groups.map(\.name))
        for place in configuration.syncGroups.indices {
            guard !known.contains(configuration.syncGroups[place].name.value) else { continue }
            let members = configuration.syncGroups[place].members.compactMap { byName[$0.value] }
                .filter { $0.group == nil }
            guard !members.isEmpty else { continue }
            groups.append(RunningGroup(place, members: members, of: self))
        }
    }

    func claimStatics() {
        guard
            !configuration.staticAddresses.isEmpty || !configuration.staticRoutes.isEmpty
                || !configuration.staticRules.isEmpty || !statics.isEmpty
        else { return }
        let wanted = surroundings.network.wantedStatics(of: configuration)
        statics = Set(wanted.resources)
        let refused = surroundings.network.replace([NetworkClaim(.configuration, wanted.resources)])
        for reason in wanted.faults + refused {
            surroundings.log.limited(
                "static \(reason)", at: surroundings.time.now, .warning, reason, event: "not-installed")
        }
    }
}
