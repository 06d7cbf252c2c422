package import Addresses
import CLinux
import Glibc

/// A UDP socket that sends from one port, as control traffic, and receives nothing.
package final class DatagramSender {
    private let family: AddressFamily
    private let descriptor: Int32

    /// - Parameters:
    ///   - source: The address to send from; nil for the kernel's choice.
    ///   - hopLimit: TTL or hop limit, 1 to 255.
    /// - Throws: EADDRNOTAVAIL where this host has no such address, EADDRINUSE where the port is taken.
    package init(family: AddressFamily, source: IPAddress?, port: UInt16, hopLimit: UInt8) throws(ReactorError) {
        self.family = family
        descriptor = clinux_datagrams_open_sender(family.wire, source?.octets, port)
        guard descriptor >= 0 else {
            throw ReactorError("sending from \(source.map { "\($0) " } ?? "")port \(port)", code: errno)
        }
        guard clinux_datagrams_set_hop_limit(descriptor, family.wire, Int32(hopLimit)) == 0 else {
            let code = errno
            close(descriptor)
            throw ReactorError("setting a TTL of \(hopLimit)", code: code)
        }
    }

    deinit { close(descriptor) }

    /// - Throws: ENETUNREACH, EHOSTUNREACH without a route, EPERM from a packet filter, EAGAIN or ENOBUFS where the
    ///   interface takes no more.
    package func send(_ octets: [UInt8], to address: IPAddress, port: UInt16) throws(ReactorError) {
        guard clinux_datagrams_send(descriptor, family.wire, address.octets, port, octets, octets.count) == 0 else {
            throw ReactorError("sending to \(address)", code: errno)
        }
    }
}
