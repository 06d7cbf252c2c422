package import Addresses
import CLinux
import Glibc
import Netlink

/// Hears of every change of links and addresses, and of routes and rules once `watchRoutes()` has been called.
package final class NetworkMonitor {
    /// The descriptor to watch: readable when there is something to `read()`.
    package var descriptor: Int32 { -1 }
    /// As of the last `read()`.
    package private(set) var state = NetworkState()

    /// Subscribes, and then reads what there is, so that no change falls between.
    package init() throws(RoutingError) {}

    /// Hears of routes and rules too. Not from the start: a router with a million routes has much to tell.
    package func watchRoutes() throws(RoutingError) {}

    /// Reads what has arrived, without waiting. `state` is that of the last event when each is handed over.
    package func read(_ body: (NetworkEvent) -> Void) throws(RoutingError) {}
}
