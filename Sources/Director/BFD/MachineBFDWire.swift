import Addresses
package import BFDProtocol
package import Reactor

/// The machine's sockets.
package final class MachineBFDWire: BFDWire {
    private let loop: EventLoop
    private var sockets: [BFDSegment: DatagramSocket] = [:]

    package init(loop: EventLoop) { self.loop = loop }

    package func listen(
        on segment: BFDSegment, _ heard: @escaping (ReceivedDatagram) -> Void
    ) throws(ReactorError) {
        let port = Endpoints.port(isMultihop: segment.isMultihop)
        let socket = try DatagramSocket(family: segment.family, port: port, in: loop)
        try socket.watch(heard)
        sockets[segment] = socket
    }

    package func stopListening(on segment: BFDSegment) { sockets[segment] = nil }

    package func transmitter(
        for endpoints: Endpoints, hopLimit: UInt8, sourcePort: UInt16
    ) throws(ReactorError) -> any BFDTransmitter {
        let sender = try DatagramSender(
            family: endpoints.neighbour.family, source: endpoints.source, port: sourcePort, hopLimit: hopLimit)
        return Transmitter(sender, endpoints)
    }

    private final class Transmitter: BFDTransmitter {
        private let sender: DatagramSender
        private let endpoints: Endpoints

        init(_ sender: DatagramSender, _ endpoints: Endpoints) {
            self.sender = sender
            self.endpoints = endpoints
        }

        func send(_ octets: [UInt8]) throws(ReactorError) {
            try sender.send(octets, to: endpoints.neighbour, port: endpoints.port)
        }
    }
}
