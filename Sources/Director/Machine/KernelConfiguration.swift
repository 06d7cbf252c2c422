import Addresses
import KeepalivedConfig
import Reactor
import Routing
import VRRPProtocol

/// The kernel's network configuration, followed by the monitor and changed through the ledger.
final class KernelConfiguration: Network {
    private let loop: EventLoop
    private let log: Log
    private let monitor: NetworkMonitor
    private let resources: Resources
    private let ledger: Ledger
    /// Read when the first route or rule asks for a name.
    private lazy var names = RoutingNames()
    private var followsRoutes = false
    /// Made when asked for, and kept until an event is about the interface. An interface may have a thousand addresses
    /// of ours, and virtual routers look at it often.
    private var snapshots: [Int32: NetworkInterface] = [:]

    private var changed: ((Set<String>) -> Void)?
    private var lost: (([(resource: Resource, owners: [ResourceOwner])]) -> Void)?
    /// Interfaces about which something is to be told.
    private var untold: Set<String> = []
    private var later: Timer?

    init(_ loop: EventLoop, log: Log, ledger path: String) throws(DirectorError) {
        self.loop = loop
        self.log = log
        ledger = try Ledger(at: path)
        do throws(RoutingError) {
            monitor = try NetworkMonitor()
            resources = Resources(network: try KernelNetwork(), monitor: monitor, ledger: ledger)
        } catch {
            throw DirectorError("cannot read the kernel's network configuration: \(error.text)")
        }
        later = loop.timer { [unowned self] _ in tell() }
        do throws(ReactorError) {
            try loop.watch(monitor.descriptor) { [unowned self] in
                read()
                tell()
            }
        } catch {
            throw DirectorError("cannot watch the kernel's network configuration: \(error)")
        }
    }

    // MARK: What there is

    func interface(named name: String) -> NetworkInterface? {
        monitor.state.link(named: name).map { interface(of: $0) }
    }

    func interface(_ index: Int32) -> NetworkInterface? {
        monitor.state.link(index).map { interface(of: $0) }
    }

    func interface(with address: IPAddress) -> NetworkInterface? {
        for link in monitor.state.links.values {
            guard monitor.state.address(address, on: link.index) != nil, !resources.isOurs(address, on: link.index)
            else { continue }
            return interface(of: link)
        }
        return nil
    }

    private func interface(of link: Link) -> NetworkInterface {
        if let snapshot = snapshots[link.index] { return snapshot }
        var interface = NetworkInterface(
            index: link.index, name: link.name, isRunning: link.isRunning, hardwareAddress: link.macAddress)
        interface.addresses = monitor.state.addresses(on: link.index).compactMap { address in
            guard !address.isTentative, !address.hasFailedDuplicateDetection,
                !resources.isOurs(address.address, on: link.index)
            else { return nil }
            var own = NetworkInterface.Address(address.address)
            own.isSecondary = address.isSecondary
            return own
        }
        snapshots[link.index] = interface
        return interface
    }

    // MARK: What happens

    func observe(
        changed: @escaping (Set<String>) -> Void,
        lost: @escaping ([(resource: Resource, owners: [ResourceOwner])]) -> Void
    ) {
        self.changed = changed
        self.lost = lost
    }

    private func read() {
        do throws(RoutingError) {
            try monitor.read { event in
                resources.note(event)
                note(event)
            }
        } catch {
            log.limited(
                "monitor", at: loop.now, .error, "cannot follow the kernel's network configuration: \(error.text)",
                event: "monitor-failed")
        }
    }

    private func note(_ event: NetworkEvent) {
        switch event {
        case .link(let link, let before):
            snapshots[link.index] = nil
            untold.insert(link.name)
            if let before { untold.insert(before.name) }
        case .linkRemoved(let link):
            snapshots[link.index] = nil
            untold.insert(link.name)
        case .address(let address, _), .addressRemoved(let address):
            snapshots[address.interface] = nil
            guard !resources.isOurs(address.address, on: address.interface),
                let link = monitor.state.link(address.interface)
            else { return }
            untold.insert(link.name)
        case .route, .routeRemoved, .rule, .ruleRemoved: break
        case .lost:
            snapshots.removeAll()
            untold.formUnion(monitor.state.links.values.map(\.name))
        }
    }

    private func tell() {
        if !untold.isEmpty {
            let names = untold
            untold.removeAll()
            changed?(names)
        }
        let gone = resources.takeLost()
        if !gone.isEmpty { lost?(gone) }
    }

    // MARK: What is wanted

    func wanted(by instance: VRRPInstance, base: Int32, virtual: Int32?) -> WantedResources {
        WantedResources(of: instance, base: base, virtual: virtual, state: monitor.state, names: names)
    }

    func wantedStatics(of configuration: Configuration) -> WantedResources {
        WantedResources(staticOf: configuration, state: monitor.state, names: names)
    }

    func replace(_ claims: [NetworkClaim]) -> [String] {
        claims.flatMap { claim in
            follow(claim.resources)
            return resources.replace(with: claim.resources, for: claim.owner).map(\.error.text)
        }
    }

    func reinstall(_ lost: [Resource]) -> [String] {
        resources.reinstall(lost).map(\.error.text)
    }

    func make(_ spec: VirtualInterfaceSpec, settings: [SysctlSetting], for owner: ResourceOwner) throws(RoutingError) {
        _ = try resources.makeInterface(spec, settings: settings, for: owner)
        // So that it can be found by its name now; what else was heard is told in a turn of its own.
        read()
        if !untold.isEmpty { later?.set(loop.now) }
    }

    func set(_ settings: [SysctlSetting], for owner: ResourceOwner) -> [String] {
        resources.set(settings, for: owner).map(\.text)
    }

    func release(_ owner: ResourceOwner) -> [String] {
        resources.release(owner).map(\.error.text)
    }

    func releaseAll() -> [String] {
        let refusals = resources.releaseAll().map(\.error.text)
        if refusals.isEmpty { ledger.close() }
        return refusals
    }

    /// A router with a million routes has much to tell: it is listened to only if a route or rule of ours could vanish.
    private func follow(_ resources: [Resource]) {
        guard !followsRoutes, resources.contains(where: \.isRouteOrRule) else { return }
        followsRoutes = true
        do throws(RoutingError) {
            try monitor.watchRoutes()
        } catch {
            log.warning("routes that somebody removes will not be noticed: \(error.text)", event: "monitor-failed")
        }
    }
}

extension Resource {
    fileprivate var isRouteOrRule: Bool {
        switch self {
        case .address: false
        case .route, .rule: true
        }
    }
}
