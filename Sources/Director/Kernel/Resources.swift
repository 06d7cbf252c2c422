package import Addresses
import Glibc
package import Routing

/// Everything of ours in the kernel's network configuration: installs it, releases it, and knows when it is gone.
///
/// What was there before is left alone, and stays when its would-be owner releases it.
package final class Resources {
    /// Something that somebody wants, and what there is of it.
    struct Record {
        enum Presence: Hashable {
            /// Installed by this process; with its number in the ledger.
            case ours(Int)
            /// Somebody else put it there.
            case foreign
            /// Refused by the kernel, or lost.
            case absent
        }

        var owners: [ResourceOwner]
        var presence = Presence.absent
        /// Counts in the order of installation.
        var order: Int
    }

    let network: KernelNetwork
    let monitor: NetworkMonitor
    let ledger: Ledger
    /// Told, in words, what could not be done and is no failure of the whole.
    let report: (String) -> Void

    var records: [Resource: Record] = [:]
    /// In their order of installation.
    private var claims: [ResourceOwner: [Resource]] = [:]
    private var nextOrder = 0
    /// By interface and address, for the kernel's events.
    private var addresses: [AddressPlace: Set<AddressSpec>] = [:]
    private(set) var routes: [NetworkPrefix?: Set<RouteSpec>] = [:]
    private(set) var rules: Set<RuleSpec> = []
    /// Removed by this process, while the monitor may not have heard of it yet.
    private var removals: Set<AddressPlace> = []
    /// What may be lost.
    var suspects: Set<Resource> = []
    /// Made with the first address that packets are not accepted for.
    var filter: (table: PacketFilter, number: Int?)?
    var interfaces: [String: OwnInterface] = [:]
    var sysctls: [Sysctl: OwnSysctl] = [:]

    struct AddressPlace: Hashable {
        var interface: Int32
        var address: IPAddress
    }

    package init(
        network: KernelNetwork, monitor: NetworkMonitor, ledger: Ledger, report: @escaping (String) -> Void = { _ in }
    ) {
        self.network = network
        self.monitor = monitor
        self.ledger = ledger
        self.report = report
    }

    // MARK: Claims

    /// For each owner: installs what is new among its resources, releases what is not among them any more, and leaves
    /// the rest as it is. All of it goes to the kernel in one batch; what moves from one owner to another stays there.
    ///
    /// - Returns: What was refused. What somebody else had put there before is no failure.
    package func replace(_ new: [NetworkClaim]) -> [ResourceFailure] {
        var touched: [Resource] = []
        for claim in new {
            let (owner, resources) = (claim.owner, claim.resources)
            let wanted = Set(resources)
            for resource in claims[owner] ?? [] where !wanted.contains(resource) {
                records[resource]?.owners.removeAll { $0 == owner }
                touched.append(resource)
            }
            let before = Set(claims[owner] ?? [])
            for resource in resources where !before.contains(resource) {
                if records[resource] == nil {
                    records[resource] = Record(owners: [], order: nextOrder)
                    nextOrder += 1
                    touched.append(resource)
                }
                if records[resource]?.owners.contains(owner) == false { records[resource]?.owners.append(owner) }
            }
            claims[owner] = resources.isEmpty ? nil : resources
        }
        let unwanted = touched.filter { records[$0]?.owners.isEmpty == true }
        let removed = Set(unwanted).sorted { (records[$0]?.order ?? 0) > (records[$1]?.order ?? 0) }
        let added = touched.filter { records[$0]?.owners.isEmpty == false && records[$0]?.presence == .absent }
        return carryOut(removing: removed, adding: added).failures
    }

    package func replace(with resources: [Resource], for owner: ResourceOwner) -> [ResourceFailure] {
        replace([NetworkClaim(owner, resources)])
    }

    /// Removes what this owner wanted and no other does, the last installed first; its interfaces; and puts the numbers
    /// back that only it had set.
    package func release(_ owner: ResourceOwner) -> [ResourceFailure] {
        let failures = replace([NetworkClaim(owner, [])])
        releaseInterfaces(of: owner)
        releaseSysctls(of: owner)
        return failures
    }

    /// Removes everything, at a stop.
    package func releaseAll() -> [ResourceFailure] {
        let failures = replace(claims.keys.map { NetworkClaim($0, []) })
        releaseInterfaces()
        for owner in Set(sysctls.values.flatMap(\.owners)) { releaseSysctls(of: owner) }
        return failures
    }

    /// Installs again what is lost. Counts as before for its owners.
    package func reinstall(_ resources: [Resource]) -> [ResourceFailure] {
        carryOut(removing: [], adding: resources.filter { records[$0] != nil }).failures
    }

    /// Whether the address is one that this process installed: not the interface's own.
    package func isOurs(_ address: IPAddress, on interface: Int32) -> Bool {
        addresses[AddressPlace(interface: interface, address: address)]?.contains {
            if case .ours = records[.address($0)]?.presence { true } else { false }
        } ?? false
    }

    /// What is wanted at this place, by whomever.
    func specs(_ address: IPAddress, on interface: Int32) -> Set<AddressSpec> {
        addresses[AddressPlace(interface: interface, address: address)] ?? []
    }

    // MARK: The kernel

    struct Outcome {
        var failures: [ResourceFailure] = []
        /// What was ours and had not gone.
        var alreadyThere: Set<Resource> = []
    }

    func carryOut(removing removed: [Resource], adding added: [Resource]) -> Outcome {
        let going = removed.filter { if case .ours = records[$0]?.presence { true } else { false } }
        for resource in going { noteRemoval(resource) }
        // Somebody else's stays somebody else's.
        let coming = added.filter { !isForeign($0) }
        if coming.contains(where: { if case .address = $0 { false } else { true } }) { watchRoutes() }

        // On the file first: what the ledger does not know would stay after a crash.
        let fresh = coming.filter { records[$0]?.presence == .absent }
        for (resource, number) in zip(fresh, ledger.enter(fresh.map(LedgerEntry.init))) {
            records[resource]?.presence = .ours(number)
        }
        let new = Set(fresh)
        drop(coming)
        let errors = keeper(of: going).during(rememberShortly) {
            network.apply(going.map(\.removal) + coming.map(\.installation))
        }

        var outcome = Outcome()
        var struck: [Int] = []
        for (resource, error) in zip(going, errors) {
            if let error, !error.saysThatItIsGone {
                outcome.failures.append(ResourceFailure(resource: resource, error: error))
            }
            if case .ours(let number)? = records[resource]?.presence { struck.append(number) }
        }
        for (resource, error) in zip(coming, errors.dropFirst(going.count)) {
            noteInstallation(resource)
            suspects.remove(resource)
            guard let error else { continue }
            // What was ours and is there is ours still.
            if error.code == EEXIST, !new.contains(resource) {
                outcome.alreadyThere.insert(resource)
                continue
            }
            if case .ours(let number)? = records[resource]?.presence { struck.append(number) }
            records[resource]?.presence = error.code == EEXIST ? .foreign : .absent
            accept([resource])
            if case .address = resource, error.code == EEXIST { continue }
            outcome.failures.append(ResourceFailure(resource: resource, error: error))
        }
        accept(going)
        ledger.strike(struck)
        for resource in removed { forget(resource) }
        return outcome
    }

    private func keeper(of going: [Resource]) -> SecondaryKeeper {
        let specs = going.compactMap { if case .address(let spec) = $0 { spec } else { nil } }
        return SecondaryKeeper(
            removing: specs, there: { monitor.state.addresses(on: $0) }, name: { monitor.state.link($0)?.name })
    }

    /// Has the ledger put a number back if this process dies before it does.
    private func rememberShortly(_ sysctl: Sysctl, _ old: Int) -> () -> Void {
        let numbers = ledger.enter([.sysctl(sysctl, old: old, new: 1)])
        return { [ledger] in ledger.strike(numbers) }
    }

    /// Whether somebody else has put it there; then that is written down.
    private func isForeign(_ resource: Resource) -> Bool {
        guard case .address(let spec) = resource, records[resource]?.presence == .absent else { return false }
        let place = AddressPlace(interface: spec.interface, address: spec.address)
        guard !removals.contains(place), monitor.state.has(spec), !isOurs(spec.address, on: spec.interface) else {
            return false
        }
        noteInstallation(resource)
        records[resource]?.presence = .foreign
        return true
    }

    private func watchRoutes() {
        do {
            try monitor.watchRoutes()
        } catch {
            report("routes that others remove are not noticed: \(error)")
        }
    }

    private func noteInstallation(_ resource: Resource) {
        switch resource {
        case .address(let spec):
            let place = AddressPlace(interface: spec.interface, address: spec.address)
            addresses[place, default: []].insert(spec)
            removals.remove(place)
        case .route(let spec): routes[spec.destination, default: []].insert(spec)
        case .rule(let spec): rules.insert(spec)
        }
    }

    private func noteRemoval(_ resource: Resource) {
        guard case .address(let spec) = resource else { return }
        removals.insert(AddressPlace(interface: spec.interface, address: spec.address))
    }

    /// The monitor has heard of a removal.
    func confirmRemoval(_ address: IPAddress, on interface: Int32) {
        removals.remove(AddressPlace(interface: interface, address: address))
    }

    private func forget(_ resource: Resource) {
        records[resource] = nil
        suspects.remove(resource)
        switch resource {
        case .address(let spec):
            let place = AddressPlace(interface: spec.interface, address: spec.address)
            addresses[place]?.remove(spec)
            if addresses[place]?.isEmpty == true { addresses[place] = nil }
        case .route(let spec):
            routes[spec.destination]?.remove(spec)
            if routes[spec.destination]?.isEmpty == true { routes[spec.destination] = nil }
        case .rule(let spec): rules.remove(spec)
        }
    }
}
