package import KeepalivedConfig
import VRRPProtocol

extension Daemon {
    /// What `reload(to:)` would change, a phrase for each; empty for nothing.
    package func difference(to new: Configuration) -> [String] {
        ConfigurationDifference(from: configuration, to: new).phrases
    }

    /// Runs another configuration from now on. What is the same in both goes on without noticing.
    ///
    /// - Parameter new: A configuration without errors.
    /// - Returns: What has changed, a phrase for each.
    /// - Throws: If a running daemon cannot make the change; nothing was changed then.
    package func reload(to new: Configuration) throws(DirectorError) -> [String] {
        guard new.global.process.namespace == configuration.global.process.namespace else {
            throw DirectorError("net_namespace cannot be changed while the daemon runs; nothing was changed")
        }
        let phrases = difference(to: new)
        let old = configuration
        let names = VirtualInterfacePlan.names(in: new)
        let places = Dictionary(
            new.instances.enumerated().map { ($1.name.value, $0) }, uniquingKeysWith: { first, _ in first })

        // Who goes on, and who goes.
        var staying: [(instance: RunningInstance, before: VRRPInstance, place: Int)] = []
        var going: [RunningInstance] = []
        for instance in instances {
            let before = old.instances[instance.place]
            if let place = places[instance.name], before.isSameRouter(as: new.instances[place]),
                names[instance.name] == virtualNames[instance.name]
            {
                staying.append((instance, before, place))
            } else {
                going.append(instance)
            }
        }
        let keptGroups = groupsThatStay(in: new, with: Set(staying.map(\.instance.name)))
        for group in groups where keptGroups[group.name] == nil { group.dissolve() }
        groups.removeAll { keptGroups[$0.name] == nil }
        for instance in going {
            instance.isDeleted = places[instance.name] == nil
            instance.handle(.shutdown)
        }
        agenda.carryOut()
        for instance in going { instance.end() }

        // The new configuration.
        configuration = new
        virtualNames = names
        announcer.update(to: new)
        listeners.logsUnknownRouters = new.global.logsUnknownRouters.value
        for entry in staying { entry.instance.place = entry.place }
        for group in groups { group.place = keptGroups[group.name] ?? group.place }
        let running = Dictionary(uniqueKeysWithValues: staying.map { ($0.instance.name, $0.instance) })
        var added: [RunningInstance] = []
        instances = new.instances.indices.compactMap { place in
            if let instance = running[new.instances[place].name.value] {
                return instance.place == place ? instance : nil
            }
            guard let instance = RunningInstance(place, of: self) else { return nil }
            added.append(instance)
            return instance
        }
        index()
        for entry in staying { entry.instance.reconfigure(from: entry.before, old.global) }
        form(groupsOf: new)
        obey(orders)
        watchInterfaces()
        claimStatics()
        surroundings.listener.update(to: new)
        surroundings.feeds.track(by: new)
        resetTracking()
        if isStarted {
            for instance in added {
                instance.rebind()
                if instance.group == nil { instance.handle(.startup) }
            }
            for group in groups {
                for (seat, member) in group.members.enumerated() where !member.router.isStarted {
                    group.handle(.member(seat, .startup))
                }
                // Routers that ran alone until now come to one state.
                if keptGroups[group.name] == nil { group.handle(.timeReached) }
            }
            for entry in staying where entry.before != entry.instance.settings { entry.instance.rebind() }
        }
        agenda.carryOut()
        if new.global.scripts.writesStatesOnReload.value {
            for instance in instances { instance.tellAgain() }
        }
        return phrases
    }

    /// The places in the new configuration of the groups that have the same members there and here.
    private func groupsThatStay(in new: Configuration, with staying: Set<String>) -> [String: Int] {
        var places: [String: Int] = [:]
        for group in groups {
            let names = group.members.map(\.name)
            guard names.allSatisfy(staying.contains),
                let place = new.syncGroups.firstIndex(where: { $0.name.value == group.name }),
                new.syncGroups[place].members.map(\.value).filter({ name in
                    new.instances.contains { $0.name.value == name }
                }) == names
            else { continue }
            places[group.name] = place
        }
        return places
    }
}

extension VRRPInstance {
    /// Whether the running instance can become this one without leaving its state.
    fileprivate func isSameRouter(as other: VRRPInstance) -> Bool {
        interface.value == other.interface.value && virtualRouterID.value == other.virtualRouterID.value
            && version.value == other.version.value && family == other.family && isUnicast == other.isUnicast
            && virtualMAC.value == other.virtualMAC.value && ipvlan.value == other.ipvlan.value
            && transmitsOnBase.value == other.transmitsOnBase.value && vrf.value == other.vrf.value
    }
}

extension RunningInstance {
    /// The configuration is another one now; `settings` are the new ones already.
    fileprivate func reconfigure(from before: VRRPInstance, _ globalBefore: GlobalDefinitions) {
        let global = daemon.configuration.global
        guard before != settings || globalBefore != global else { return }
        receive(as: settings, global)
        if base != nil { source = chooseSource() }
        guard let router = routerConfiguration(from: source) else { return }
        makePacketsIfOthers()
        refreshWanted()
        if router != self.router.configuration { handle(.reconfigured(router)) }
    }

    /// Tells of the state that it is in, once more.
    fileprivate func tellAgain() {
        let router = router
        let state: Notice.State =
            switch router.state {
            case .active: .active
            case .backup: .backup
            case .fault: .fault
            case .initialize: .stop
            }
        surroundings.listener.tellAgain(
            Notice(.instance, name, state, priority: Int(router.effectivePriority), scripts: settings.notify))
    }
}
