import CLinux
import Glibc
import Netlink

/// Hears of every change of links and addresses, and of routes and rules once `watchRoutes()` has been called.
package final class NetworkMonitor {
    /// As of the last `read()`.
    package private(set) var state = NetworkState()
    private let socket: KernelSocket
    private var watchesRoutes = false

    /// How many datagrams one `read()` takes, so that a flood of events leaves time for everything else.
    private static let limit = 2048

    /// The descriptor to watch: readable when there is something to `read()`.
    package var descriptor: Int32 { socket.descriptor }

    /// Subscribes, and then reads what there is, so that no change falls between.
    ///
    /// - Parameter receiveBuffer: In bytes; the usual has room for a burst of some ten thousand events.
    package init(receiveBuffer: Int = 16 << 20) throws(RoutingError) {
        let groups = UInt32(RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR)
        socket = try RoutingError.translating("monitor") { () throws(NetlinkError) in
            try KernelSocket(
                protocol: NETLINK_ROUTE, groups: groups, receiveBuffer: receiveBuffer, isBlocking: false)
        }
        try readAnew { _ in }
    }

    /// Hears of routes and rules too. Not from the start: a router with a million routes has much to tell.
    package func watchRoutes() throws(RoutingError) {
        guard !watchesRoutes else { return }
        let groups = [
            RTNLGRP_IPV4_ROUTE.rawValue, RTNLGRP_IPV6_ROUTE.rawValue, RTNLGRP_IPV4_RULE.rawValue,
            RTNLGRP_IPV6_RULE.rawValue,
        ]
        for group in groups {
            do {
                try socket.join(group: Int(group))
            } catch {
                throw RoutingError(operation: "monitor route", code: error.code)
            }
        }
        watchesRoutes = true
    }

    /// Reads what has arrived, without waiting. `state` is that of the last event when each is handed over.
    package func read(_ body: (NetworkEvent) -> Void) throws(RoutingError) {
        for _ in 0..<Self.limit {
            do {
                guard try socket.receive({ header, payload in handle(header.type, payload, body) }) else { return }
            } catch  where error.code == ENOBUFS {
                try readAnew(body)
                body(.lost)
                return
            } catch {
                throw RoutingError(operation: "monitor", code: error.code)
            }
        }
    }

    private func handle(_ type: Int, _ payload: RawSpan, _ body: (NetworkEvent) -> Void) {
        switch type {
        case RTM_NEWLINK: if let link = Link(payload) { note(link, body) }
        case RTM_DELLINK: if let link = Link(payload) { noteRemoval(of: link.index, body) }
        case RTM_NEWADDR: if let address = InterfaceAddress(payload) { note(address, body) }
        case RTM_DELADDR: if let address = InterfaceAddress(payload) { noteRemoval(of: address, body) }
        case RTM_NEWROUTE: if let route = RouteSpec(payload) { body(.route(route)) }
        case RTM_DELROUTE: if let route = RouteSpec(payload) { body(.routeRemoved(route)) }
        case RTM_NEWRULE: if let rule = RuleSpec(payload) { body(.rule(rule)) }
        case RTM_DELRULE: if let rule = RuleSpec(payload) { body(.ruleRemoved(rule)) }
        default: break
        }
    }

    private func note(_ link: Link, _ body: (NetworkEvent) -> Void) {
        let before = state.set(link)
        if before != link { body(.link(link, before: before)) }
    }

    private func noteRemoval(of index: Int32, _ body: (NetworkEvent) -> Void) {
        guard let removed = state.removeLink(index) else { return }
        for address in removed.addresses { body(.addressRemoved(address)) }
        body(.linkRemoved(removed.link))
    }

    private func note(_ address: InterfaceAddress, _ body: (NetworkEvent) -> Void) {
        let before = state.set(address)
        if before != address { body(.address(address, before: before)) }
    }

    private func noteRemoval(of address: InterfaceAddress, _ body: (NetworkEvent) -> Void) {
        if let removed = state.remove(address) { body(.addressRemoved(removed)) }
    }

    /// Reads everything and tells the differences.
    private func readAnew(_ body: (NetworkEvent) -> Void) throws(RoutingError) {
        // What is queued is older than what is read now.
        do {
            while try socket.receive({ _, _ in }) {}
        } catch  where error.code == ENOBUFS {
        } catch {
            throw RoutingError(operation: "monitor", code: error.code)
        }
        let network = try KernelNetwork()
        let links = try network.links()
        let addresses = try network.addresses()
        let indexes = Set(links.map(\.index))
        for index in state.links.keys.sorted() where !indexes.contains(index) { noteRemoval(of: index, body) }
        var present: [AddressKey: Int] = [:]
        for (position, address) in addresses.enumerated() { present[AddressKey(address)] = position }
        for address in state.allAddresses where present[AddressKey(address)] == nil { noteRemoval(of: address, body) }
        for link in links { note(link, body) }
        for address in addresses { note(address, body) }
    }
}

/// What tells addresses of this machine apart.
private struct AddressKey: Hashable {
    var interface: Int32
    var prefix: NetworkPrefix
    var peer: NetworkPrefix?

    init(_ address: InterfaceAddress) {
        interface = address.interface
        prefix = NetworkPrefix(address.address, address.prefixLength)
        peer = address.peer.map { NetworkPrefix($0) }
    }
}
