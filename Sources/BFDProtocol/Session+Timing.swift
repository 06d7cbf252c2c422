import PacketFormats
import VRRPProtocol

// Sections 6.8.2 to 6.8.4 and 6.8.7: how fast packets leave, and how long to wait for those of the other end.
extension Session {
    /// `bfd.DesiredMinTxInterval`: slow until the session is up.
    package var desiredMinTx: UInt32 {
        state == .up ? configuration.desiredMinTx : max(configuration.idleInterval, configuration.desiredMinTx)
    }

    /// `bfd.RequiredMinRxInterval`.
    package var requiredMinRx: UInt32 { configuration.requiredMinRx }

    /// Microseconds between our packets, without jitter.
    package var transmitInterval: UInt32 { max(minTxInUse, remoteMinRx) }

    /// Microseconds without a packet after which the session is down, by what the other end has said; 0 before it has
    /// said anything.
    package var detectionTime: Int64 { Int64(remoteMultiplier) * Int64(max(minRxInUse, remoteMinTx)) }

    package var timing: Timing {
        Timing(transmitInterval: mayTransmit ? transmitInterval : nil, detectionTime: detectionTime)
    }

    /// Whether there may be periodic packets at all (section 6.8.7).
    var mayTransmit: Bool {
        guard isStarted else { return false }
        if configuration.isPassive, remoteDiscriminator == 0 { return false }
        if remoteMinRx == 0 { return false }
        return !(remoteDemands && state == .up && remoteState == .up && poll == .none)
    }

    /// Plans the next periodic packet: never later than an interval after the last one, also where the interval has just
    /// become shorter (section 6.8.3).
    mutating func schedule(at now: Instant, _ jitter: Jitter) {
        guard mayTransmit else {
            nextTransmission = nil
            return
        }
        let wait = jitter.applied(to: transmitInterval, multiplier: configuration.multiplier)
        nextTransmission = lastSent.map { max($0 + .microseconds(wait), now) } ?? now
    }

    /// Waits for the other end's next packet.
    mutating func awaitPacket() {
        guard let lastHeard, remoteMultiplier > 0 else {
            detectionDeadline = nil
            return
        }
        detectionDeadline = lastHeard + .microseconds(detectionTime)
    }

    /// Intervals have changed, ours or the other end's: what leaves and what is waited for goes by them from now on.
    mutating func retime(from before: Timing, at now: Instant, _ jitter: Jitter, into actions: inout [Action]) {
        awaitPacket()
        let after = timing
        guard after != before else { return }
        if after.transmitInterval != before.transmitInterval { schedule(at: now, jitter) }
        actions.append(.timing(after))
    }

    /// Takes other values for what this end says of itself. While the session is up, packets go on at the old rate, and
    /// the other end's are waited for by it, until the other end knows the new one, where it would be wrong otherwise.
    mutating func adopt(minTx: UInt32, minRx: UInt32) {
        guard state == .up else {
            minTxInUse = minTx
            minRxInUse = minRx
            return
        }
        minTxInUse = min(minTxInUse, minTx)
        minRxInUse = max(minRxInUse, minRx)
    }

    mutating func beginPoll() {
        switch poll {
        case .none: poll = .due
        case .asking: poll = .overtaken
        case .pausing, .due, .overtaken: break
        }
    }

    /// An answer has come.
    mutating func endPoll() {
        switch poll {
        case .asking:
            poll = .none
            minTxInUse = desiredMinTx
            minRxInUse = requiredMinRx
        case .overtaken: poll = .pausing
        case .none, .pausing, .due: break
        }
    }

    mutating func reconfigure(
        to new: Configuration, at now: Instant, _ jitter: Jitter, into actions: inout [Action]
    ) {
        let before = configuration
        guard new != before else { return }
        let (oldTx, oldRx) = (desiredMinTx, requiredMinRx)
        configuration = new
        guard isStarted else {
            minTxInUse = desiredMinTx
            minRxInUse = requiredMinRx
            return
        }
        if (desiredMinTx, requiredMinRx) != (oldTx, oldRx) {
            adopt(minTx: desiredMinTx, minRx: requiredMinRx)
            if state == .up { beginPoll() }
        }
        awaitPacket()
        schedule(at: now, jitter)
        actions.append(.timing(timing))
    }
}
