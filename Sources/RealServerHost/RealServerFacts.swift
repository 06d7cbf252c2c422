package import Addresses
package import Routing

/// What of this host matters to a real server.
package struct RealServerFacts: Hashable, Sendable {
    /// The interfaces that may have virtual addresses, and whether each is up.
    package var links: [String: Bool] = [:]
    /// For each address of the host the interfaces that have it, with its label; a label is empty for IPv6.
    package var addresses: [IPAddress: [String: String]] = [:]
    package var sysctls: [Sysctl: Int] = [:]

    package init() {}

    /// A label that no address has: `lo:0`, `lo:1`, …, as old tools want to see one for each address.
    func freeLabel(on interface: String, besides taken: Set<String>) -> String {
        let used = Set(addresses.values.flatMap(\.values)).union(taken)
        var number = 0
        while used.contains("\(interface):\(number)") { number += 1 }
        return "\(interface):\(number)"
    }
}
