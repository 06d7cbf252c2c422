import Addresses
import IPVSModel
import Reporting

/// Names of hosts and services for a listing, each looked up once however often it is shown.
final class LookedUpNames: EndpointNames {
    private let system = SystemNames()
    private var hosts: [IPAddress: [UInt8]?] = [:]
    private var services: [Service: [UInt8]?] = [:]

    fileprivate struct Service: Hashable {
        var port: UInt16
        var transport: TransportProtocol
    }

    /// Longer than the first time-out of a resolver that asks one server (resolv.conf(5): 5 s), so that a slow answer
    /// is still waited for.
    private static let patience = 6

    /// What a listing is about to show.
    struct Wanted {
        fileprivate var hosts: Set<IPAddress> = []
        fileprivate var services: Set<LookedUpNames.Service> = []

        mutating func add(_ address: IPAddress, _ port: UInt16, _ transport: TransportProtocol?) {
            hosts.insert(address)
            if let transport { services.insert(LookedUpNames.Service(port: port, transport: transport)) }
        }

        mutating func add(_ identity: VirtualService.Identity) {
            if case .address(let transport, let address, let port) = identity { add(address, port, transport) }
        }

        mutating func add(_ endpoint: RealServer.Endpoint, _ identity: VirtualService.Identity) {
            add(endpoint.address, endpoint.port, identity.transport)
        }
    }

    func lookUp(_ wanted: Wanted) {
        let system = system
        let newHosts = wanted.hosts.filter { hosts[$0] == nil }
        let hostNames = SideBySide<IPAddress, [UInt8]>.run(Array(newHosts), patience: Self.patience) { address in
            switch system.name(ofHost: address) {
            case .found(let name): .value(name)
            case .unknown: .nothing
            case .unanswered: .unanswered
            }
        }
        for (address, name) in zip(newHosts, hostNames) { hosts[address] = .some(name) }

        for service in wanted.services where services[service] == nil {
            services[service] = .some(system.name(ofPort: service.port, service.transport))
        }
    }

    // MARK: EndpointNames

    /// The longest text of address and port together, in bytes; what is longer is cut.
    private static let longest = 59

    /// Whether text that is too long gives way to numbers instead of being cut.
    private var neverCuts = false

    func write(
        _ address: IPAddress, _ port: UInt16, _ transport: TransportProtocol?, into text: inout Text
    ) {
        let start = text.count
        write(host: hosts[address] ?? nil, address, into: &text)
        text.append(byte: UInt8(ascii: ":"))
        if let name = serviceName(port, transport) { text.append(name) } else { text.append(port) }
        guard text.count - start > Self.longest else { return }
        text.truncate(to: neverCuts ? start : start + Self.longest)
        if neverCuts { NumericEndpoints().write(address, port, transport, into: &text) }
    }

    private func write(host name: [UInt8]?, _ address: IPAddress, into text: inout Text) {
        if address.family == .ipv6 { text.append(byte: UInt8(ascii: "[")) }
        if let name { text.append(name) } else { text.append(address) }
        if address.family == .ipv6 { text.append(byte: UInt8(ascii: "]")) }
    }

    private func serviceName(_ port: UInt16, _ transport: TransportProtocol?) -> [UInt8]? {
        transport.flatMap { services[Service(port: port, transport: $0)] ?? nil }
    }

    // MARK: Names that come back

    /// Forgets every name that would not lead back to where it came from: a rule saved with it could not be restored.
    func keepOnlyReversible() {
        let system = system
        let named = hosts.compactMap { address, name in name.map { (address, $0) } }
        neverCuts = true
        let forward = SideBySide<[UInt8], IPv4Address>.run(named.map(\.1), patience: Self.patience) { name in
            system.address(ofHost: name).map { .value($0) } ?? .nothing
        }
        for ((address, name), result) in zip(named, forward) {
            let leadsBack = result.map { IPAddress.v4($0) } == address && Self.isWord(name)
            if !leadsBack { hosts[address] = .some(nil) }
        }
        for (service, name) in services {
            if let name, !Self.isWord(name) || system.port(ofService: name, service.transport) != service.port {
                services[service] = .some(nil)
            }
        }
    }

    /// Whether a rule's reader takes the name for one word and no number.
    private static func isWord(_ name: [UInt8]) -> Bool {
        !name.isEmpty && name.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"#'\"".utf8.contains($0) }
            && name.contains { !(0x30...0x39).contains($0) }
    }
}
