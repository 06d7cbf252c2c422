import Addresses
import Glibc

extension KernelChange: CustomStringConvertible {
    /// The change in words of ip(8), with what tells it from others.
    package var description: String {
        switch self {
        case .addAddress(let spec): "address add \(spec)"
        case .removeAddress(let spec): "address del \(spec)"
        case .addRoute(let spec): "route add \(spec)"
        case .removeRoute(let spec): "route del \(spec)"
        case .addRule(let spec): "rule add \(spec)"
        case .removeRule(let spec): "rule del \(spec)"
        case .addInterface(let spec): "link add \(spec)"
        case .removeLink(let index): "link del \(interfaceName(index))"
        case .setGroup(let index, let group): "link set \(interfaceName(index)) group \(group)"
        case .removeGroup(let group): "link del group \(group)"
        case .setLink(let index, let isUp): "link set \(interfaceName(index)) \(isUp ? "up" : "down")"
        case .setHardwareAddress(let index, let address): "link set \(interfaceName(index)) address \(address)"
        }
    }
}

extension AddressSpec: CustomStringConvertible {
    package var description: String {
        let prefix =
            peer.map { "\(address) peer \($0)" } ?? NetworkPrefix(address, prefixLength).description
        return "\(prefix) dev \(interfaceName(interface))"
    }
}

extension RouteSpec: CustomStringConvertible {
    package var description: String {
        var words = kind == .unicast ? [] : [kind.name]
        words.append(destination?.description ?? (family == .ipv4 ? "default" : "default (IPv6)"))
        for hop in nextHops.isEmpty ? [path] : nextHops {
            if !nextHops.isEmpty { words.append("nexthop") }
            if let gateway = hop.gateway { words += ["via", gateway.description] }
            if hop.interface != 0 { words += ["dev", interfaceName(hop.interface)] }
        }
        if table != Self.mainTable { words += ["table", String(table)] }
        if let priority { words += ["metric", String(priority)] }
        return words.joined(separator: " ")
    }
}

extension RuleSpec: CustomStringConvertible {
    package var description: String {
        var words = isInverted ? ["not"] : []
        words += ["from", source?.description ?? "all"]
        if let destination { words += ["to", destination.description] }
        if let inputInterface { words += ["iif", inputInterface] }
        if let outputInterface { words += ["oif", outputInterface] }
        if let mark { words += ["fwmark", String(mark)] }
        switch action {
        case .table(let table): words += ["table", String(table)]
        case .goto(let priority): words += ["goto", String(priority)]
        case .nothing: words.append("nop")
        case .blackhole: words.append("blackhole")
        case .unreachable: words.append("unreachable")
        case .prohibit: words.append("prohibit")
        }
        if let priority { words += ["preference", String(priority)] }
        return words.joined(separator: " ")
    }
}

extension VirtualInterfaceSpec: CustomStringConvertible {
    package var description: String {
        switch kind {
        case .macvlan(let mode, let address):
            "\(name) link \(interfaceName(parent)) address \(address) type macvlan mode \(mode)"
        case .ipvlan(let mode): "\(name) link \(interfaceName(parent)) type ipvlan mode l2 \(mode)"
        }
    }
}

/// The name that the interface has now, or its index with a number sign where it has gone.
func interfaceName(_ index: Int32) -> String {
    var bytes = [CChar](repeating: 0, count: Int(IF_NAMESIZE) + 1)
    guard index > 0, if_indextoname(UInt32(index), &bytes) != nil else { return "#\(index)" }
    return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
