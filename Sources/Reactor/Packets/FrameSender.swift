import CLinux
import Glibc

/// The packet socket through which a process sends its gratuitous ARP and unsolicited neighbour advertisements, on
/// every interface. Frames wait for `flush`. It receives nothing.
package final class FrameSender {
    private var queue: OutgoingQueue
    private var malformed: [SendFailure] = []

    /// - Throws: EPERM without CAP_NET_RAW.
    package init() throws(ReactorError) {
        queue = try OutgoingQueue(clinux_wire_frame, "packet socket for sending")
    }

    /// Takes a whole Ethernet frame, to be sent from the interface with that index.
    package func enqueue(_ frame: [UInt8], on interface: Int32) {
        guard frame.count >= 14 else { return malformed.append(SendFailure(interface: interface, code: EINVAL)) }
        queue.enqueue(frame, on: interface)
    }

    /// Sends what was enqueued, in order. `failed` is told of what did not go out; it is not tried again.
    package func flush(_ failed: (SendFailure) -> Void) {
        queue.flush(failed)
        if !malformed.isEmpty {
            for failure in malformed { failed(failure) }
            malformed.removeAll()
        }
    }
}
