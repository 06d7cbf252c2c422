package import Addresses

/// A change of the kernel's network configuration.
package enum KernelChange: Hashable, Sendable {
    /// Fails with `EEXIST` where the interface has the address.
    case addAddress(AddressSpec)
    case removeAddress(AddressSpec)
    /// Fails with `EEXIST` where the same route is there. Others of the same destination, type of service and metric
    /// stay: IPv4 puts it before them, or behind them if it appends; IPv6 makes one route with several paths of both.
    case addRoute(RouteSpec)
    case removeRoute(RouteSpec)
    /// Fails with `EEXIST` where the same rule is there.
    case addRule(RuleSpec)
    case removeRule(RuleSpec)
    case addInterface(VirtualInterfaceSpec)
    case removeLink(Int32)
    /// Puts the interface into a group of interfaces.
    case setGroup(Int32, UInt32)
    /// Removes all interfaces of a group.
    case removeGroup(UInt32)
    case setLink(Int32, isUp: Bool)
    case setHardwareAddress(Int32, MACAddress)
}
