import BFDProtocol
import PacketFormats
import VRRPProtocol

/// A session on a test bench, with the other end in the test's hands. Times are milliseconds since its start.
final class Bench {
    static let ours: UInt32 = 0x11
    static let theirs: UInt32 = 0x22

    var session: Session
    private(set) var now = Instant.origin
    /// Of all intervals the longest, as most tests calculate with.
    var jitter = Jitter(draw: .max)

    init(
        minTx: UInt32 = 10_000, minRx: UInt32 = 10_000, idle: UInt32 = 1_000_000, multiplier: UInt8 = 5,
        isPassive: Bool = false
    ) {
        session = Session(
            Session.Configuration(
                desiredMinTx: minTx, requiredMinRx: minRx, idleInterval: idle, multiplier: multiplier,
                isPassive: isPassive), localDiscriminator: Self.ours)
    }

    /// A packet of the other end that knows us.
    static func packet(
        _ state: BFDState, your: UInt32 = ours, my: UInt32 = theirs, tx: UInt32 = 10_000, rx: UInt32 = 10_000,
        multiplier: UInt8 = 3, poll: Bool = false, final: Bool = false, demand: Bool = false
    ) -> BFDControlPacket {
        var packet = BFDControlPacket(
            state: state, detectMultiplier: multiplier, myDiscriminator: my, yourDiscriminator: your,
            desiredMinTx: tx, requiredMinRx: rx)
        packet.isPoll = poll
        packet.isFinal = final
        packet.isDemand = demand
        return packet
    }

    func handle(_ event: Session.Event) -> [Session.Action] {
        var actions: [Session.Action] = []
        session.handle(event, at: now, jitter: jitter, into: &actions)
        return actions
    }

    @discardableResult
    func receive(_ packet: BFDControlPacket) -> [Session.Action] { handle(.received(packet)) }

    /// Lets that many milliseconds pass, with every deadline in them handled in its turn.
    ///
    /// - Returns: What came of it, with the milliseconds since the origin.
    @discardableResult
    func pass(_ milliseconds: Double) -> [(at: Double, action: Session.Action)] {
        let end = now + .nanoseconds(Int64(milliseconds * 1_000_000))
        var done: [(Double, Session.Action)] = []
        while let deadline = session.deadline, deadline <= end {
            now = max(now, deadline)
            for action in handle(.timeReached) { done.append((elapsed, action)) }
        }
        now = end
        return done
    }

    var elapsed: Double { Double(now.nanoseconds) / 1_000_000 }

    /// Brings it up with the intervals that `packet` has by itself.
    @discardableResult
    func comeUp(
        tx: UInt32 = 10_000, rx: UInt32 = 10_000, multiplier: UInt8 = 3, demand: Bool = false
    ) -> [Session.Action] {
        _ = handle(.start)
        receive(Self.packet(.down, your: 0, tx: 1_000_000, rx: rx, multiplier: multiplier))
        var actions = receive(Self.packet(.up, tx: tx, rx: rx, multiplier: multiplier, demand: demand))
        actions += receive(Self.packet(.up, tx: tx, rx: rx, multiplier: multiplier, final: true, demand: demand))
        return actions
    }
}

extension [Session.Action] {
    var packets: [BFDControlPacket] {
        compactMap { if case .send(let packet) = $0 { packet } else { nil } }
    }

    var changes: [Session.Change] {
        compactMap { if case .changed(let change) = $0 { change } else { nil } }
    }
}

extension [(at: Double, action: Session.Action)] {
    /// When packets left.
    var departures: [Double] {
        compactMap { if case .send = $0.action { $0.at } else { nil } }
    }

    var packets: [BFDControlPacket] { map(\.action).packets }
    var changes: [(at: Double, to: BFDState, diagnostic: BFDDiagnostic)] {
        compactMap { if case .changed(let change) = $0.action { ($0.at, change.to, change.diagnostic) } else { nil } }
    }
}
