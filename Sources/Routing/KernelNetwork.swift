package import Addresses
import CLinux
import Glibc
import Netlink

/// The kernel's network configuration in this network namespace: what it is, and changes of it.
///
/// Every call waits for the kernel, which answers in microseconds.
package final class KernelNetwork {
    private var socket: KernelSocket
    private var buffer = RequestBuffer()

    /// How many changes go to the kernel at once: a refusal of each must fit the receive buffer.
    private static let batch = 256
    /// How often a list is read again that changed while it was read.
    private static let attempts = 8

    /// - Throws: `RoutingError` where there are no netlink sockets.
    package init() throws(RoutingError) {
        socket = try RoutingError.translating("socket") { () throws(NetlinkError) in
            try KernelSocket(protocol: NETLINK_ROUTE)
        }
    }

    // MARK: Changes

    /// Carries changes out in their order. A failure does not keep the next ones from being tried.
    ///
    /// Up to 256 go to the kernel in one send.
    ///
    /// - Returns: For each change, why it was refused; nil for those that are done.
    package func apply(_ changes: [KernelChange]) -> [RoutingError?] {
        var errors = [RoutingError?](repeating: nil, count: changes.count)
        var start = 0
        while start < changes.count {
            let end = min(start + Self.batch, changes.count)
            apply(changes[start..<end], &errors)
            start = end
        }
        return errors
    }

    private func apply(_ changes: ArraySlice<KernelChange>, _ errors: inout [RoutingError?]) {
        buffer.removeAll()
        // A change may take more than one request.
        var origin: [Int] = []
        for (index, change) in zip(changes.indices, changes) {
            buffer.append(change)
            while origin.count < buffer.count { origin.append(index) }
        }
        do {
            for refused in try socket.execute(&buffer) where refused.index < origin.count {
                let index = origin[refused.index]
                guard errors[index] == nil else { continue }
                errors[index] = RoutingError(
                    operation: changes[index].description, code: refused.code, message: refused.message)
            }
        } catch {
            // Nothing is known of any of them.
            for index in changes.indices {
                errors[index] = RoutingError(operation: changes[index].description, code: error.code)
            }
        }
    }

    /// Removes interfaces, many hardly slower than one: after a removal the kernel waits until nobody looks at the
    /// interface any more, some ten milliseconds, and for a group of interfaces it waits once.
    ///
    /// - Returns: For each, why it was refused; nil for those that are gone.
    package func remove(_ indexes: [Int32]) -> [RoutingError?] {
        guard indexes.count > 3, let group = unusedGroup() else { return apply(indexes.map(KernelChange.removeLink)) }
        let moved = apply(indexes.map { .setGroup($0, group) })
        guard apply([.removeGroup(group)])[0] == nil else { return apply(indexes.map(KernelChange.removeLink)) }
        return moved
    }

    /// A group that no interface is in.
    private func unusedGroup() -> UInt32? {
        guard let links = try? links() else { return nil }
        let used = Set(links.map(\.group))
        return (0x7672_7270...0x7672_72ff).first { !used.contains($0) }
    }

    // MARK: What there is

    package func links() throws(RoutingError) -> [Link] {
        try list("link show", RTM_NEWLINK, { $0.link(0, type: RTM_GETLINK, flags: NLM_F_DUMP) }, Link.init)
    }

    package func addresses() throws(RoutingError) -> [InterfaceAddress] {
        try list("address show", RTM_NEWADDR, { $0.question(RTM_GETADDR, 0, 8) }, InterfaceAddress.init)
    }

    package func routes(_ family: AddressFamily) throws(RoutingError) -> [RouteSpec] {
        try list("route show", RTM_NEWROUTE, { $0.question(RTM_GETROUTE, family.number, 12) }, RouteSpec.init)
    }

    package func rules(_ family: AddressFamily) throws(RoutingError) -> [RuleSpec] {
        try list("rule show", RTM_NEWRULE, { $0.question(RTM_GETRULE, family.number, 12) }, RuleSpec.init)
    }

    /// The interface of that name; nil where there is none.
    package func link(named name: String) throws(RoutingError) -> Link? {
        do {
            return try list(
                "link show \(name)", RTM_NEWLINK,
                {
                    $0.link(0, type: RTM_GETLINK)
                    $0.put(Int(IFLA_IFNAME), text: name)
                }, Link.init
            ).first
        } catch  where error.code == ENODEV {
            return nil
        }
    }

    private func list<Item>(
        _ operation: String, _ type: Int, _ ask: (inout RequestBuffer) -> Void, _ decode: (RawSpan) -> Item?
    ) throws(RoutingError) -> [Item] {
        for attempt in 1... {
            var request = RequestBuffer()
            ask(&request)
            var items: [Item] = []
            do {
                try socket.dump(&request) { header, payload in
                    if header.type == type, let item = decode(payload) { items.append(item) }
                }
                return items
            } catch {
                guard error.code == EINTR, attempt < Self.attempts else {
                    throw RoutingError(operation: operation, code: error.code)
                }
            }
        }
        return []
    }
}

extension RequestBuffer {
    /// Puts the request or requests of a change.
    mutating func append(_ change: KernelChange) {
        switch change {
        case .addAddress(let spec): address(spec, type: RTM_NEWADDR, flags: NLM_F_CREATE | NLM_F_EXCL)
        case .removeAddress(let spec): address(spec, type: RTM_DELADDR)
        case .addRoute(let spec):
            // Not NLM_F_EXCL: a route of ours goes before another one of the same metric, such as a default route.
            route(spec, type: RTM_NEWROUTE, flags: NLM_F_CREATE | (spec.appends ? NLM_F_APPEND : 0))
        case .removeRoute(let spec): route(spec, type: RTM_DELROUTE)
        case .addRule(let spec): rule(spec, type: RTM_NEWRULE, flags: NLM_F_CREATE | NLM_F_EXCL)
        case .removeRule(let spec): rule(spec, type: RTM_DELRULE)
        case .addInterface(let spec):
            newInterface(spec)
            if let mode = spec.addressGenerationMode { addressGenerationMode(mode, of: spec.name) }
        case .removeLink(let index): link(index, type: RTM_DELLINK)
        case .setGroup(let index, let group):
            link(index, type: RTM_NEWLINK)
            put(Int(IFLA_GROUP), group)
        case .removeGroup(let group):
            link(0, type: RTM_DELLINK)
            put(Int(IFLA_GROUP), group)
        case .setLink(let index, let isUp):
            let up = UInt32(IFF_UP)
            link(index, type: RTM_NEWLINK, set: isUp ? up : 0, mask: up)
        case .setHardwareAddress(let index, let address):
            link(index, type: RTM_NEWLINK)
            put(Int(IFLA_ADDRESS), address.octets)
        }
    }

    /// A question for a list: the family, and the rest of the fixed part.
    fileprivate mutating func question(_ type: Int, _ family: UInt8, _ size: Int) {
        begin(type: type, flags: NLM_F_DUMP)
        raw(family)
        raw([UInt8](repeating: 0, count: size - 1))
    }
}

extension RoutingError {
    /// Runs `body` and says of what it throws what was asked.
    static func translating<T: ~Copyable>(
        _ operation: String, _ body: () throws(NetlinkError) -> T
    ) throws(RoutingError) -> T {
        do {
            return try body()
        } catch {
            throw RoutingError(operation: operation, code: error.code)
        }
    }
}
