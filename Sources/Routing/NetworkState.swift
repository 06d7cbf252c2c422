package import Addresses

/// The interfaces and addresses of this network namespace, kept current by `NetworkMonitor`.
package struct NetworkState: Sendable {
    /// By index.
    package internal(set) var links: [Int32: Link] = [:]
    private var indexes: [String: Int32] = [:]
    /// By interface, in the kernel's order.
    private var addressesByInterface: [Int32: [InterfaceAddress]] = [:]

    package init() {}

    package func link(named name: String) -> Link? { indexes[name].flatMap { links[$0] } }
    package func link(_ index: Int32) -> Link? { links[index] }
    package func addresses(on interface: Int32) -> [InterfaceAddress] { addressesByInterface[interface] ?? [] }
    package func address(_ address: IPAddress, on interface: Int32) -> InterfaceAddress? {
        addressesByInterface[interface]?.first { $0.address == address }
    }
}
