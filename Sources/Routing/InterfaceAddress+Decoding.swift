import Addresses
import CLinux
import Netlink

extension InterfaceAddress {
    /// Decodes a message of the kernel about an address: struct ifaddrmsg and attributes. Nil for other families.
    init?(_ message: RawSpan) {
        guard let number = message.number(UInt8.self), let family = AddressFamily(number: number),
            let length = message.number(UInt8.self, at: 1), let shortFlags = message.number(UInt8.self, at: 2),
            let scope = message.number(UInt8.self, at: 3), let index = message.number(Int32.self, at: 4)
        else { return nil }
        self.init(interface: index, address: .v4(IPv4Address(0)), prefixLength: Int(length))
        self.scope = scope
        flags = UInt32(shortFlags)
        var local: IPAddress?
        var other: IPAddress?
        forEachAttribute(in: message.extracting(8..<message.byteCount)) { type, value in
            switch type {
            case IFA_LOCAL: local = value.address(family)
            case IFA_ADDRESS: other = value.address(family)
            case IFA_BROADCAST: if case .v4(let address)? = value.address(.ipv4) { broadcast = address }
            case IFA_LABEL: label = value.text
            case IFA_FLAGS: flags = value.number() ?? flags
            case IFA_CACHEINFO:
                preferredLifetime = value.number() ?? .max
                validLifetime = value.number(at: 4) ?? .max
            case IFA_PROTO: originator = value.number() ?? 0
            default: break
            }
        }
        guard let address = local ?? other else { return nil }
        self.address = address
        // Without a peer IPv4 says the address twice, IPv6 only as the address.
        if local != nil, other != address { peer = other }
    }
}
