/// A change of the kernel's network configuration, whoever made it.
package enum NetworkEvent: Hashable, Sendable {
    /// The interface is new, or something about it changed: name, state, carrier, MTU …. `before` is nil for a new one.
    case link(Link, before: Link?)
    case linkRemoved(Link)
    /// The address is new, or its flags or lifetimes changed.
    case address(InterfaceAddress, before: InterfaceAddress?)
    case addressRemoved(InterfaceAddress)
    case route(RouteSpec)
    case routeRemoved(RouteSpec)
    case rule(RuleSpec)
    case ruleRemoved(RuleSpec)
    /// Events were lost. Links and addresses have been read anew, and the differences came before this event; routes
    /// and rules may be others.
    case lost
}
