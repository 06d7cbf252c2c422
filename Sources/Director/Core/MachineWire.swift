import Addresses
import Glibc
import PacketFormats
import Reactor

/// The machine's sockets.
final class MachineWire: Wire {
    private let loop: EventLoop
    private let log: Log
    private let sender: AdvertisementSender
    private let frames: FrameSender
    private var sockets: [Segment: AdvertisementSocket] = [:]

    init(loop: EventLoop, log: Log) throws(DirectorError) {
        self.loop = loop
        self.log = log
        do {
            sender = try AdvertisementSender()
            frames = try FrameSender()
        } catch {
            throw DirectorError(
                "no sockets: \(error.operation): \(String(cString: strerror(error.code)))",
                status: error.code == EPERM ? 77 : 1)
        }
    }

    func listen(
        on segment: Segment, hearsHeaders: Bool, buffer: Int?,
        _ heard: @escaping (Result<Datagram, Rejection>) -> Void
    ) throws(ReactorError) {
        sockets[segment] = nil
        let socket = try AdvertisementSocket(
            family: segment.family, interface: segment.interface == 0 ? nil : segment.interface,
            hearsAuthenticationHeader: hearsHeaders, receiveBuffer: buffer ?? 4 << 20, in: loop)
        try socket.watch(
            hear: { datagram, _ in heard(.success(datagram)) }, reject: { rejection, _ in heard(.failure(rejection)) })
        sockets[segment] = socket
    }

    func stopListening(on segment: Segment) { sockets[segment] = nil }

    func join(_ group: IPAddress, on segment: Segment) throws(ReactorError) {
        try sockets[segment]?.join(group, on: segment.interface)
    }

    func leave(_ group: IPAddress, on segment: Segment) {
        try? sockets[segment]?.leave(group, on: segment.interface)
    }

    func send(_ packet: [UInt8], by interface: Int32) {
        sender.enqueue(packet, on: interface == 0 ? nil : interface)
    }

    func announce(_ frame: [UInt8], by interface: Int32) { frames.enqueue(frame, on: interface) }

    func flush() {
        sender.flush { report($0, "an advertisement") }
        frames.flush { report($0, "an announcement") }
    }

    private func report(_ failure: SendFailure, _ what: String) {
        let interface = failure.interface.map(String.init) ?? "any"
        log.limited(
            "send \(interface) \(failure.code)", at: loop.now, .warning,
            "\(what) could not be sent from interface \(interface): \(String(cString: strerror(failure.code)))",
            event: "not-sent", ["interface": interface, "error": "\(failure.code)"])
    }
}
