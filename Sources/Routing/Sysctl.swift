package import Addresses
import Glibc

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

    private var path: String { "/proc/sys/\(description)" }

    /// - Throws: `ENOENT` where the interface or the setting is missing.
    package func read() throws(RoutingError) -> Int {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw RoutingError(operation: "sysctl \(self)", code: errno) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw RoutingError(operation: "sysctl \(self)", code: errno) }
        let text = String(decoding: bytes.prefix(count).prefix { $0 != 0x0a }, as: UTF8.self)
        guard let value = Int(text) else { throw RoutingError(operation: "sysctl \(self)", code: EBADMSG) }
        return value
    }

    /// - Throws: `ENOENT` where the interface or the setting is missing, `EROFS` in some containers.
    package func write(_ value: Int) throws(RoutingError) {
        let operation = "sysctl \(self)=\(value)"
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw RoutingError(operation: operation, code: errno) }
        defer { close(descriptor) }
        var text = String(value)
        let count = text.withUTF8 { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { throw RoutingError(operation: operation, code: errno) }
    }
}
