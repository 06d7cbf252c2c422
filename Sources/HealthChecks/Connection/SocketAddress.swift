package import Addresses
import Glibc

/// An address and a port as the socket calls want them.
package struct SocketAddress {
    // Large enough for both families; the family is in the same place in each.
    private var storage = sockaddr_in6()
    package let family: AddressFamily

    package init(_ address: IPAddress, port: UInt16) {
        family = address.family
        switch address {
        case .v4(let address):
            var value = sockaddr_in()
            value.sin_family = sa_family_t(AF_INET)
            value.sin_port = port.bigEndian
            value.sin_addr.s_addr = address.value.bigEndian
            withUnsafeMutableBytes(of: &storage) { storage in
                withUnsafeBytes(of: &value) { storage.copyMemory(from: $0) }
            }
        case .v6(let address):
            storage.sin6_family = sa_family_t(AF_INET6)
            storage.sin6_port = port.bigEndian
            withUnsafeMutableBytes(of: &storage.sin6_addr) {
                $0.storeBytes(of: address.high.bigEndian, as: UInt64.self)
                $0.storeBytes(of: address.low.bigEndian, toByteOffset: 8, as: UInt64.self)
            }
        }
    }

    /// The address, without its scope.
    var address: IPAddress {
        withUnsafeBytes(of: storage) { bytes in
            family == .ipv4
                ? .v4(IPv4Address(UInt32(bigEndian: bytes.load(fromByteOffset: 4, as: UInt32.self))))
                : .v6(
                    IPv6Address(
                        high: UInt64(bigEndian: bytes.load(fromByteOffset: 8, as: UInt64.self)),
                        low: UInt64(bigEndian: bytes.load(fromByteOffset: 16, as: UInt64.self))))
        }
    }

    var port: UInt16 { UInt16(bigEndian: storage.sin6_port) }

    var domain: Int32 { family == .ipv4 ? AF_INET : AF_INET6 }

    private var length: Int {
        family == .ipv4 ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
    }

    /// Calls `body` with the address as bind(2) and connect(2) take it.
    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(length)) }
        }
    }

    /// Whether a socket's own address, as getsockname(2) gives it, is this one.
    func isLocalAddress(of descriptor: Int32) -> Bool {
        var other = sockaddr_in6()
        var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let result = withUnsafeMutablePointer(to: &other) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        return result == 0 && other.sin6_port == storage.sin6_port && hasAddress(of: other)
    }

    /// Whether an address that the kernel wrote, of either family, is this one, whatever its port and scope.
    func hasAddress(of other: sockaddr_in6) -> Bool {
        let place = family == .ipv4 ? 4..<8 : 8..<24
        return other.sin6_family == storage.sin6_family
            && withUnsafeBytes(of: other) { other in
                withUnsafeBytes(of: storage) { $0[place].elementsEqual(other[place]) }
            }
    }
}
