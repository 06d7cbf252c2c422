/// Which firewall keeps packets from addresses that are not accepted, and marks those of server groups.
package struct FirewallDefinitions: Hashable, Sendable {
    package struct Chains: Hashable, Sendable {
        package var input: String?
        package var output: String?
    }

    /// Nil where no iptables are asked for.
    package var iptables = Setting<Chains?>(nil)
    package var ipsets = Setting<[String]?>(nil)
    /// The table's name; nil where nftables are not asked for.
    package var nftables = Setting<String?>(nil)
    package var nftablesPriority = Setting(-1)
    package var nftablesCounters = Setting(false)
    package var nftablesInterfaceIndex = Setting(false)
    package var ipvsTable = Setting<String?>(nil)
    package var ipvsPriority = Setting(-1)
    package var ipvsFirstMark = Setting(1000)

    package init() {}
}
