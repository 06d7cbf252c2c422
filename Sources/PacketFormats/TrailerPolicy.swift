/// How a receiver treats the authentication trailer: keepalived's block `auth_hmac`.
public struct TrailerPolicy: Hashable, Sendable {
    /// What becomes of a message without a trailer. A trailer that is there is verified in every mode.
    public enum Mode: Hashable, Sendable {
        /// It is rejected.
        case enforce
        /// It is accepted: routers are being changed over, and this one already sends trailers.
        case permissive
        /// It is accepted, and this router sends none itself: the first step of a change-over.
        case receiveOnly
    }

    /// What protects from replay, besides the growing sequence of each sender.
    public enum AntiReplay: Hashable, Sendable {
        /// The trailer's time is at most this many seconds from the receiver's clock, 1 to 300.
        case time(window: Int)
        /// Nothing: clocks may differ.
        case monotonic
    }

    /// At most one for each id.
    public var keys: [TrailerKey]
    /// `.enforce` if not said otherwise.
    public var mode: Mode
    /// What an old packet is told by.
    public var antiReplay: AntiReplay

    /// A policy; the keys are searched by their id.
    public init(keys: [TrailerKey], mode: Mode = .enforce, antiReplay: AntiReplay) {
        self.keys = keys
        self.mode = mode
        self.antiReplay = antiReplay
    }
}
