package import PacketFormats
package import VRRPProtocol

/// A session of bidirectional forwarding detection in asynchronous mode: RFC 5880, section 6.8.
///
/// An event and an instant go in, actions come out, in the order in which they are to be carried out. The session's
/// deadlines are inside of its state: whoever runs it calls `handle(.timeReached)` at `deadline`.
package struct Session: Sendable {
    package internal(set) var configuration: Configuration
    /// `bfd.LocalDiscr`: not 0, and no other session's here.
    package let localDiscriminator: UInt32

    // MARK: State variables (section 6.8.1)

    /// `bfd.SessionState`.
    package internal(set) var state = BFDState.down
    /// `bfd.RemoteSessionState`.
    package internal(set) var remoteState = BFDState.down
    /// `bfd.RemoteDiscr`; 0 as long as nothing is heard.
    package internal(set) var remoteDiscriminator: UInt32 = 0
    /// `bfd.LocalDiag`.
    package internal(set) var diagnostic = BFDDiagnostic.none
    /// The diagnostic in the last packet of the other end.
    package internal(set) var remoteDiagnostic = BFDDiagnostic.none
    /// `bfd.RemoteMinRxInterval`, in microseconds.
    package internal(set) var remoteMinRx: UInt32 = 1
    /// `Desired Min TX Interval` of the other end's last packet, in microseconds.
    package internal(set) var remoteMinTx: UInt32 = 0
    /// `Detect Mult` of the other end's last packet; 0 before the first.
    package internal(set) var remoteMultiplier: UInt8 = 0
    /// `bfd.RemoteDemandMode`.
    package internal(set) var remoteDemands = false

    // MARK: Timing

    /// The poll sequence (section 6.5) that this end goes through.
    var poll = Poll.none
    /// What transmission goes by while a larger value is on its way to the other end (section 6.8.3).
    var minTxInUse: UInt32
    /// What detection goes by while a smaller value is on its way to the other end (section 6.8.3).
    var minRxInUse: UInt32
    var lastSent: Instant?
    var lastHeard: Instant?
    /// When the next periodic packet leaves; nil while none may.
    package internal(set) var nextTransmission: Instant?
    /// When the session goes down, or forgets the other end, if nothing comes; nil if nothing is waited for.
    package internal(set) var detectionDeadline: Instant?
    private(set) var isStarted = false

    enum Poll: Hashable, Sendable {
        case none
        /// One packet without the Poll bit has to leave before the sequence begins, so that an answer to the last one
        /// is not taken for one to it.
        case pausing
        /// The next packet is its first.
        case due
        /// Packets have the bit.
        case asking
        /// They have it, and what they say has changed since the first of them: an answer may be to the older one.
        case overtaken
    }

    /// - Parameter localDiscriminator: Not 0. Hard to guess, and another one for each session.
    package init(_ configuration: Configuration, localDiscriminator: UInt32) {
        self.configuration = configuration
        self.localDiscriminator = max(localDiscriminator, 1)
        minTxInUse = configuration.idleInterval
        minRxInUse = configuration.requiredMinRx
    }

    /// When `handle(.timeReached)` has to be called; nil for not at all.
    package var deadline: Instant? {
        guard let nextTransmission, let detectionDeadline else { return nextTransmission ?? detectionDeadline }
        return min(nextTransmission, detectionDeadline)
    }

    /// Whether packets pass in both directions.
    package var isUp: Bool { state == .up }

    /// Takes an event.
    ///
    /// - Parameters:
    ///   - now: Not earlier than at the last call.
    ///   - jitter: Drawn anew for each call.
    package mutating func handle(_ event: Event, at now: Instant, jitter: Jitter, into actions: inout [Action]) {
        switch event {
        case .start:
            guard !isStarted else { return }
            isStarted = true
            if state == .down {
                if mayTransmit { transmit(at: now, jitter, into: &actions) }
            } else {
                change(to: .down, .none, at: now, jitter, into: &actions)
            }
        case .stop:
            guard isStarted else { return }
            change(to: .adminDown, .administrativelyDown, at: now, jitter, into: &actions)
            isStarted = false
            forgetRemote()
            nextTransmission = nil
        case .received(let packet):
            guard isStarted else { return }
            receive(packet, at: now, jitter, into: &actions)
        case .timeReached:
            guard isStarted else { return }
            if let detectionDeadline, detectionDeadline <= now { expire(at: now, jitter, into: &actions) }
            if let nextTransmission, nextTransmission <= now { transmit(at: now, jitter, into: &actions) }
        case .reconfigured(let configuration):
            reconfigure(to: configuration, at: now, jitter, into: &actions)
        }
    }
}
