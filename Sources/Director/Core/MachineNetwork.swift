import Addresses
import KeepalivedConfig
import Reactor
import Routing

/// The machine's kernel.
final class MachineNetwork: Network {
    private let kernel: KernelNetwork
    private let monitor: NetworkMonitor
    private let resources: Resources
    private let names = RoutingNames()
    private let log: Log
    private let loop: EventLoop
    private var changed: (Set<String>) -> Void = { _ in }
    private var lost: ([(resource: Resource, owners: [ResourceOwner])]) -> Void = { _ in }
    /// Interfaces as they were asked for, until something about them changes.
    private var known: [Int32: NetworkInterface] = [:]
    private var addressesChanged: () -> Void = {}
    /// Whether addresses have come or gone, ours included, and nobody was told.
    private var hasOtherAddresses = false
    /// Names of interfaces that have changed and that nobody was told of.
    private var untold: Set<String> = []
    private var isTelling = false
    private var later: Timer?

    init(loop: EventLoop, log: Log, ledger: String) throws(DirectorError) {
        self.log = log
        self.loop = loop
        do {
            kernel = try KernelNetwork()
            monitor = try NetworkMonitor()
        } catch {
            throw DirectorError(
                "the kernel's network configuration cannot be read: \(error)")
        }
        resources = Resources(network: kernel, monitor: monitor, ledger: try Ledger(at: ledger)) { line in
            log.warning(line, event: "kernel")
        }
        do {
            try loop.watch(monitor.descriptor) { [unowned self] in
                read()
                tell()
            }
        } catch {
            throw DirectorError("the kernel's network configuration cannot be watched: \(error)")
        }
        later = loop.timer { [unowned self] _ in tell() }
    }

    // MARK: What there is

    func interface(named name: String) -> NetworkInterface? { monitor.state.link(named: name).map(interface) }

    func interface(_ index: Int32) -> NetworkInterface? { monitor.state.link(index).map(interface) }

    func interface(with address: IPAddress) -> NetworkInterface? {
        for (index, link) in monitor.state.links {
            if let found = monitor.state.address(address, on: index), isForeign(found) { return interface(link) }
        }
        return nil
    }

    func holds(_ address: IPAddress) -> Bool { monitor.state.has(address) }

    func holdsAny(from first: IPAddress, through last: IPAddress) -> Bool {
        monitor.state.hasAny(from: first, through: last)
    }

    func observeAddresses(_ changed: @escaping () -> Void) { addressesChanged = changed }

    func forwards(on interface: String) -> Bool {
        // What cannot be read leaves RFC 9568's rule: a virtual router is a router.
        (try? Sysctl(.ipv6, interface, "forwarding").read()) != 0
    }

    private func interface(_ link: Link) -> NetworkInterface {
        if let known = known[link.index] { return known }
        var interface = NetworkInterface(
            index: link.index, name: link.name, isRunning: link.isRunning, hardwareAddress: link.macAddress)
        for address in monitor.state.addresses(on: link.index) where isForeign(address) {
            var usable = NetworkInterface.Address(address.address)
            usable.isSecondary = address.isSecondary
            interface.addresses.append(usable)
        }
        known[link.index] = interface
        return interface
    }

    /// Whether somebody else put the address there, and it can be used.
    private func isForeign(_ address: InterfaceAddress) -> Bool {
        !address.isTentative && !address.hasFailedDuplicateDetection
            && !resources.isOurs(address.address, on: address.interface)
    }

    // MARK: What changes

    func observe(
        changed: @escaping (Set<String>) -> Void,
        lost: @escaping ([(resource: Resource, owners: [ResourceOwner])]) -> Void
    ) {
        self.changed = changed
        self.lost = lost
    }

    private func read() {
        do {
            try monitor.read { event in
                resources.note(event)
                note(event)
            }
        } catch {
            log.limited(
                "monitor", at: loop.now, .error, "changes of the network cannot be read: \(error)",
                event: "no-monitor")
        }
    }

    private func note(_ event: NetworkEvent) {
        switch event {
        case .link(let link, let before):
            // Counters and the like make events too.
            known[link.index] = nil
            untold.insert(link.name)
            if let before, before.name != link.name { untold.insert(before.name) }
        case .linkRemoved(let link):
            hasOtherAddresses = true
            known[link.index] = nil
            untold.insert(link.name)
        case .address(let address, _), .addressRemoved(let address):
            known[address.interface] = nil
            hasOtherAddresses = true
            // What this daemon itself does concerns nobody.
            guard !resources.isOurs(address.address, on: address.interface) else { return }
            if let link = monitor.state.link(address.interface) { untold.insert(link.name) }
        case .lost:
            known = [:]
            hasOtherAddresses = true
            for link in monitor.state.links.values { untold.insert(link.name) }
        case .route, .routeRemoved, .rule, .ruleRemoved: break
        }
    }

    /// Tells of what has changed; and of what changes while it is told.
    private func tell() {
        guard !isTelling else { return }
        isTelling = true
        var rounds = 0
        while !untold.isEmpty, rounds < 8 {
            let names = untold
            untold = []
            changed(names)
            rounds += 1
        }
        isTelling = false
        let gone = resources.takeLost()
        if !gone.isEmpty { lost(gone) }
        if hasOtherAddresses {
            hasOtherAddresses = false
            addressesChanged()
        }
        if !untold.isEmpty { later?.set(loop.now) }
    }

    // MARK: What is wanted

    func wanted(by instance: VRRPInstance, base: Int32, virtual: Int32?) -> WantedResources {
        WantedResources(of: instance, base: base, virtual: virtual, state: monitor.state, names: names)
    }

    func wantedStatics(of configuration: Configuration) -> WantedResources {
        WantedResources(staticOf: configuration, state: monitor.state, names: names)
    }

    func replace(_ claims: [NetworkClaim]) -> [String] {
        let refused = resources.replace(claims)
        // What was somebody else's may be ours now, and the other way round.
        for case .address(let spec) in claims.lazy.flatMap(\.resources) { known[spec.interface] = nil }
        return words(refused)
    }

    func reinstall(_ lost: [Resource]) -> [String] { words(resources.reinstall(lost)) }

    func make(
        _ spec: VirtualInterfaceSpec, settings: [SysctlSetting], for owner: ResourceOwner
    ) throws(RoutingError) {
        _ = try resources.makeInterface(spec, settings: settings, for: owner)
        // The monitor has heard of it by now.
        read()
        if !isTelling, !untold.isEmpty { later?.set(loop.now) }
    }

    func set(_ settings: [SysctlSetting], for owner: ResourceOwner) -> [String] {
        resources.set(settings, for: owner).map { "\($0)" }
    }

    func release(_ owner: ResourceOwner) -> [String] { words(resources.release(owner)) }

    func releaseAll() -> [String] { words(resources.releaseAll()) }

    private func words(_ failures: [ResourceFailure]) -> [String] {
        failures.map { "\($0.error)" }
    }
}
