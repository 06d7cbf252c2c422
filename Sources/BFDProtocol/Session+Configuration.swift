extension Session {
    /// What an operator says of a session. Intervals are microseconds, and never 0.
    package struct Configuration: Hashable, Sendable {
        /// The least time between packets that we send while the session is up.
        package var desiredMinTx: UInt32 {
            didSet { desiredMinTx = max(desiredMinTx, 1) }
        }
        /// The least time between packets that we take.
        package var requiredMinRx: UInt32 {
            didSet { requiredMinRx = max(requiredMinRx, 1) }
        }
        /// The time between packets that we send while the session is not up: a second or more, and no less than
        /// `desiredMinTx` (section 6.8.3).
        package var idleInterval: UInt32 {
            didSet { idleInterval = max(idleInterval, Self.slowest) }
        }
        /// `bfd.DetectMult`: after how many missing packets of ours the other end goes down; 1 to 255.
        package var multiplier: UInt8 {
            didSet { multiplier = max(multiplier, 1) }
        }
        /// Whether we wait for the other end to begin (section 6.1).
        package var isPassive: Bool

        private static let slowest: UInt32 = 1_000_000

        package init(
            desiredMinTx: UInt32, requiredMinRx: UInt32, idleInterval: UInt32 = 1_000_000, multiplier: UInt8,
            isPassive: Bool = false
        ) {
            self.desiredMinTx = max(desiredMinTx, 1)
            self.requiredMinRx = max(requiredMinRx, 1)
            self.idleInterval = max(idleInterval, Self.slowest)
            self.multiplier = max(multiplier, 1)
            self.isPassive = isPassive
        }
    }
}
