import PacketFormats
import VRRPProtocol

// Section 6.8.7: what a packet says.
extension Session {
    /// A periodic packet now, or one that tells of a change between two of them.
    mutating func transmit(at now: Instant, _ jitter: Jitter, into actions: inout [Action]) {
        var packet = packet
        switch poll {
        case .none: break
        case .pausing: poll = .due
        case .due, .asking:
            packet.isPoll = true
            poll = .asking
        case .overtaken: packet.isPoll = true
        }
        actions.append(.send(packet))
        lastSent = now
        schedule(at: now, jitter)
    }

    /// The answer to a poll: at once, whatever else forbids to send, and besides the periodic packets.
    func answerPoll(into actions: inout [Action]) {
        var packet = packet
        packet.isFinal = true
        actions.append(.send(packet))
    }

    private var packet: BFDControlPacket {
        var packet = BFDControlPacket(
            state: state, detectMultiplier: configuration.multiplier, myDiscriminator: localDiscriminator,
            yourDiscriminator: remoteDiscriminator, desiredMinTx: desiredMinTx, requiredMinRx: requiredMinRx)
        packet.diagnostic = diagnostic
        return packet
    }
}
