import Addresses
import BFDProtocol
import PacketFormats
import Reactor
import TestSupport
import VRRPProtocol

@testable import Director

/// A clock, ports and a network that a test holds in its hands.
final class FakeBFDWorld: BFDWire {
    /// The time is a made-up daemon world's.
    let clock = FakeWorld()
    private(set) var heard: [BFDSegment: (ReceivedDatagram) -> Void] = [:]
    /// A segment whose port somebody else has.
    var taken: Set<BFDSegment> = []
    /// What has left, and to whom.
    private(set) var sent: [(to: IPAddress, packet: BFDControlPacket)] = []
    /// Each socket that was opened.
    private(set) var opened: [(endpoints: Endpoints, hopLimit: UInt8, port: UInt16)] = []
    /// What sending fails with.
    var sendError: Int32?
    var openErrors: [Int32] = []
    private(set) var told: [String] = []
    private var numbers = SeededNumbers(seed: 42)

    lazy var sessions = {
        let sessions = BFDSessions(
            time: clock, wire: self, log: Log(level: .error, format: .text, descriptor: -1, priorities: false)
        ) { [unowned self] in numbers.next() }
        sessions.observe { [unowned self] name, isUp in told.append("\(name) \(isUp ? "up" : "down")") }
        return sessions
    }()

    private final class Transmitter: BFDTransmitter {
        let world: FakeBFDWorld
        let endpoints: Endpoints

        init(_ world: FakeBFDWorld, _ endpoints: Endpoints) {
            self.world = world
            self.endpoints = endpoints
        }

        func send(_ octets: [UInt8]) throws(ReactorError) {
            if let code = world.sendError { throw ReactorError("sending", code: code) }
            guard let packet = try? BFDControlPacket(parsing: octets[...]) else { return }
            world.sent.append((endpoints.neighbour, packet))
        }
    }

    func listen(on segment: BFDSegment, _ heard: @escaping (ReceivedDatagram) -> Void) throws(ReactorError) {
        guard !taken.contains(segment) else { throw ReactorError("UDP port", code: 98) }
        self.heard[segment] = heard
    }

    func stopListening(on segment: BFDSegment) { heard[segment] = nil }

    func transmitter(
        for endpoints: Endpoints, hopLimit: UInt8, sourcePort: UInt16
    ) throws(ReactorError) -> any BFDTransmitter {
        if let code = openErrors.popLast() { throw ReactorError("opening", code: code) }
        opened.append((endpoints, hopLimit, sourcePort))
        return Transmitter(self, endpoints)
    }

    // MARK: The test's side

    func update(_ text: String) { sessions.update(to: FakeWorld.configuration(text)) }

    /// The number that the session with this neighbour has here, as its packets said.
    func discriminator(with neighbour: String) -> UInt32 {
        sent.last { "\($0.to)" == neighbour }?.packet.myDiscriminator ?? 0
    }

    func receive(
        _ packet: BFDControlPacket, from sender: String, to receiver: String = "10.9.0.1", hopLimit: UInt8 = 255,
        isMultihop: Bool = false
    ) {
        receive(packet.octets, from: sender, to: receiver, hopLimit: hopLimit, isMultihop: isMultihop)
    }

    func receive(
        _ octets: [UInt8], from sender: String, to receiver: String = "10.9.0.1", hopLimit: UInt8 = 255,
        isMultihop: Bool = false
    ) {
        guard let sender = FakeWorld.address(sender), let receiver = FakeWorld.address(receiver) else { return }
        let segment = BFDSegment(Endpoints(neighbour: sender, isMultihop: isMultihop))
        heard[segment]?(
            ReceivedDatagram(sender: sender, receiver: receiver, hopLimit: hopLimit, payload: octets[...]))
    }

    /// A packet of that neighbour.
    func packet(_ state: BFDState, your: UInt32, my: UInt32 = 7, tx: UInt32 = 10_000) -> BFDControlPacket {
        BFDControlPacket(
            state: state, detectMultiplier: 3, myDiscriminator: my, yourDiscriminator: your, desiredMinTx: tx,
            requiredMinRx: 10_000)
    }

    func comeUp(with neighbour: String) {
        receive(packet(.down, your: 0, tx: 1_000_000), from: neighbour)
        receive(packet(.up, your: discriminator(with: neighbour)), from: neighbour)
    }
}
