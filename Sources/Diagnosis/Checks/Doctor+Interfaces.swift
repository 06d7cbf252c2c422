import Addresses
import KeepalivedConfig

extension Doctor {
    mutating func examineInterfaces() {
        for name in instanceInterfaces {
            guard let interface = host.interface(name) else {
                find(
                    .error, "interface-missing", names(on: name), "there is no interface \(name) on this host",
                    evidence: ["ip link: \(host.interfaces.map(\.name).sorted().joined(separator: ", "))"],
                    mend: ["name an interface of this host in the configuration"])
                continue
            }
            examine(interface)
        }
        for instance in instances { examineSize(instance) }
    }

    private mutating func examine(_ interface: HostInterface) {
        let subject = "\(interface.name) of \(names(on: interface.name))"
        let isMulticast = instances.contains { $0.interface.value == interface.name && !$0.isUnicast }
        if !interface.isUp {
            find(
                .error, "interface-down", subject, "the interface is not up",
                evidence: ["ip link show \(interface.name): not UP"],
                mend: ["ip link set dev \(interface.name) up"])
        } else if !interface.hasCarrier {
            find(
                .error, "no-carrier", subject, "the interface is up and has no carrier",
                evidence: ["ip link show \(interface.name): UP and not RUNNING"],
                mend: ["look at the cable, the switch's port, or the interface below it"])
        }
        if isMulticast, !interface.isMulticastCapable, !interface.isLoopback {
            find(
                .error, "no-multicast", subject, "the interface takes no multicast, and advertisements are multicast",
                evidence: ["ip link show \(interface.name): no MULTICAST"],
                mend: ["ip link set dev \(interface.name) multicast on"])
        }
        if let parent = interface.parent.flatMap(host.interface), interface.mtu > parent.mtu {
            find(
                .warning, "mtu-mismatch", subject,
                "its MTU is \(interface.mtu), and \(parent.name) below it carries only \(parent.mtu)",
                evidence: [
                    "/sys/class/net/\(interface.name)/mtu is \(interface.mtu)",
                    "/sys/class/net/\(parent.name)/mtu is \(parent.mtu)",
                ], mend: ["ip link set dev \(interface.name) mtu \(parent.mtu)"])
        }
        for family in [AddressFamily.ipv4, .ipv6] { examineSource(interface, family, subject) }
        for address in interface.addresses where address.isDuplicate {
            find(
                .error, "duplicate-address", interface.name,
                "somebody else on the link has \(address.prefix.address)",
                evidence: ["ip address show dev \(interface.name): \(address.prefix) dadfailed"],
                mend: ["ip address del \(address.prefix) dev \(interface.name)"])
        }
    }

    /// Without an address of its own an interface has nothing that advertisements could be sent from.
    private mutating func examineSource(_ interface: HostInterface, _ family: AddressFamily, _ subject: String) {
        let concerned = instances.filter { instance in
            instance.interface.value == interface.name && instance.family == family
                && instance.multicastSource.value == nil && instance.unicastSource.value == nil
        }
        guard !concerned.isEmpty else { return }
        let virtual = Set(concerned.flatMap(Self.addresses(of:)).map(\.address))
        let own = interface.addresses.filter { address in
            guard address.prefix.address.family == family, !virtual.contains(address.prefix.address) else {
                return false
            }
            return family == .ipv4 || Self.isLinkLocal(address.prefix.address)
        }
        let kind = family == .ipv4 ? "IPv4" : "IPv6 link-local"
        let ready = own.filter { !$0.isTentative && !$0.isDuplicate }
        guard ready.isEmpty else { return }
        let shown = interface.addresses.map { "\($0.prefix)" }.joined(separator: ", ")
        find(
            .error, "no-address", subject,
            own.isEmpty
                ? "the interface has no \(kind) address to send advertisements from"
                : "its \(kind) address cannot be used yet",
            evidence: ["ip address show dev \(interface.name): \(shown.isEmpty ? "no address" : shown)"],
            mend: family == .ipv4
                ? ["ip address add ADDRESS/LENGTH dev \(interface.name)"]
                : ["sysctl -w net/ipv6/conf/\(interface.name)/disable_ipv6=0", "ip link set dev \(interface.name) up"])
    }

    static func isLinkLocal(_ address: IPAddress) -> Bool {
        guard case .v6(let address) = address else { return false }
        return address.high >> 54 == 0x3fa
    }

    /// An advertisement is one packet that is never cut up.
    private mutating func examineSize(_ instance: VRRPInstance) {
        guard let interface = instance.interface.value.flatMap(host.interface) else { return }
        let size = Self.advertisementSize(instance)
        guard size > interface.mtu else { return }
        find(
            .error, "mtu-too-small", instance.name.value,
            "its advertisement takes \(size) bytes, and the MTU of \(interface.name) is \(interface.mtu)",
            evidence: [
                "/sys/class/net/\(interface.name)/mtu is \(interface.mtu)",
                "\(instance.addresses.count) addresses in virtual_ipaddress",
            ],
            mend: [
                "ip link set dev \(interface.name) mtu \(size)", "move addresses into virtual_ipaddress_excluded",
            ])
    }

    /// In bytes, with its IP header (RFC 3768 and RFC 9568, section 5; RFC 2402 for the authentication header).
    static func advertisementSize(_ instance: VRRPInstance) -> Int {
        let isIPv6 = instance.family == .ipv6
        var size = (isIPv6 ? 40 : 20) + 8 + instance.addresses.count * (isIPv6 ? 16 : 4)
        if instance.version.value == 2, !isIPv6 { size += 8 }
        if instance.version.value == 2, instance.authentication?.kind.value == .header { size += 24 }
        if instance.messageAuthentication != nil { size += trailerSize }
        return size
    }

    /// The trailer of `auth_hmac` (draft-cassen-vrrp-auth-hmac-00).
    private static let trailerSize = 28
}
