import Addresses
import CLinux
import Netlink

extension Link {
    /// Decodes a message of the kernel about an interface: struct ifinfomsg and attributes. Nil for what bridges and
    /// the wireless drivers tell in messages of the same type.
    init?(_ message: RawSpan) {
        guard message.number(UInt8.self) == 0, let type = message.number(UInt16.self, at: 2),
            let index = message.number(Int32.self, at: 4), let flags = message.number(UInt32.self, at: 8),
            message.byteCount >= 16
        else { return nil }
        self.init(index: index, name: "")
        hardwareType = type
        self.flags = flags
        var isPartial = false
        forEachAttribute(in: message.extracting(16..<message.byteCount)) { type, value in
            switch type {
            case Int(IFLA_IFNAME): name = value.text
            case Int(IFLA_ADDRESS): hardwareAddress = value.octets
            case Int(IFLA_MTU): mtu = Int(value.number(UInt32.self) ?? 0)
            case Int(IFLA_LINK): parent = value.number() ?? 0
            case Int(IFLA_LINK_NETNSID): hasForeignParent = true
            case Int(IFLA_MASTER): master = value.number() ?? 0
            case Int(IFLA_GROUP): group = value.number() ?? 0
            case Int(IFLA_WIRELESS): isPartial = true
            case Int(IFLA_LINKINFO): decodeKind(value)
            case Int(IFLA_AF_SPEC): decodeFamilies(value)
            default: break
            }
        }
        if isPartial || name.isEmpty { return nil }
    }

    private mutating func decodeKind(_ information: RawSpan) {
        var word = ""
        forEachAttribute(in: information) { type, value in
            if type == IFLA_INFO_KIND { word = value.text }
        }
        kind = word
        guard word == "macvlan" || word == "vrf" else { return }
        forEachAttribute(in: information) { type, value in
            guard type == IFLA_INFO_DATA else { return }
            forEachAttribute(in: value) { type, value in
                if word == "macvlan", type == IFLA_MACVLAN_MODE {
                    macvlanMode = value.number(UInt32.self).flatMap(MacvlanMode.init)
                }
                if word == "vrf", type == IFLA_VRF_TABLE { routingTable = value.number() }
            }
        }
    }

    private mutating func decodeFamilies(_ families: RawSpan) {
        forEachAttribute(in: families) { family, value in
            guard family == Int(AddressFamily.ipv6.number) else { return }
            forEachAttribute(in: value) { type, value in
                if type == IFLA_INET6_ADDR_GEN_MODE { addressGenerationMode = value.number() }
            }
        }
    }
}
