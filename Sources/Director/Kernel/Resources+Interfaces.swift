import Addresses
import Glibc
package import Routing

extension Resources {
    /// An interface that somebody wants.
    struct OwnInterface {
        var spec: VirtualInterfaceSpec
        var index: Int32
        /// In the ledger; nil for one that was there before and stays.
        var number: Int?
        var owners: [ResourceOwner]
    }

    /// A number of the kernel that somebody wants.
    struct OwnSysctl {
        var value: Int
        var old: Int
        /// In the ledger; nil where it had the value before.
        var number: Int?
        var owners: [ResourceOwner]
    }

    // MARK: Interfaces

    /// Makes an interface on top of another, with `settings` made before it goes up; takes over one of the same name
    /// that is the same.
    package func makeInterface(
        _ spec: VirtualInterfaceSpec, settings: [SysctlSetting], isUp: Bool = true, for owner: ResourceOwner
    ) throws(RoutingError) -> Link {
        var number: Int?
        var there = try network.link(named: spec.name)
        if let there, !spec.isShown(as: there) {
            throw RoutingError(
                operation: "link add \(spec.name)", code: EEXIST, message: "there is another interface of that name")
        }
        if there == nil {
            number = ledger.enter([.interface(spec)]).first
            if let error = network.apply([.addInterface(spec)])[0] {
                ledger.strike(number.map { [$0] } ?? [])
                throw error
            }
            there = try network.link(named: spec.name)
        }
        guard let link = there else { throw RoutingError(operation: "link show \(spec.name)", code: ENODEV) }
        if var known = interfaces[spec.name], known.index == link.index {
            if !known.owners.contains(owner) { known.owners.append(owner) }
            interfaces[spec.name] = known
        } else {
            interfaces[spec.name] = OwnInterface(spec: spec, index: link.index, number: number, owners: [owner])
        }
        // What belongs to the interface goes with it.
        let own = settings.filter { $0.sysctl.interface == spec.name }
        for setting in own {
            do {
                try setting.sysctl.write(setting.value)
            } catch  where error.code == ENOENT {
                // Without IPv6 there is nothing to set.
            } catch {
                report("\(error)")
            }
        }
        for error in set(settings.filter { $0.sysctl.interface != spec.name }, for: owner) { report("\(error)") }
        if isUp, let error = network.apply([.setLink(link.index, isUp: true)])[0] { throw error }
        return try network.link(named: spec.name) ?? link
    }

    func releaseInterfaces(of owner: ResourceOwner) {
        for (name, var interface) in interfaces where interface.owners.contains(owner) {
            interface.owners.removeAll { $0 == owner }
            guard interface.owners.isEmpty else {
                interfaces[name] = interface
                continue
            }
            interfaces[name] = nil
            guard let number = interface.number else { continue }
            if let error = network.apply([.removeLink(interface.index)])[0], !error.saysThatItIsGone {
                report("\(error)")
            }
            ledger.strike([number])
        }
    }

    /// All of them at once.
    func releaseInterfaces() {
        let made = interfaces.values.compactMap { interface in interface.number.map { ($0, interface.index) } }
        interfaces = [:]
        for case let error? in network.remove(made.map(\.1)) where !error.saysThatItIsGone { report("\(error)") }
        ledger.strike(made.map(\.0))
    }

    // MARK: Sysctls

    /// Writes the numbers and remembers the old ones, which come back when no owner wants them any more.
    package func set(_ settings: [SysctlSetting], for owner: ResourceOwner) -> [RoutingError] {
        var errors: [RoutingError] = []
        for setting in settings {
            do {
                try set(setting, for: owner)
            } catch {
                errors.append(error)
            }
        }
        return errors
    }

    private func set(_ setting: SysctlSetting, for owner: ResourceOwner) throws(RoutingError) {
        let now = try setting.sysctl.read()
        var known = sysctls[setting.sysctl] ?? OwnSysctl(value: now, old: now, number: nil, owners: [])
        if now != setting.value {
            let stale = known.number
            known.number =
                ledger.enter([.sysctl(setting.sysctl, old: known.old, new: setting.value)]).first
            if let stale { ledger.strike([stale]) }
            do {
                try setting.sysctl.write(setting.value)
            } catch {
                if let number = known.number { ledger.strike([number]) }
                throw error
            }
        }
        known.value = setting.value
        if !known.owners.contains(owner) { known.owners.append(owner) }
        sysctls[setting.sysctl] = known
    }

    func releaseSysctls(of owner: ResourceOwner) {
        for (sysctl, var known) in sysctls where known.owners.contains(owner) {
            known.owners.removeAll { $0 == owner }
            guard known.owners.isEmpty else {
                sysctls[sysctl] = known
                continue
            }
            sysctls[sysctl] = nil
            guard let number = known.number else { continue }
            do {
                // Somebody else's number stays.
                if try sysctl.read() == known.value { try sysctl.write(known.old) }
            } catch  where error.code == ENOENT {
                // The interface has gone, and its numbers with it.
            } catch {
                report("\(error)")
            }
            ledger.strike([number])
        }
    }
}

extension VirtualInterfaceSpec {
    /// Whether the interface that is there is just so.
    package func isShown(as link: Link) -> Bool {
        guard link.name == name, link.parent == parent, !link.hasForeignParent else { return false }
        switch kind {
        case .macvlan(let mode, let address):
            return link.kind == "macvlan" && link.macvlanMode == mode && link.macAddress == address
        case .ipvlan: return link.kind == "ipvlan"
        }
    }
}
