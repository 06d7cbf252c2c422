import CLinux
import Glibc

/// The raw sockets through which a process sends all its advertisements: one for each family, for every interface.
///
/// Packets wait for `flush`, which hands all of them to the kernel in one system call for 32 of them. Multicast is not
/// looped back to this host.
package final class AdvertisementSender {
    private var ipv4: OutgoingQueue
    private var ipv6: OutgoingQueue?
    private var malformed: [SendFailure] = []

    /// - Throws: EPERM without CAP_NET_RAW.
    package init() throws(ReactorError) {
        ipv4 = try OutgoingQueue(clinux_wire_ipv4, "raw socket for sending over IPv4")
        do {
            ipv6 = try OutgoingQueue(clinux_wire_ipv6, "raw socket for sending over IPv6")
        } catch {
            // A kernel without IPv6. Its packets fail one by one.
            guard error.code == EAFNOSUPPORT else { throw error }
            ipv6 = nil
        }
    }

    /// Takes a whole IP packet, as `Transmission.packet` makes it, to be sent from an interface or, with nil, from
    /// where its destination is routed. Header fields go out as they are, except that the kernel fills in an IPv4
    /// identification of 0: under an Authentication Header it must not be 0.
    package func enqueue(_ ipPacket: [UInt8], on interface: Int32?) {
        switch ipPacket.first.map({ $0 >> 4 }) {
        case 4 where ipPacket.count >= 20: ipv4.enqueue(ipPacket, on: interface)
        case 6 where ipPacket.count >= 40:
            guard ipv6?.enqueue(ipPacket, on: interface) != nil else {
                return malformed.append(SendFailure(interface: interface, code: EAFNOSUPPORT))
            }
        default: malformed.append(SendFailure(interface: interface, code: EINVAL))
        }
    }

    /// Sends what was enqueued, in order within a family. `failed` is told of what did not go out; it is not tried
    /// again, since an advertisement that is late is worth nothing.
    package func flush(_ failed: (SendFailure) -> Void) {
        ipv4.flush(failed)
        ipv6?.flush(failed)
        if !malformed.isEmpty {
            for failure in malformed { failed(failure) }
            malformed.removeAll()
        }
    }
}
