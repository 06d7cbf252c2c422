import Addresses
import CLinux
import Netlink

extension RequestBuffer {
    /// A request about a route: a `struct rtmsg` and attributes (rtnetlink(7)).
    mutating func route(_ spec: RouteSpec, type: Int, flags: Int32 = 0) {
        begin(type: type, flags: flags)
        raw(spec.family.number)
        raw(UInt8(truncatingIfNeeded: spec.destination?.length ?? 0))
        raw(UInt8(0))
        raw(spec.typeOfService)
        // A table whose number does not fit is in the attribute alone.
        raw(UInt8(spec.table < 256 ? spec.table : 0))
        raw(spec.originator)
        raw(spec.scope)
        raw(spec.kind.rawValue)
        raw(UInt32(spec.nextHops.isEmpty && spec.path.isOnLink ? RTNH_F_ONLINK : 0))
        put(RouteAttribute.table, spec.table)
        if let destination = spec.destination { put(RouteAttribute.destination, destination.address) }
        if let priority = spec.priority { put(RouteAttribute.priority, priority) }
        if let source = spec.source { put(RouteAttribute.preferredSource, source) }
        if spec.nextHops.isEmpty {
            if spec.path.interface != 0 { put(RouteAttribute.interface, spec.path.interface) }
            path(spec.path, of: spec.family)
        } else {
            attribute(RouteAttribute.multipath) { buffer in
                for hop in spec.nextHops { buffer.nextHop(hop, of: spec.family) }
            }
        }
        if !spec.metrics.isEmpty || spec.lockedMetrics != 0 || spec.congestionControl != nil {
            attribute(RouteAttribute.metrics) { buffer in
                if spec.lockedMetrics != 0 { buffer.put(RTAX_LOCK, spec.lockedMetrics) }
                for metric in spec.metrics.keys.sorted() { buffer.put(Int(metric), spec.metrics[metric] ?? 0) }
                if let name = spec.congestionControl { buffer.put(RTAX_CC_ALGO, text: name) }
            }
        }
        if let preference = spec.preference { put(RouteAttribute.preference, preference) }
        if let lifetime = spec.lifetime { put(RouteAttribute.expires, lifetime) }
        if let propagates = spec.propagatesTTL { put(RouteAttribute.ttlPropagation, UInt8(propagates ? 1 : 0)) }
    }

    /// What a path has besides its interface.
    private mutating func path(_ path: RouteSpec.NextHop, of family: AddressFamily) {
        if let gateway = path.gateway {
            if gateway.family == family {
                put(RouteAttribute.gateway, gateway)
            } else {
                // struct rtvia: an IPv6 gateway of an IPv4 route.
                attribute(RouteAttribute.via) {
                    $0.raw(UInt16(gateway.family.number))
                    $0.raw(gateway)
                }
            }
        }
        if path.realms != 0 { put(RouteAttribute.realms, path.realms) }
        if let encapsulation = path.encapsulation { put(encapsulation) }
    }

    /// struct rtnexthop, and attributes within its length.
    private mutating func nextHop(_ hop: RouteSpec.NextHop, of family: AddressFamily) {
        let start = bytes.count
        raw(UInt16(0))
        raw(UInt8(hop.isOnLink ? RTNH_F_ONLINK : 0))
        raw(UInt8(truncatingIfNeeded: hop.weight - 1))
        raw(hop.interface)
        path(hop, of: family)
        setLength(at: start)
    }

    private mutating func put(_ encapsulation: RouteSpec.Encapsulation) {
        switch encapsulation {
        case .mpls(let labels):
            put(RouteAttribute.encapsulationType, UInt16(LWTUNNEL_ENCAP_MPLS.rawValue))
            nest(RouteAttribute.encapsulation) { buffer in
                buffer.attribute(MPLS_IPTUNNEL_DST) {
                    for (index, label) in labels.enumerated() {
                        // RFC 3032: label, traffic class, bottom of stack, time to live.
                        let bottom: UInt32 = index == labels.count - 1 ? 1 : 0
                        $0.raw((label << 12 | bottom << 8).bigEndian)
                    }
                }
            }
        case .ip(let tunnel):
            put(RouteAttribute.encapsulationType, UInt16(LWTUNNEL_ENCAP_IP.rawValue))
            nest(RouteAttribute.encapsulation) { $0.put(tunnel) }
        case .ip6(let tunnel):
            // The attributes of both kinds have the same numbers.
            put(RouteAttribute.encapsulationType, UInt16(LWTUNNEL_ENCAP_IP6.rawValue))
            nest(RouteAttribute.encapsulation) { $0.put(tunnel) }
        case .ila(let locator):
            put(RouteAttribute.encapsulationType, UInt16(LWTUNNEL_ENCAP_ILA.rawValue))
            nest(RouteAttribute.encapsulation) { $0.put(ILA_ATTR_LOCATOR, locator.bigEndian) }
        }
    }

    private mutating func put(_ tunnel: RouteSpec.Tunnel) {
        if let identifier = tunnel.identifier { put(Int(LWTUNNEL_IP_ID.rawValue), identifier.bigEndian) }
        if let destination = tunnel.destination { put(Int(LWTUNNEL_IP_DST.rawValue), destination) }
        if let source = tunnel.source { put(Int(LWTUNNEL_IP_SRC.rawValue), source) }
        if let hopLimit = tunnel.hopLimit { put(Int(LWTUNNEL_IP_TTL.rawValue), hopLimit) }
        if let typeOfService = tunnel.typeOfService { put(Int(LWTUNNEL_IP_TOS.rawValue), typeOfService) }
        if let flags = tunnel.flags { put(Int(LWTUNNEL_IP_FLAGS.rawValue), flags.bigEndian) }
    }
}
