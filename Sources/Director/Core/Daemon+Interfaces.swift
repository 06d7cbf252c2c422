import Addresses
import KeepalivedConfig
import VRRPProtocol

extension Daemon {
    /// Everything that has to be looked at when it changes, anew from the configuration. What was known stays known.
    func watchInterfaces() {
        let before = interfaces
        var fresh: [String: WatchedInterface] = [:]
        func watched(_ name: String) -> WatchedInterface {
            if let known = fresh[name] { return known }
            let delay = configuration.interfaceDelays.first { $0.value.interface == name }?.value
            let interface = WatchedInterface(name, delay)
            if let old = before[name] { interface.adopt(old) }
            fresh[name] = interface
            return interface
        }
        for instance in instances {
            for name in instance.interfaceNames { watched(name).users.append(instance) }
        }
        for tracker in allTrackers where tracker.kind == .interface { _ = watched(tracker.name) }
        interfaces = fresh
        for interface in fresh.values {
            _ = interface.look(surroundings) { [unowned self] in settle($0) }
            readings[TrackedThing(kind: .interface, name: interface.name)] = interface.reading
        }
    }

    /// Interfaces that came, went, or have another state or other addresses.
    func look(at names: Set<String>) {
        guard isStarted else {
            for name in names { _ = interfaces[name]?.look(surroundings) { [unowned self] in settle($0) } }
            return
        }
        var affected: [RunningInstance] = []
        for name in names.sorted() {
            guard let interface = interfaces[name] else { continue }
            if interface.look(surroundings, settled: { [unowned self] in settle($0) }) { readTracked(interface) }
            affected += interface.users
        }
        var seen: Set<ObjectIdentifier> = []
        for instance in affected where seen.insert(ObjectIdentifier(instance)).inserted { instance.rebind() }
        for instance in instances where instance.settings.interface.value == nil { instance.rebind() }
        claimStatics()
    }

    /// A change has lasted for its delay.
    private func settle(_ interface: WatchedInterface) {
        readTracked(interface)
        guard isStarted else { return }
        for instance in interface.users { instance.rebind() }
    }

    private func readTracked(_ interface: WatchedInterface) {
        surroundings.log.info(
            "interface \(interface.name) is \(interface.isUp ? "up" : "down")", event: "interface",
            ["interface": interface.name, "isUp": "\(interface.isUp)"])
        read(interface.reading, of: TrackedThing(kind: .interface, name: interface.name))
    }

    /// An instance that cannot bind now tries again.
    func rebindLater(_ instance: RunningInstance, after duration: Duration = .seconds(1)) {
        if !isToBindLater(instance) { lateBindings.append(instance) }
        let time = surroundings.time.now + duration
        if lateTime.map({ time < $0 }) ?? true {
            lateTime = time
            lateAlarm?.set(time)
        }
    }

    func isToBindLater(_ instance: RunningInstance) -> Bool { lateBindings.contains { $0 === instance } }
}

extension RunningInstance {
    /// The interfaces that it has to do with.
    var interfaceNames: Set<String> {
        var names = Set(
            (settings.addresses + settings.excludedAddresses).compactMap(\.value.interface)
                + settings.routes.compactMap(\.value.interface)
                + settings.routes.flatMap {
                    $0.value.nextHops.compactMap(\.interface)
                })
        if let name = settings.interface.value { names.insert(name) }
        for (parent, virtual) in daemon.virtualNames[name] ?? [:] {
            names.insert(virtual)
            if !parent.isEmpty { names.insert(parent) }
        }
        return names
    }
}
