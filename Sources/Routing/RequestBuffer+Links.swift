import Addresses
import CLinux
import Netlink

extension RequestBuffer {
    /// Begins a request about an interface with its `struct ifinfomsg` (rtnetlink(7)).
    mutating func link(_ index: Int32, type: Int, flags: Int32 = 0, set: UInt32 = 0, mask: UInt32 = 0) {
        begin(type: type, flags: flags)
        raw(UInt8(0))
        raw(UInt8(0))
        raw(UInt16(0))
        raw(index)
        raw(set)
        raw(mask)
    }

    /// A request for a new interface on top of another.
    mutating func newInterface(_ spec: VirtualInterfaceSpec) {
        link(0, type: RTM_NEWLINK, flags: NLM_F_CREATE | NLM_F_EXCL)
        put(Int(IFLA_IFNAME), text: spec.name)
        put(Int(IFLA_LINK), spec.parent)
        if case .macvlan(_, let address) = spec.kind { put(Int(IFLA_ADDRESS), address.octets) }
        if let group = spec.group { put(Int(IFLA_GROUP), group) }
        nest(Int(IFLA_LINKINFO)) { buffer in
            switch spec.kind {
            case .macvlan(let mode, _):
                buffer.put(IFLA_INFO_KIND, text: "macvlan")
                buffer.nest(IFLA_INFO_DATA) { $0.put(IFLA_MACVLAN_MODE, mode.rawValue) }
            case .ipvlan(let mode):
                buffer.put(IFLA_INFO_KIND, text: "ipvlan")
                buffer.nest(IFLA_INFO_DATA) {
                    // Layer 2: ARP and multicast work as on the interface below.
                    $0.put(IFLA_IPVLAN_MODE, UInt16(IPVLAN_MODE_L2.rawValue))
                    $0.put(IFLA_IPVLAN_FLAGS, mode.rawValue)
                }
            }
        }
    }

    /// A request to make IPv6 addresses on an interface in this way (`IN6_ADDR_GEN_MODE_*`). The kernel takes it for
    /// interfaces that are there, not with a new one.
    mutating func addressGenerationMode(_ mode: UInt8, of name: String) {
        link(0, type: RTM_SETLINK)
        put(Int(IFLA_IFNAME), text: name)
        nest(Int(IFLA_AF_SPEC)) { buffer in
            buffer.nest(Int(AddressFamily.ipv6.number)) { $0.put(IFLA_INET6_ADDR_GEN_MODE, mode) }
        }
    }
}
