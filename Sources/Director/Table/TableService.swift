import Addresses
import IPVSModel

/// One service of the table: what the configuration wants of it, and what of ours the kernel has as far as is known.
final class TableService {
    let identity: VirtualService.Identity
    /// Nil: it is to go.
    var wanted: VirtualService?
    /// Nil: the kernel does not have it.
    var present: VirtualService?
    var servers = TableServers()
    /// Whether a change of the service itself waits for `flush`.
    var isQueued = false
    /// How many servers of ours the kernel has.
    var presentCount: UInt32 = 0
    /// How many others were there when somebody looked last.
    var foreignCount: UInt32 = 0
    /// The look at the table that found it last.
    var seen: UInt32 = 0
    private var nextOrder: UInt32 = 0

    init(_ identity: VirtualService.Identity) { self.identity = identity }

    /// Numbers for servers, in the order in which they were first wanted.
    func takeOrder() -> UInt32 {
        nextOrder &+= 1
        return nextOrder
    }

    /// The service is not in the kernel, and its servers neither.
    func isGone() {
        present = nil
        presentCount = 0
        foreignCount = 0
        servers.changeAll { $0.present = nil }
    }

    /// The servers in the order in which they were first wanted.
    var endpointsInOrder: [RealServer.Endpoint] {
        servers.sorted { $0.order < $1.order }.map(\.endpoint)
    }

    /// Whether reading its servers takes netlink: the older interface knows neither IPv6 nor tunnels.
    var readsSlowly: Bool {
        if identity.family == .ipv6 { return true }
        guard let server = servers.first(where: \.isPresent) else { return false }
        return server.endpoint.address.family == .ipv6 || server.present?.forwarding == .tunnel
    }
}
