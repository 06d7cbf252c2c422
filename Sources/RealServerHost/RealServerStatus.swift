package import Addresses
import Routing

/// Whether the host is a real server for an address, part by part.
package struct RealServerStatus: Hashable, Sendable {
    package struct Part: Hashable, Sendable {
        /// What, in words of the tools, such as `net/ipv4/conf/all/arp_ignore`.
        package var name: String
        /// What is there.
        package var value: String
        /// What there should be.
        package var wanted: String
        package var isRight: Bool
    }

    package let address: IPAddress
    package let method: RealServerMethod
    /// Whether `up` made it so.
    package let isRecorded: Bool
    package private(set) var parts: [Part] = []

    package var isUp: Bool { parts.allSatisfy(\.isRight) }

    /// - Parameter method: Where it is not recorded.
    package init(
        _ address: IPAddress, _ method: RealServerMethod, _ facts: RealServerFacts, _ record: RealServerRecord
    ) {
        let entry = record.entry(address)
        self.address = address
        self.method = entry?.method ?? method
        isRecorded = entry != nil
        let interface = self.method.interface(address.family)
        let places = facts.addresses[address]?.keys.sorted() ?? []
        parts.append(
            Part(
                name: "address", value: places.isEmpty ? "missing" : "on \(places.joined(separator: ", "))",
                wanted: "on \(interface)", isRight: places == [interface]))
        let link = facts.links[interface]
        parts.append(
            Part(
                name: "interface \(interface)", value: link.map { $0 ? "up" : "down" } ?? "missing", wanted: "up",
                isRight: link == true))
        for setting in self.method.settings(address.family) {
            parts.append(
                Part(
                    name: setting.sysctl.description,
                    value: facts.sysctls[setting.sysctl].map(String.init) ?? "missing", wanted: "\(setting.wanted)",
                    isRight: setting.holds(facts)))
        }
    }
}
