package import PacketFormats

extension Session {
    /// What follows from an event.
    package enum Action: Hashable, Sendable {
        case send(BFDControlPacket)
        case changed(Change)
        /// How fast packets come and go, or what is said of it, is different now.
        case timing(Timing)
    }

    /// The session is in another state.
    package struct Change: Hashable, Sendable {
        package var from: BFDState
        package var to: BFDState
        /// Why; `.none` on the way up.
        package var diagnostic: BFDDiagnostic
        /// What the other end said of its own last change.
        package var remoteDiagnostic: BFDDiagnostic
    }

    /// Both in microseconds.
    package struct Timing: Hashable, Sendable {
        /// Between packets that we send, without jitter; nil while we send none by ourselves.
        package var transmitInterval: UInt32?
        /// Without a packet for that long the session is down.
        package var detectionTime: Int64
    }
}
