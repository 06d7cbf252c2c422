/// Everything that was read of this host. What decides about it reads nothing else.
package struct HostState: Sendable {
    package var host = ""
    package var interfaces: [HostInterface] = []
    /// Values below /proc/sys, by path with `/` between the parts. What is not in it could not be read.
    package var sysctls: [String: String] = [:]
    /// Of files below /sys/class/net, by path: bridges and their ports.
    package var bridgeSettings: [String: String] = [:]
    package var modules = ModuleFacts()
    package var firewall = FirewallFacts()
    package var processes: [ProcessFacts] = []
    /// Processes with a raw socket for VRRP's protocol, in this network namespace: how many sockets there are.
    package var advertisementSockets = 0
    package var files: [FileFacts] = []
    package var clock = ClockFacts()
    package var wire = WireFacts()
    /// Whether a director of ours answers at the control socket; nil where it could not be asked.
    package var directorRuns: Bool? = false
    package var controlSocket = ""
    /// The most descriptors that the director may open: its own limit where one runs, otherwise this process's.
    package var descriptorLimit: UInt64?
    /// Whether everything that root may read could be read.
    package var isRoot = true
    /// What could not be read, and why: a sentence each.
    package var unread: [String] = []

    package init() {}

    package func interface(_ name: String) -> HostInterface? { interfaces.first { $0.name == name } }

    package func number(_ sysctl: String) -> Int? { sysctls[sysctl].flatMap { Int($0) } }

    /// The value that counts of a setting for which the kernel takes the larger of `all` and the interface's own.
    package func effective(_ name: String, on interface: String, family: String = "ipv4") -> Int? {
        let values = ["all", interface].compactMap { number("net/\(family)/conf/\($0)/\(name)") }
        return values.max()
    }
}
