import Addresses
import CLinux
import Netlink

extension RequestBuffer {
    /// Puts an address, the most significant byte first, as the network has it.
    mutating func put(_ type: Int, _ address: IPAddress) {
        attribute(type) { $0.raw(address) }
    }

    mutating func raw(_ address: IPAddress) {
        switch address {
        case .v4(let address): raw(address.value.bigEndian)
        case .v6(let address):
            raw(address.high.bigEndian)
            raw(address.low.bigEndian)
        }
    }

    /// A request about an address: a `struct ifaddrmsg` and attributes (rtnetlink(7)).
    mutating func address(_ spec: AddressSpec, type: Int, flags: Int32 = 0) {
        begin(type: type, flags: flags)
        raw(spec.address.family.number)
        raw(UInt8(truncatingIfNeeded: spec.peer?.length ?? spec.prefixLength))
        raw(UInt8(truncatingIfNeeded: spec.flags.rawValue))
        raw(spec.scope)
        raw(spec.interface)
        put(IFA_LOCAL, spec.address)
        put(IFA_ADDRESS, spec.peer?.address ?? spec.address)
        if let label = spec.label, spec.address.family == .ipv4 { put(IFA_LABEL, text: label) }
        guard type == RTM_NEWADDR else { return }
        if let broadcast = spec.broadcast { put(IFA_BROADCAST, .v4(broadcast)) }
        if !spec.flags.isEmpty { put(IFA_FLAGS, spec.flags.rawValue) }
        if let lifetime = spec.preferredLifetime {
            // struct ifa_cacheinfo: preferred and valid lifetime, and two times that only the kernel writes.
            attribute(IFA_CACHEINFO) {
                for seconds in [lifetime, .max, 0, 0] { $0.raw(seconds) }
            }
        }
        put(IFA_PROTO, spec.originator)
    }
}

extension AddressFamily {
    /// `AF_INET` or `AF_INET6`.
    var number: UInt8 { self == .ipv4 ? 2 : 10 }

    init?(number: UInt8) {
        switch number {
        case 2: self = .ipv4
        case 10: self = .ipv6
        default: return nil
        }
    }
}
