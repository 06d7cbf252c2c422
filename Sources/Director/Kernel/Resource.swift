package import Routing

/// Something of ours in the kernel.
package enum Resource: Hashable, Sendable {
    case address(AddressSpec)
    case route(RouteSpec)
    case rule(RuleSpec)
}

/// Whom something in the kernel is for. It stays as long as one of its owners wants it.
package enum ResourceOwner: Hashable, Sendable {
    /// The virtual router of that name while it is active.
    case active(String)
    /// The virtual router of that name from start to stop: its virtual MAC and the settings of interfaces.
    case instance(String)
    /// `static_ipaddress`, `static_routes`, `static_rules`.
    case configuration
}

/// Something that could not be installed or removed.
package struct ResourceFailure: Hashable, Sendable {
    package var resource: Resource
    package var error: RoutingError
}

/// A number of the kernel to be set for a time.
package struct SysctlSetting: Hashable, Sendable {
    package var sysctl: Sysctl
    package var value: Int

    package init(_ sysctl: Sysctl, _ value: Int) {
        self.sysctl = sysctl
        self.value = value
    }
}
