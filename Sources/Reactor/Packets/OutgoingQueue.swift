import CLinux
import Glibc

/// What is to be sent through one socket, put together until the end of the turn. Its memory is used again.
struct OutgoingQueue: ~Copyable {
    private let descriptor: Int32
    private let wire: clinux_wire
    private var octets: [UInt8] = []
    private var departures: [clinux_departure] = []

    /// More than 3,000 advertisements that an interface has not taken yet.
    private static let buffer: Int32 = 4 << 20

    init(_ wire: clinux_wire, _ purpose: String) throws(ReactorError) {
        descriptor = clinux_packets_open_sender(wire, Self.buffer)
        guard descriptor >= 0 else { throw ReactorError(purpose, code: errno) }
        self.wire = wire
    }

    deinit { close(descriptor) }

    mutating func enqueue(_ packet: [UInt8], on interface: Int32?) {
        let offset = octets.count
        octets += packet
        departures.append(
            clinux_departure(
                offset: UInt32(offset), length: UInt32(octets.count - offset), interface: interface ?? 0))
    }

    /// Sends everything in as few calls as possible, in order. What fails is left out and does not hold up the rest.
    mutating func flush(_ failed: (SendFailure) -> Void) {
        guard !departures.isEmpty else { return }
        var first = 0
        while first < departures.count {
            let sent = octets.withUnsafeBytes { octets in
                departures.withUnsafeBufferPointer { departures in
                    departures.baseAddress.map {
                        clinux_packets_send(
                            descriptor, wire, octets.baseAddress, $0 + first, UInt32(departures.count - first))
                    } ?? 0
                }
            }
            if sent > 0 {
                first += Int(sent)
            } else {
                let code = errno
                let interface = departures[first].interface
                failed(SendFailure(interface: interface == 0 ? nil : interface, code: code))
                first += 1
            }
        }
        octets.removeAll(keepingCapacity: true)
        departures.removeAll(keepingCapacity: true)
    }
}
