package import Addresses
package import Routing

/// Everything of ours in the kernel's network configuration: installs it, releases it, and knows when it is gone.
///
/// What was there before is left alone, and stays when its would-be owner releases it.
package final class Resources {
    private let network: KernelNetwork
    private let monitor: NetworkMonitor
    private let ledger: Ledger

    package init(network: KernelNetwork, monitor: NetworkMonitor, ledger: Ledger) {
        self.network = network
        self.monitor = monitor
        self.ledger = ledger
    }

    /// Installs, in one batch and in this order, what is not there yet.
    ///
    /// - Returns: What was refused. What somebody else had put there before is no failure.
    package func install(_ resources: [Resource], for owner: ResourceOwner) -> [ResourceFailure] { [] }

    /// Removes what this owner wanted and no other does, the last installed first.
    package func release(_ owner: ResourceOwner) -> [ResourceFailure] { [] }

    /// Installs what is new among `resources`, releases what is not among them any more, leaves the rest as it is.
    package func replace(with resources: [Resource], for owner: ResourceOwner) -> [ResourceFailure] { [] }

    /// Removes everything, at a stop.
    package func releaseAll() -> [ResourceFailure] { [] }

    /// Makes an interface on top of another, down, with `settings` made; takes over one of the same name that is the
    /// same. Set it up with `network.apply([.setLink(…)])` or by `isUp`.
    package func makeInterface(
        _ spec: VirtualInterfaceSpec, settings: [SysctlSetting], isUp: Bool = true, for owner: ResourceOwner
    ) throws(RoutingError) -> Link {
        throw RoutingError(operation: "", code: 0)
    }

    /// Writes the numbers and remembers the old ones, which come back when no owner wants them any more.
    package func set(_ settings: [SysctlSetting], for owner: ResourceOwner) -> [RoutingError] { [] }

    /// Whether the address is one that is installed for a virtual router: not the interface's own.
    package func isOurs(_ address: IPAddress, on interface: Int32) -> Bool { false }

    // MARK: What others take away

    /// Hand over every event of the monitor; then `takeLost()`.
    package func note(_ event: NetworkEvent) {}

    /// What of ours somebody removed and is not there again, with its owners. Asked after the monitor's events.
    package func takeLost() -> [(resource: Resource, owners: [ResourceOwner])] { [] }

    /// Installs again what is lost. Counts as before for its owners.
    package func reinstall(_ resources: [Resource]) -> [ResourceFailure] { [] }
}
