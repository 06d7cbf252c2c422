package import Addresses
import Routing

/// What is to be done, from what the host is and what was done before.
package struct RealServerPlan: Hashable, Sendable {
    package private(set) var steps: [RealServerStep] = []
    /// What was done once the steps are.
    package private(set) var record: RealServerRecord
    /// What is not done, and why, as sentences without a full stop.
    package private(set) var notes: [String] = []

    private init(_ record: RealServerRecord) {
        self.record = record
    }

    /// The same, with what had to be done before it could be made.
    func after(_ first: [RealServerStep]) -> RealServerPlan {
        var plan = self
        plan.steps = first + steps
        return plan
    }

    // MARK: Up

    /// Makes the host take packets for the addresses and say nothing of it on the network. First the settings, then the
    /// addresses, so that nobody is told of them in between.
    ///
    /// Where an interface comes with a module that is not loaded, its settings are planned as if they had to be written;
    /// a plan that is made again after that knows better.
    /// - Throws: Where the address is one of another interface, or here by the other method.
    package static func up(
        _ addresses: [IPAddress], _ method: RealServerMethod, _ facts: RealServerFacts, _ record: RealServerRecord
    ) throws(RealServerError) -> RealServerPlan {
        var plan = RealServerPlan(record)
        for address in addresses { try check(address, method, facts, record) }
        for family in [AddressFamily.ipv4, .ipv6] where addresses.contains(where: { $0.family == family }) {
            plan.prepare(method, family, facts)
        }
        for address in addresses { plan.add(address, method, facts) }
        return plan
    }

    private static func check(
        _ address: IPAddress, _ method: RealServerMethod, _ facts: RealServerFacts, _ record: RealServerRecord
    ) throws(RealServerError) {
        if let entry = record.entry(address), entry.method != method {
            throw RealServerError(
                "\(address) is up by \(entry.method.rawValue): vrrpctl real-server down \(address) first")
        }
        let interface = method.interface(address.family)
        if let other = facts.addresses[address]?.keys.filter({ $0 != interface }).min() {
            throw RealServerError(
                "\(address) is an address of \(other): a real server has a virtual address on \(interface) only, since "
                    + "\(other) answers for it")
        }
    }

    private mutating func prepare(_ method: RealServerMethod, _ family: AddressFamily, _ facts: RealServerFacts) {
        let interface = method.interface(family)
        if facts.links[interface] == nil, let module = method.module(family) { steps.append(.loadModule(module)) }
        for setting in method.settings(family) where !setting.holds(facts) {
            let before = facts.sysctls[setting.sysctl]
            steps.append(.write(setting.sysctl, setting.wanted, before: before))
            if let known = record.changes.firstIndex(where: { $0.sysctl == setting.sysctl }) {
                // Somebody has changed it since: it is put back to what it was at first.
                record.changes[known].written = setting.wanted
            } else if let before {
                record.changes.append(
                    RealServerRecord.Change(sysctl: setting.sysctl, before: before, written: setting.wanted))
            }
        }
        if facts.links[interface] != true {
            steps.append(.setLink(interface, isUp: true))
            if !record.raisedLinks.contains(interface) { record.raisedLinks.append(interface) }
        }
    }

    private mutating func add(_ address: IPAddress, _ method: RealServerMethod, _ facts: RealServerFacts) {
        let interface = method.interface(address.family)
        if facts.addresses[address]?[interface] != nil {
            if record.entry(address) == nil {
                record.entries.append(
                    RealServerRecord.Entry(address: address, method: method, wasAdded: false, label: nil))
            }
            return
        }
        record.entries.removeAll { $0.address == address }
        let taken = Set(record.entries.compactMap(\.label))
        let label = address.family == .ipv4 ? facts.freeLabel(on: interface, besides: taken) : nil
        steps.append(.add(address, interface: interface, label: label))
        record.entries.append(
            RealServerRecord.Entry(address: address, method: method, wasAdded: true, label: label))
    }

    // MARK: Down

    /// Undoes what `up` did for the addresses: in the opposite order, and of what several addresses share, with the last
    /// of them.
    package static func down(
        _ addresses: [IPAddress], _ facts: RealServerFacts, _ record: RealServerRecord
    ) -> RealServerPlan {
        var plan = RealServerPlan(record)
        for address in addresses { plan.remove(address, facts) }
        plan.restore(facts)
        return plan
    }

    private mutating func remove(_ address: IPAddress, _ facts: RealServerFacts) {
        guard let entry = record.entry(address) else {
            if let interface = facts.addresses[address]?.keys.min() {
                notes.append("\(address) on \(interface) was not put there by vrrpctl real-server up: it stays")
            }
            return
        }
        record.entries.removeAll { $0.address == address }
        let interface = entry.method.interface(address.family)
        guard facts.addresses[address]?[interface] != nil else {
            notes.append("\(address) is not on \(interface) any more: somebody else has removed it")
            return
        }
        if entry.wasAdded {
            steps.append(.remove(address, interface: interface, label: entry.label))
        } else {
            notes.append("\(address) was on \(interface) before vrrpctl real-server up: it stays")
        }
    }

    private mutating func restore(_ facts: RealServerFacts) {
        let neededLinks = Set(record.entries.map { $0.method.interface($0.address.family) })
        for link in record.raisedLinks.reversed() where !neededLinks.contains(link) {
            if facts.links[link] == true { steps.append(.setLink(link, isUp: false)) }
        }
        record.raisedLinks.removeAll { !neededLinks.contains($0) }
        let needed = Set(record.entries.flatMap { $0.method.settings($0.address.family).map(\.sysctl) })
        for change in record.changes.reversed() where !needed.contains(change.sysctl) {
            guard let value = facts.sysctls[change.sysctl], value != change.before else { continue }
            if value == change.written {
                steps.append(.write(change.sysctl, change.before, before: value))
            } else {
                notes.append(
                    "\(change.sysctl) is \(value), which somebody else has set: it stays, and was \(change.before)")
            }
        }
        record.changes.removeAll { !needed.contains($0.sysctl) }
    }
}
