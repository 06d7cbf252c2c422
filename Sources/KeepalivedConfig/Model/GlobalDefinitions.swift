package import Addresses

/// `global_defs`, with the few settings of the top level that concern the whole daemon.
package struct GlobalDefinitions: Hashable, Sendable {
    package var mail = MailDefinitions()
    package var scripts = ScriptDefinitions()
    package var process = ProcessDefinitions()
    package var director = DirectorDefinitions()

    /// Nil for the host's name.
    package var routerID = Setting<String?>(nil)
    package var version = Setting(2)
    package var isStrict = Setting(false)
    package var announcements = GratuitousARP()
    package var announcesOnce = Setting(false)
    /// Between two gratuitous ARP frames on an interface.
    package var arpInterval = Setting(Duration.zero)
    package var neighbourInterval = Setting(Duration.zero)
    package var multicastGroup4 = Setting(IPAddress.v4(IPv4Address(224, 0, 0, 18)))
    package var multicastGroup6 = Setting(IPAddress.v6(IPv6Address(high: 0xff02_0000_0000_0000, low: 0x12)))
    package var defaultInterface = Setting("eth0")
    package var dynamicInterfaces = Setting(DynamicInterfaces.never)
    package var startupDelay = Setting(Duration.zero)
    package var delayAfterBoot = Setting(Duration.zero)
    package var answersLowerPriority = Setting(true)
    package var answersHigherPriority = Setting(false)
    package var checksumAsV2 = Setting(false)
    package var ownerIgnoresAdvertisements = Setting(false)
    package var downTimerAdvertisements = Setting(3)
    /// Unlike keepalived, unless it is switched off: unicast has no TTL that would tell where a packet is from.
    package var checksUnicastSource = Setting(true)
    package var skipsAddressCheck = Setting(false)
    package var logsUnknownRouters = Setting(false)
    package var vmacPrefix = Setting("vrrp")
    /// Nil for `vmac_prefix`.
    package var vmacAddressPrefix = Setting<String?>(nil)
    package var disablesLocalIGMP = Setting(false)
    package var firewall = FirewallDefinitions()
    package var polls = Setting(false)

    package init() {}

    package enum DynamicInterfaces: Hashable, Sendable {
        case never
        case allowed
        /// They may come back as another kind of interface.
        case allowedWithChanges
    }
}
