import BFDProtocol
import Glibc
import PacketFormats
import Reactor
import VRRPProtocol

/// A session with its timer and what its packets leave through.
final class RunningSession {
    let name: String
    let endpoints: Endpoints
    private(set) var hops: HopLimits
    private(set) var session: Session
    private unowned let owner: BFDSessions
    private var alarm: (any Alarm)?
    private var transmitter: (any BFDTransmitter)?

    /// Ports that are tried before a packet is given up; all but a few are free.
    private static let mostPorts = 16

    init(
        _ name: String, _ endpoints: Endpoints, _ hops: HopLimits, _ configuration: Session.Configuration,
        discriminator: UInt32, of owner: BFDSessions
    ) {
        self.name = name
        self.endpoints = endpoints
        self.hops = hops
        self.owner = owner
        session = Session(configuration, localDiscriminator: discriminator)
        alarm = owner.time.alarm { [unowned self] _ in handle(.timeReached) }
    }

    func handle(_ event: Session.Event) {
        var actions: [Session.Action] = []
        let jitter = Jitter(draw: UInt16(truncatingIfNeeded: owner.random()))
        session.handle(event, at: owner.time.now, jitter: jitter, into: &actions)
        alarm?.set(session.deadline)
        // Packets first: whoever is told of a change may take his time.
        for case .send(let packet) in actions { send(packet) }
        for action in actions {
            switch action {
            case .send: break
            case .changed(let change): owner.tell(change, of: self)
            case .timing(let timing): owner.log(timing, of: self)
            }
        }
    }

    func set(_ hops: HopLimits) {
        guard hops != self.hops else { return }
        if hops.sent != self.hops.sent { transmitter = nil }
        self.hops = hops
    }

    private func send(_ packet: BFDControlPacket) {
        do throws(ReactorError) {
            try open().send(packet.octets)
        } catch {
            // A source address may come back, and a route: a socket of its own is made for the next packet.
            if error.code != EAGAIN, error.code != ENOBUFS { transmitter = nil }
            owner.report(error, of: self)
        }
    }

    private func open() throws(ReactorError) -> any BFDTransmitter {
        if let transmitter { return transmitter }
        let ports = Endpoints.sourcePorts
        var tried = 0
        while true {
            let port = ports.lowerBound + UInt16(owner.random() % UInt64(ports.count))
            do throws(ReactorError) {
                let opened = try owner.wire.transmitter(for: endpoints, hopLimit: hops.sent, sourcePort: port)
                transmitter = opened
                return opened
            } catch {
                tried += 1
                guard error.code == EADDRINUSE, tried < Self.mostPorts else { throw error }
            }
        }
    }
}
