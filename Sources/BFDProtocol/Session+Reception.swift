import PacketFormats
import VRRPProtocol

// Sections 6.2 and 6.8.6: what a packet does to the session, and what it does when none comes.
extension Session {
    mutating func receive(
        _ packet: BFDControlPacket, at now: Instant, _ jitter: Jitter, into actions: inout [Action]
    ) {
        let before = timing
        remoteDiscriminator = packet.myDiscriminator
        remoteState = packet.state
        remoteDiagnostic = packet.diagnostic
        remoteDemands = packet.isDemand
        remoteMinRx = packet.requiredMinRx
        remoteMinTx = packet.desiredMinTx
        remoteMultiplier = packet.detectMultiplier
        lastHeard = now
        if packet.isFinal { endPoll() }
        retime(from: before, at: now, jitter, into: &actions)
        switch (packet.state, state) {
        case (.adminDown, .initializing), (.adminDown, .up), (.down, .up):
            change(to: .down, .neighbourSignaledDown, at: now, jitter, into: &actions)
        case (.down, .down): change(to: .initializing, .none, at: now, jitter, into: &actions)
        case (.initializing, .down), (.initializing, .initializing), (.up, .initializing):
            change(to: .up, .none, at: now, jitter, into: &actions)
        case (.adminDown, .down), (.up, .down), (.down, .initializing), (.initializing, .up), (.up, .up),
            (_, .adminDown):
            // A passive session begins with what it hears, and one that was told 0 with what is more.
            if nextTransmission == nil { schedule(at: now, jitter) }
        }
        if packet.isPoll { answerPoll(into: &actions) }
    }

    /// Section 6.8.4, and 6.8.1 of `bfd.RemoteDiscr`: nothing has come for as long as the detection time.
    mutating func expire(at now: Instant, _ jitter: Jitter, into actions: inout [Action]) {
        if state == .up || state == .initializing {
            // The packet that says so still has the other end's discriminator: it is most useful there if nothing is
            // wrong in that direction, and bfdd heeds no Down without one while it is up.
            change(to: .down, .detectionTimeExpired, at: now, jitter, forgets: true, into: &actions)
        } else {
            forgetRemote()
            schedule(at: now, jitter)
        }
    }

    /// As before the first packet. A minimum that the other end gave does not outlive it: with 0 there, two ends could
    /// wait for each other for ever.
    mutating func forgetRemote() {
        remoteState = .down
        remoteDiscriminator = 0
        remoteDemands = false
        remoteMinRx = 1
        remoteMinTx = 0
        remoteMultiplier = 0
        lastHeard = nil
        detectionDeadline = nil
    }

    /// Another state, and a packet that says so at once.
    ///
    /// - Parameter forgets: Whether nothing is known of the other end after that packet.
    mutating func change(
        to new: BFDState, _ reason: BFDDiagnostic, at now: Instant, _ jitter: Jitter, forgets: Bool = false,
        into actions: inout [Action]
    ) {
        let old = state
        guard new != old else { return }
        let before = timing
        state = new
        // On the way up the reason for the last loss is still of interest.
        if new != .initializing { diagnostic = reason }
        poll = .none
        if new == .up {
            // Faster is allowed at once; a minimum for what we receive was said in each packet.
            adopt(minTx: desiredMinTx, minRx: requiredMinRx)
            beginPoll()
        } else {
            minTxInUse = desiredMinTx
            minRxInUse = requiredMinRx
        }
        actions.append(
            .changed(Change(from: old, to: new, diagnostic: reason, remoteDiagnostic: remoteDiagnostic)))
        if mayTransmit {
            transmit(at: now, jitter, into: &actions)
        } else {
            nextTransmission = nil
        }
        if forgets {
            forgetRemote()
            schedule(at: now, jitter)
        }
        awaitPacket()
        if new != .adminDown, timing != before { actions.append(.timing(timing)) }
    }
}
