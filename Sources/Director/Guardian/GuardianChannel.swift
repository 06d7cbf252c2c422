import CLinux
import Glibc

/// One end of the connection between the worker and its guardian.
///
/// Nothing on it waits. The other end's death is the end of it, which the kernel tells before anybody else knows.
final class GuardianChannel {
    /// A turn's wills are split into datagrams of about this many octets.
    static let datagramLength = 1 << 15
    /// A single message is longer than that where an instance has hundreds of peers.
    private static let longestDatagram = 1 << 18
    /// What may wait to be read.
    private static let room: Int32 = 1 << 22

    let descriptor: Int32

    /// Takes over the descriptor.
    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Both ends of a new connection, as descriptors that are closed on exec.
    static func pair() throws(DirectorError) -> (Int32, Int32) {
        var ends: [Int32] = [-1, -1]
        guard clinux_message_pair(&ends, room) == 0 else {
            throw DirectorError("cannot connect worker and guardian: \(String(cString: strerror(errno)))")
        }
        return (ends[0], ends[1])
    }

    enum Sent {
        case done
        /// Try again when the descriptor is writable.
        case full
        /// The other end is gone.
        case closed
    }

    func send(_ datagram: [UInt8]) -> Sent {
        while true {
            if Glibc.send(descriptor, datagram, datagram.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL)) >= 0 {
                return .done
            }
            switch errno {
            case EINTR: continue
            case EAGAIN, ENOBUFS, ENOMEM: return .full
            default: return .closed
            }
        }
    }

    enum Received {
        /// Nil where the datagram makes no sense.
        case messages([GuardianMessage]?)
        case nothing
        case closed
    }

    func receive() -> Received {
        withUnsafeTemporaryAllocation(byteCount: Self.longestDatagram, alignment: 8) { room in
            while true {
                let count = recv(descriptor, room.baseAddress, room.count, Int32(MSG_DONTWAIT))
                if count > 0 { return .messages(GuardianMessage.read(Array(room[..<count])[...])) }
                if count == 0 { return .closed }
                switch errno {
                case EINTR: continue
                case EAGAIN: return .nothing
                default: return .closed
                }
            }
        }
    }
}
