import Addresses
package import IPVSModel
package import KeepalivedConfig

extension VirtualServer {
    /// No group is taken for more services than this.
    static let mostServices = 65536

    /// The services of the kernel's table that this virtual server stands for, each once, in the order of the
    /// configuration; none without real servers, as keepalived has it.
    ///
    /// - Parameter groups: The configuration's `virtual_server_group`s.
    /// - Returns: And what cannot be asked of the kernel, in words.
    package func services(among groups: [VirtualServerGroup]) -> (services: [VirtualService], faults: [String]) {
        guard !realServers.isEmpty else { return ([], []) }
        switch identity.value {
        case .address(let address, let port):
            return ([service(.address(transport.value.transport, address, port: UInt16(clamping: port ?? 0)))], [])
        case .firewallMark(let mark):
            return ([service(.firewallMark(mark, familyOfMark))], [])
        case .group(let name):
            guard let group = groups.first(where: { $0.name.value == name }) else { return ([], []) }
            return services(of: group)
        }
    }

    private func services(of group: VirtualServerGroup) -> (services: [VirtualService], faults: [String]) {
        var services: [VirtualService] = []
        var seen: Set<VirtualService.Identity> = []
        var faults: [String] = []
        func add(_ identity: VirtualService.Identity) {
            if seen.insert(identity).inserted { services.append(service(identity)) }
        }
        let markFamily = family(ofMarksIn: group)
        for member in group.members {
            switch member.value {
            case .address(let address, let port):
                add(.address(transport.value.transport, address, port: UInt16(clamping: port ?? 0)))
            case .range(let first, let last, let port):
                for address in AddressRun(from: first, through: last) {
                    guard services.count < Self.mostServices else {
                        faults.append(
                            "virtual_server_group \(group.name.value) stands for more than \(Self.mostServices) "
                                + "services: \(address) and what comes after it is left out")
                        return (services, faults)
                    }
                    add(.address(transport.value.transport, address, port: UInt16(clamping: port ?? 0)))
                }
            case .firewallMark(let mark, let family):
                add(.firewallMark(mark, family ?? markFamily))
            }
        }
        return (services, faults)
    }

    private func service(_ identity: VirtualService.Identity) -> VirtualService {
        var service = VirtualService(
            identity: identity, scheduler: scheduler.value.rawValue, flags: flags.value.subtracting(.hashed))
        let timeout = persistenceTimeout.value ?? (persistenceGranularity.value == nil ? nil : 360)
        guard let timeout else { return service }
        service.flags.insert(.persistent)
        service.persistenceTimeout = UInt32(clamping: timeout)
        if let mask = Self.mask(persistenceGranularity.value, identity.family) { service.persistenceMask = mask }
        service.persistenceEngine = persistenceEngine.value?.rawValue ?? ""
        return service
    }

    /// A netmask counts for IPv4, a prefix length for IPv6: a group may have services of both.
    private static func mask(_ text: String?, _ family: AddressFamily) -> VirtualService.PersistenceMask? {
        switch (text, family) {
        case (let text?, .ipv4): IPv4Address(dottedQuad: Array(text.utf8)[...]).map { .init($0.value) }
        case (let text?, .ipv6): UInt32(text).map { .init($0) }
        case (nil, _): nil
        }
    }

    // MARK: The family of firewall marks

    /// Servers that are not reached by tunnels must be of the service's family. Where all are, keepalived takes IPv6 if
    /// every server is.
    private var familyOfMark: AddressFamily {
        if let written = writtenFamily ?? familyWithoutTunnels { return written }
        return realServers.allSatisfy { $0.endpoint.value.address.family == .ipv6 } ? .ipv6 : .ipv4
    }

    /// In a group the addresses decide, and IPv4 where nothing does.
    private func family(ofMarksIn group: VirtualServerGroup) -> AddressFamily {
        for member in group.members {
            switch member.value {
            case .address(let address, _), .range(let address, _, _): return address.family
            case .firewallMark: break
            }
        }
        return writtenFamily ?? familyWithoutTunnels ?? .ipv4
    }

    private var writtenFamily: AddressFamily? { family.value.map { $0 == .inet ? .ipv4 : .ipv6 } }

    private var familyWithoutTunnels: AddressFamily? {
        if let real = realServers.first(where: { $0.forwarding.value.method != .tunnel }) {
            return real.endpoint.value.address.family
        }
        guard let sorry = sorryServer.value, forwardingOfSorryServer.method != .tunnel else { return nil }
        return sorry.address.family
    }

    var forwardingOfSorryServer: Forwarding { sorryServerForwarding.value ?? forwarding.value }
}
