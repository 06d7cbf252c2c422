import Addresses
import Glibc
import PacketFormats
import Reactor

/// Raw sockets, one for each segment to hear and one for all to speak, and a packet socket for announcements.
final class KernelWire: Wire {
    private let loop: EventLoop
    private let log: Log
    private let sender: AdvertisementSender
    private let frames: FrameSender
    private var sockets: [Segment: AdvertisementSocket] = [:]

    init(_ loop: EventLoop, log: Log) throws(ReactorError) {
        self.loop = loop
        self.log = log
        sender = try AdvertisementSender()
        frames = try FrameSender()
    }

    func listen(
        on segment: Segment, hearsHeaders: Bool, buffer: Int?, _ heard: @escaping (Result<Datagram, Rejection>) -> Void
    ) throws(ReactorError) {
        sockets[segment] = nil
        let interface = segment.interface == 0 ? nil : segment.interface
        let socket =
            if let buffer {
                try AdvertisementSocket(
                    family: segment.family, interface: interface, hearsAuthenticationHeader: hearsHeaders,
                    receiveBuffer: buffer, in: loop)
            } else {
                try AdvertisementSocket(
                    family: segment.family, interface: interface, hearsAuthenticationHeader: hearsHeaders, in: loop)
            }
        try socket.watch(
            hear: { datagram, _ in heard(.success(datagram)) }, reject: { rejection, _ in heard(.failure(rejection)) })
        sockets[segment] = socket
    }

    func stopListening(on segment: Segment) {
        sockets[segment] = nil
    }

    func join(_ group: IPAddress, on segment: Segment) throws(ReactorError) {
        guard let socket = sockets[segment] else { throw ReactorError("joining \(group)", code: EBADF) }
        try socket.join(group, on: segment.interface)
    }

    func leave(_ group: IPAddress, on segment: Segment) {
        // The interface may be gone, and the membership with it.
        try? sockets[segment]?.leave(group, on: segment.interface)
    }

    func send(_ packet: [UInt8], by interface: Int32) {
        sender.enqueue(packet, on: interface == 0 ? nil : interface)
    }

    func announce(_ frame: [UInt8], by interface: Int32) {
        frames.enqueue(frame, on: interface)
    }

    func flush() {
        sender.flush { report($0, "an advertisement") }
        frames.flush { report($0, "an announcement") }
    }

    private func report(_ failure: SendFailure, _ what: String) {
        let interface = failure.interface.map { "interface \($0)" } ?? "any interface"
        log.limited(
            "send \(failure.interface ?? 0) \(failure.code)", at: loop.now, .warning,
            "\(what) could not leave by \(interface): \(String(cString: strerror(failure.code)))", event: "send-failed",
            ["interface": "\(failure.interface ?? 0)", "error": "\(failure.code)"])
    }
}
