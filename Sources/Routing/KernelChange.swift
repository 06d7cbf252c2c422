package import Addresses

/// A change of the kernel's network configuration.
package enum KernelChange: Hashable, Sendable {
    /// Fails with `EEXIST` where the interface has the address.
    case addAddress(AddressSpec)
    case removeAddress(AddressSpec)
    /// Fails with `EEXIST` where a route of the same destination, type of service and metric is in the table, unless
    /// the route appends.
    case addRoute(RouteSpec)
    case removeRoute(RouteSpec)
    /// Fails with `EEXIST` where the same rule is there.
    case addRule(RuleSpec)
    case removeRule(RuleSpec)
    case addInterface(VirtualInterfaceSpec)
    case removeLink(Int32)
    case setLink(Int32, isUp: Bool)
    case setHardwareAddress(Int32, MACAddress)
}
