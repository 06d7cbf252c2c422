package import KeepalivedConfig
package import Routing

/// What lines of a configuration ask of the kernel, with names resolved as of now.
package struct WantedResources: Hashable, Sendable {
    /// In the order to install: addresses, routes, rules.
    package var resources: [Resource] = []
    /// The indexes of the interfaces that addresses are on, to announce them there, in step with `addresses`.
    package var addresses: [AddressSpec] = []
    /// What cannot be asked now, in sentences: an interface that is missing, a name that nobody knows.
    package var faults: [String] = []

    package init() {}

    /// What a virtual router wants while it is active.
    ///
    /// - Parameters:
    ///   - base: The index of the interface that it runs on.
    ///   - virtual: The index of its virtual MAC's interface, where it has one.
    package init(
        of instance: VRRPInstance, base: Int32, virtual: Int32?, state: NetworkState, names: RoutingNames
    ) {}

    /// The static addresses, routes and rules.
    package init(staticOf configuration: Configuration, state: NetworkState, names: RoutingNames) {}
}
