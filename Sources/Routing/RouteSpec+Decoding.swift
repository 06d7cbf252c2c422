import Addresses
import CLinux
import Netlink

extension RouteSpec {
    /// Decodes a message of the kernel about a route: struct rtmsg and attributes. Nil for other families, for what is
    /// no route of the table but a cached answer, and for kinds that have no name here.
    init?(_ message: RawSpan) {
        guard let number = message.number(UInt8.self), let family = AddressFamily(number: number),
            let length = message.number(UInt8.self, at: 1), let typeOfService = message.number(UInt8.self, at: 3),
            let table = message.number(UInt8.self, at: 4), let originator = message.number(UInt8.self, at: 5),
            let scope = message.number(UInt8.self, at: 6),
            let kind = message.number(UInt8.self, at: 7).flatMap(Kind.init),
            let flags = message.number(UInt32.self, at: 8), flags & UInt32(RTM_F_CLONED) == 0
        else { return nil }
        self.init(family: family)
        self.kind = kind
        self.table = UInt32(table)
        self.originator = originator
        self.scope = scope
        self.typeOfService = typeOfService
        path.isOnLink = flags & UInt32(RTNH_F_ONLINK) != 0
        var encapsulation = EncapsulationReader()
        forEachAttribute(in: message.extracting(12..<message.byteCount)) { type, value in
            switch type {
            case RouteAttribute.table: self.table = value.number() ?? self.table
            case RouteAttribute.destination: destination = value.address(family).map { NetworkPrefix($0, Int(length)) }
            case RouteAttribute.priority: priority = value.number()
            case RouteAttribute.preferredSource: source = value.address(family)
            case RouteAttribute.interface: path.interface = value.number() ?? 0
            case RouteAttribute.multipath: decodePaths(value)
            case RouteAttribute.metrics: decodeMetrics(value)
            case RouteAttribute.preference: preference = value.number()
            case RouteAttribute.expires: lifetime = value.number()
            case RouteAttribute.ttlPropagation: propagatesTTL = value.number(UInt8.self).map { $0 != 0 }
            default: path.decode(type, value, family, &encapsulation)
            }
        }
        path.encapsulation = encapsulation.result
    }

    private mutating func decodePaths(_ paths: RawSpan) {
        var offset = 0
        while let length = paths.number(UInt16.self, at: offset).map(Int.init), length >= 8,
            offset + length <= paths.byteCount
        {
            var hop = NextHop()
            hop.isOnLink = (paths.number(UInt8.self, at: offset + 2) ?? 0) & UInt8(RTNH_F_ONLINK) != 0
            hop.weight = Int(paths.number(UInt8.self, at: offset + 3) ?? 0) + 1
            hop.interface = paths.number(at: offset + 4) ?? 0
            var encapsulation = EncapsulationReader()
            forEachAttribute(in: paths.extracting(offset + 8..<offset + length)) { type, value in
                hop.decode(type, value, family, &encapsulation)
            }
            hop.encapsulation = encapsulation.result
            nextHops.append(hop)
            offset += aligned(length)
        }
    }

    private mutating func decodeMetrics(_ values: RawSpan) {
        forEachAttribute(in: values) { type, value in
            switch type {
            case RTAX_LOCK: lockedMetrics = value.number() ?? 0
            case RTAX_CC_ALGO: congestionControl = value.text
            default: metrics[UInt16(truncatingIfNeeded: type)] = value.number()
            }
        }
    }
}

extension RouteSpec.NextHop {
    fileprivate mutating func decode(
        _ type: Int, _ value: RawSpan, _ family: AddressFamily, _ encapsulation: inout EncapsulationReader
    ) {
        switch type {
        case RouteAttribute.gateway: gateway = value.address(family)
        case RouteAttribute.via:
            guard let number = value.number(UInt16.self), let other = AddressFamily(number: UInt8(clamping: number))
            else { return }
            gateway = value.extracting(2..<value.byteCount).address(other)
        case RouteAttribute.realms: realms = value.number() ?? 0
        case RouteAttribute.encapsulationType: encapsulation.kind = value.number() ?? 0
        case RouteAttribute.encapsulation: encapsulation.read(value)
        default: break
        }
    }
}

/// What a path puts around a packet, of which the kernel tells the content before the kind.
private struct EncapsulationReader {
    /// `LWTUNNEL_ENCAP_*`.
    var kind: UInt16 = 0
    private var labels: [UInt32] = []
    private var tunnel = RouteSpec.Tunnel()
    private var destination: [UInt8] = []
    private var source: [UInt8] = []
    private var locator: UInt64 = 0

    mutating func read(_ content: RawSpan) {
        forEachAttribute(in: content) { type, value in
            // The kinds share the numbers from one on.
            switch type {
            case 1:
                locator = UInt64(bigEndian: value.number() ?? 0)
                tunnel.identifier = locator == 0 ? nil : locator
                labels = stride(from: 0, to: value.byteCount - 3, by: 4).map {
                    UInt32(bigEndian: value.unsafeLoadUnaligned(fromByteOffset: $0, as: UInt32.self)) >> 12
                }
            case Int(LWTUNNEL_IP_DST.rawValue): destination = value.octets
            case Int(LWTUNNEL_IP_SRC.rawValue): source = value.octets
            case Int(LWTUNNEL_IP_TTL.rawValue): tunnel.hopLimit = value.number(UInt8.self)
            case Int(LWTUNNEL_IP_TOS.rawValue): tunnel.typeOfService = value.number(UInt8.self)
            case Int(LWTUNNEL_IP_FLAGS.rawValue): tunnel.flags = value.number(UInt16.self).map(UInt16.init(bigEndian:))
            default: break
            }
        }
    }

    var result: RouteSpec.Encapsulation? {
        switch UInt32(kind) {
        case LWTUNNEL_ENCAP_MPLS.rawValue: return .mpls(labels)
        case LWTUNNEL_ENCAP_IP.rawValue: return .ip(tunnel(.ipv4))
        case LWTUNNEL_ENCAP_IP6.rawValue: return .ip6(tunnel(.ipv6))
        case LWTUNNEL_ENCAP_ILA.rawValue: return .ila(locator)
        default: return nil
        }
    }

    private func tunnel(_ family: AddressFamily) -> RouteSpec.Tunnel {
        var tunnel = tunnel
        tunnel.destination = destination.withUnsafeBytes { RawSpan(_unsafeBytes: $0).address(family) }
        tunnel.source = source.withUnsafeBytes { RawSpan(_unsafeBytes: $0).address(family) }
        return tunnel
    }
}
