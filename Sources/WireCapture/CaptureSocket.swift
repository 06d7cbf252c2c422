import CLinux
package import CaptureFiles
import Glibc
import PacketFormats
package import Reactor

/// A packet socket that hears the VRRP packets of one interface, also those of this host and those for others, without
/// being a router there.
package final class CaptureSocket {
    package let interface: CaptureInterface
    /// What its frames begin with.
    package let linkLayer: LinkLayer
    private let loop: EventLoop
    private let descriptor: Int32
    private let isLoopback: Bool
    private var droppedBefore = 0

    /// The longest packet of VRRP, 255 IPv6 addresses with a trailer, is shorter than half of this.
    private static let roomLength = 9216
    /// The rest waits for the next turn, so that a flood does not hold up the timers.
    private static let mostInTurn = 1024
    /// About 5,000 packets.
    private static let receiveBuffer: Int32 = 4 << 20

    private var room = [UInt8](repeating: 0, count: roomLength)

    /// Opens the socket; nothing is heard before `watch`.
    ///
    /// - Parameter hearsOthers: Whether packets are heard that are for other hosts, such as unicast behind a port that
    ///   mirrors (promiscuous mode). All multicast is heard in any case.
    /// - Throws: Status 77 without CAP_NET_RAW.
    package init(
        _ interface: CaptureInterface, hearsOthers: Bool = true, in loop: EventLoop
    ) throws(WireCaptureError) {
        self.interface = interface
        self.loop = loop
        isLoopback = interface.name == "lo"
        var isEthernet: Int32 = 0
        descriptor = clinux_capture_open(interface.index, hearsOthers ? 1 : 0, Self.receiveBuffer, &isEthernet)
        guard descriptor >= 0 else {
            let code = errno
            guard code != EPERM, code != EACCES else {
                throw WireCaptureError(
                    "CAP_NET_RAW is missing, without which nothing can be captured: run it as root", status: 77)
            }
            throw WireCaptureError("cannot capture on \(interface.name): \(String(cString: strerror(code)))")
        }
        linkLayer = isEthernet != 0 ? .ethernet : .rawIP
    }

    deinit {
        loop.unwatch(descriptor)
        close(descriptor)
    }

    /// What may happen to the interface while it is watched.
    package enum Trouble: Sendable {
        /// It was set down; what comes when it is up again is heard.
        case down
        /// It does not exist any more.
        case gone
    }

    /// Hands over every frame. Frames have no numbers: whoever puts several sockets together counts.
    ///
    /// Neither body may let go of the socket.
    package func watch(
        hear: @escaping (CapturedFrame) -> Void, trouble: @escaping (Trouble) -> Void
    ) throws(WireCaptureError) {
        do {
            try loop.watch(descriptor) { [unowned self] in receive(hear, trouble) }
        } catch {
            throw WireCaptureError("cannot watch \(interface.name): \(String(cString: strerror(error.code)))")
        }
    }

    /// How many packets the kernel has dropped so far because nobody read them in time.
    package func dropped() -> Int {
        droppedBefore += max(0, Int(clinux_capture_dropped(descriptor)))
        return droppedBefore
    }

    private func receive(_ hear: (CapturedFrame) -> Void, _ trouble: (Trouble) -> Void) {
        for _ in 0..<Self.mostInTurn {
            var frame = clinux_frame()
            let length = room.withUnsafeMutableBytes {
                clinux_capture_receive(descriptor, $0.baseAddress, Self.roomLength, &frame)
            }
            guard length >= 0 else {
                if errno == ENETDOWN || errno == ENODEV || errno == ENXIO {
                    if interface.exists {
                        trouble(.down)
                    } else {
                        loop.unwatch(descriptor)
                        trouble(.gone)
                    }
                }
                return
            }
            // What goes out through the loopback interface comes in there.
            if isLoopback, frame.is_outgoing != 0 { continue }
            hear(captured(frame, Array(room[..<Int(length)])))
        }
    }

    private func captured(_ frame: clinux_frame, _ received: [UInt8]) -> CapturedFrame {
        var bytes = received
        var length = Int(frame.length)
        if frame.has_tag != 0, linkLayer == .ethernet, bytes.count >= 12 {
            // The kernel has taken the tag out; on the wire it stands behind the two addresses.
            bytes.insert(
                contentsOf: [frame.tag_protocol, frame.tag].flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }, at: 12)
            length += 4
        }
        var captured = CapturedFrame(
            number: 0, time: WallTime(seconds: frame.seconds, nanoseconds: frame.nanoseconds), linkLayer: linkLayer,
            interface: interface.name, originalLength: length, bytes: bytes[...])
        captured.isOutgoing = frame.is_outgoing != 0
        return captured
    }
}
