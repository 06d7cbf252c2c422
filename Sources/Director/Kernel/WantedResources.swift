import Addresses
package import KeepalivedConfig
import PacketFormats
package import Routing

/// What lines of a configuration ask of the kernel, with names resolved as of now.
package struct WantedResources: Hashable, Sendable {
    /// In the order to install: addresses, routes, rules.
    package var resources: [Resource] = []
    /// The addresses among them, with the interfaces that they are to be announced on.
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
    ) {
        let resolution = NameResolution(state: state, names: names)
        let standard = virtual ?? base
        for line in (instance.addresses + instance.excludedAddresses).map(\.value) {
            do {
                let interface = try Self.interface(
                    of: line, of: instance, base: base, virtual: virtual, resolution)
                var spec = AddressSpec(line, on: interface)
                spec.isAccepted = instance.accepts.value || instance.priority.value == 255
                add(spec)
            } catch {
                faults.append("address \(line.prefix): \(error.message)")
            }
        }
        for line in instance.routes.map(\.value) { add(line, from: standard, resolution) }
        for line in instance.rules.map(\.value) { add(line, resolution) }
    }

    /// The static addresses, routes and rules.
    package init(staticOf configuration: Configuration, state: NetworkState, names: RoutingNames) {
        let resolution = NameResolution(state: state, names: names)
        let standard = configuration.global.defaultInterface.value
        for line in configuration.staticAddresses.map(\.value) {
            do {
                add(AddressSpec(line, on: try resolution.interface(line.interface ?? standard)))
            } catch {
                faults.append("address \(line.prefix): \(error.message)")
            }
        }
        let interface = state.link(named: standard)?.index ?? 0
        for line in configuration.staticRoutes.map(\.value) { add(line, from: interface, resolution) }
        for line in configuration.staticRules.map(\.value) { add(line, resolution) }
    }

    /// Where an address goes: the interface that its line names, else the virtual MAC's, else the instance's.
    private static func interface(
        of line: VirtualAddress, of instance: VRRPInstance, base: Int32, virtual: Int32?, _ names: NameResolution
    ) throws(ConfigurationFault) -> Int32 {
        let named = try line.interface.map { name throws(ConfigurationFault) in try names.interface(name) }
        let wantsMAC =
            line.flags.contains(.usesVMAC) || (instance.addressesUseVMAC.value && named != nil && named != base)
        guard wantsMAC else { return named ?? virtual ?? base }
        let parent = named ?? base
        if parent == base, let virtual { return virtual }
        let vrid = UInt8(clamping: instance.virtualRouterID.value ?? 0)
        let address = MACAddress.virtualRouter(vrid, instance.family)
        let found = names.state.links.values
            .filter { $0.kind == "macvlan" && $0.parent == parent && $0.macAddress == address }
            .min { $0.index < $1.index }
        guard let found else {
            throw ConfigurationFault("there is no interface with the virtual MAC over \(line.interface ?? "its own")")
        }
        return found.index
    }

    private mutating func add(_ spec: AddressSpec) {
        resources.append(.address(spec))
        addresses.append(spec)
    }

    private mutating func add(_ line: Route, from interface: Int32, _ names: NameResolution) {
        do {
            resources.append(.route(try RouteSpec(line, from: interface, names)))
        } catch {
            faults.append("route \(line.text): \(error.message)")
        }
    }

    private mutating func add(_ line: RoutingRule, _ names: NameResolution) {
        do {
            resources.append(.rule(try RuleSpec(line, names)))
        } catch {
            faults.append("rule \(line.text): \(error.message)")
        }
    }
}
