package import Addresses

/// A number below /proc/sys/net/ipv4/conf or /proc/sys/net/ipv6/conf, of this network namespace.
package struct Sysctl: Hashable, Sendable, CustomStringConvertible {
    package var family: AddressFamily
    /// The interface's name, or `all` or `default`.
    package var interface: String
    /// The file's name, such as `arp_ignore`.
    package var name: String

    package init(_ family: AddressFamily, _ interface: String, _ name: String) {
        self.family = family
        self.interface = interface
        self.name = name
    }

    /// In the form of sysctl(8), with `/` between the parts, since an interface's name may have dots.
    package var description: String { "net/\(family == .ipv4 ? "ipv4" : "ipv6")/conf/\(interface)/\(name)" }

    package func read() throws(RoutingError) -> Int { 0 }
    package func write(_ value: Int) throws(RoutingError) {}
}
