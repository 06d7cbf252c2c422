import Addresses
import Glibc
package import Routing

extension Resources {
    /// Hand over every event of the monitor; then `takeLost()`.
    package func note(_ event: NetworkEvent) {
        switch event {
        case .addressRemoved(let address):
            confirmRemoval(address.address, on: address.interface)
            for spec in specs(address.address, on: address.interface) where address.isSame(as: spec) {
                suspects.insert(.address(spec))
            }
        case .routeRemoved(let route):
            for spec in routes[route.destination] ?? [] where spec.isShown(as: route) { suspects.insert(.route(spec)) }
        case .route(let route):
            for spec in routes[route.destination] ?? [] where spec.isShown(as: route) { suspects.remove(.route(spec)) }
        case .ruleRemoved(let rule):
            for spec in rules where spec.isShown(as: rule) { suspects.insert(.rule(spec)) }
        case .rule(let rule):
            for spec in rules where spec.isShown(as: rule) { suspects.remove(.rule(spec)) }
        case .link(let link, let before):
            // The kernel takes routes away with a link that goes down and says nothing.
            guard link.isUp, before?.isUp != true else { break }
            for spec in routes.values.joined() where spec.uses(link.index) { suspects.insert(.route(spec)) }
            for (resource, record) in records where record.presence == .absent { suspects.insert(resource) }
        case .lost:
            for resource in records.keys { suspects.insert(resource) }
        case .address, .linkRemoved: break
        }
    }

    /// What of ours somebody removed and is not there again, with its owners. Asked after the monitor's events.
    ///
    /// What is on an interface that is gone, or down where that keeps it away, is not lost: it comes with the interface.
    package func takeLost() -> [(resource: Resource, owners: [ResourceOwner])] {
        guard !suspects.isEmpty else { return [] }
        let all = suspects.sorted { (records[$0]?.order ?? 0) < (records[$1]?.order ?? 0) }
        suspects.removeAll()
        var unsure: [Resource] = []
        var lost: [Resource] = []
        for resource in all {
            guard let record = records[resource] else { continue }
            switch resource {
            case .address(let spec):
                guard monitor.state.link(spec.interface) != nil, !monitor.state.has(spec) else { break }
                forsake(resource, record)
                lost.append(resource)
            case .route(let spec):
                let needed = spec.nextHops.isEmpty ? [spec.path.interface] : spec.nextHops.map(\.interface)
                if needed.allSatisfy({ $0 == 0 || monitor.state.link($0)?.isUp == true }) { unsure.append(resource) }
            case .rule: unsure.append(resource)
            }
        }
        return (lost + reallyMissing(unsure)).map { ($0, records[$0]?.owners ?? []) }
    }

    /// What somebody else had put there is ours to put there now that it is gone.
    private func forsake(_ resource: Resource, _ record: Record) {
        if record.presence == .foreign { records[resource]?.presence = .absent }
    }

    /// Which of these routes and rules are not in the kernel: it takes those.
    private func reallyMissing(_ resources: [Resource]) -> [Resource] {
        guard !resources.isEmpty else { return [] }
        for resource in resources { if let record = records[resource] { forsake(resource, record) } }
        // The question is to install them: those that are there are refused as being there.
        let outcome = carryOut(removing: [], adding: resources)
        for failure in outcome.failures { report("\(failure.error)") }
        let failed = Set(outcome.failures.map(\.resource))
        return resources.filter { !failed.contains($0) && !outcome.alreadyThere.contains($0) }
    }
}

extension RouteSpec {
    /// Whether the kernel would show this route so.
    package func isShown(as route: RouteSpec) -> Bool {
        guard family == route.family, table == route.table, kind == route.kind, typeOfService == route.typeOfService,
            destination == route.destination
        else { return false }
        if let priority, priority != (route.priority ?? 0) { return false }
        if nextHops.isEmpty {
            if path.gateway != route.path.gateway { return false }
            return path.interface == 0 || kind.discards || path.interface == route.path.interface
        }
        return true
    }

    /// Whether it leaves by the interface.
    func uses(_ interface: Int32) -> Bool {
        nextHops.isEmpty ? path.interface == interface || path.interface == 0 : true
    }
}

extension RouteSpec.Kind {
    /// Whether packets on it go nowhere: the kernel then shows an interface that nobody named.
    package var discards: Bool { self == .blackhole || self == .unreachable || self == .prohibit || self == .throw }
}

extension RuleSpec {
    /// Whether the kernel would show this rule so.
    package func isShown(as rule: RuleSpec) -> Bool {
        var other = rule
        if priority == nil { other.priority = nil }
        if mark != nil, markMask == nil { other.markMask = nil }
        return self == other
    }
}
