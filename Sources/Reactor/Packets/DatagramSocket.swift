package import Addresses
import CLinux
import Glibc

/// Hears the UDP datagrams that come to a port, at any address of this host of one family.
package final class DatagramSocket {
    private let loop: EventLoop
    private let family: AddressFamily
    private let descriptor: Int32

    /// The rest waits for the next turn, so that a flood does not hold up the timers.
    private static let mostInTurn = 512

    /// Opens the socket; nothing is heard before `watch`.
    ///
    /// - Parameter receiveBuffer: Octets that the kernel keeps while the loop does something else.
    /// - Throws: EADDRINUSE where another program has the port.
    package init(
        family: AddressFamily, port: UInt16, receiveBuffer: Int = 1 << 20, in loop: EventLoop
    ) throws(ReactorError) {
        self.loop = loop
        self.family = family
        descriptor = clinux_datagrams_open(family.wire, port, Int32(clamping: receiveBuffer))
        guard descriptor >= 0 else { throw ReactorError("UDP port \(port)", code: errno) }
    }

    deinit {
        loop.unwatch(descriptor)
        close(descriptor)
    }

    /// Hands over every datagram. One that is longer than the room is left out.
    package func watch(_ hear: @escaping (ReceivedDatagram) -> Void) throws(ReactorError) {
        try loop.watch(descriptor) { [unowned self] in receive(hear) }
    }

    private func receive(_ hear: (ReceivedDatagram) -> Void) {
        let room = loop.packetRoom
        var total = 0
        while total < Self.mostInTurn {
            let count = room.receive(from: descriptor)
            for index in 0..<max(0, count) {
                let arrival = room.arrivals[index]
                guard arrival.is_cut == 0 else { continue }
                hear(
                    ReceivedDatagram(
                        sender: address(arrival.source), receiver: address(arrival.destination),
                        hopLimit: UInt8(clamping: arrival.hop_limit), payload: room.packet(at: index)))
            }
            guard count == PacketRoom.count else { return }
            total += count
        }
    }

    private func address(_ halves: (UInt64, UInt64)) -> IPAddress {
        family == .ipv4
            ? .v4(IPv4Address(UInt32(truncatingIfNeeded: halves.1)))
            : .v6(IPv6Address(high: halves.0, low: halves.1))
    }
}
