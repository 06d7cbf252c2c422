import Addresses
package import CaptureFiles
package import PacketFormats

/// Judges the VRRP packets of a capture in its order, as the receivers of a configuration would: each remembers what it
/// accepted, so that what is sent again is found.
package struct SniffJudge: Sendable {
    private struct Slot: Sendable {
        var configured: SniffReceiver
        var replay = ReplayState()
    }

    private var slots: [Slot] = []
    /// Indices of slots, for each family and VRID.
    private var slotsOfRouter: [[Int]] = Array(repeating: [], count: 512)
    private let hasConfiguration: Bool
    private let groups: Set<IPAddress>
    private let policy: Receiver.Policy
    private let digests: any KeyedDigests
    /// Whether the capture's clock is known to be that of the senders, since a trailer was fresh by it.
    private var isClockConfirmed = false

    /// A trailer that is further than this from the capture's clock says nothing about the sender's: times of captures
    /// are shifted and made up.
    private static let believableSkew = 3600

    /// Protocols that are at home in every group: IGMP, ICMP, ICMPv6.
    private static let groupManagement: Set<UInt8> = [1, 2, 58]

    /// - Parameter receivers: Nil where there is no configuration: then the verdict is what a receiver would say that
    ///   is configured as the packet claims.
    package init(receivers: [SniffReceiver]?, policy: Receiver.Policy, digests: any KeyedDigests) {
        hasConfiguration = receivers != nil
        self.policy = policy
        self.digests = digests
        var groups: Set<IPAddress> = [VRRPWire.group(.ipv4), VRRPWire.group(.ipv6)]
        for configured in receivers ?? [] {
            slotsOfRouter[Self.index(configured.receiver.family, configured.receiver.virtualRouterID)]
                .append(slots.count)
            slots.append(Slot(configured: configured))
            if case .multicast(let group) = configured.receiver.mode { groups.insert(group) }
        }
        self.groups = groups
    }

    private static func index(_ family: AddressFamily, _ virtualRouterID: UInt8) -> Int {
        (family == .ipv4 ? 0 : 256) + Int(virtualRouterID)
    }

    /// Nil for a frame that is no VRRP.
    package mutating func judge(_ frame: CapturedFrame) -> SniffedPacket? {
        guard case .ip(let bytes) = frame.payload, let glance = PacketGlance(bytes), isVRRP(glance) else { return nil }
        var packet = SniffedPacket(frame, glance)
        let datagram: Datagram
        do throws(Rejection) {
            datagram = try Datagram(ipPacket: bytes)
        } catch {
            packet.outcome = error == .packetLengthError && frame.isCut ? .truncated : .rejected(error)
            nameInstance(of: &packet)
            return packet
        }
        packet.hasTrailer = packet.identity != nil && Self.hasTrailer(datagram, packet)
        judge(datagram, at: frame.time, into: &packet, on: frame.interface)
        return packet
    }

    private func isVRRP(_ glance: PacketGlance) -> Bool {
        if glance.protocolNumber == VRRPWire.protocolNumber { return true }
        if groups.contains(glance.destination) { return !Self.groupManagement.contains(glance.protocolNumber) }
        return glance.protocolNumber == VRRPWire.authenticationHeaderNumber && !glance.isLaterFragment
            && glance.payload.first == VRRPWire.protocolNumber
    }

    private static func hasTrailer(_ datagram: Datagram, _ packet: SniffedPacket) -> Bool {
        let length = datagram.family == .ipv4 ? 4 : 16
        let bare = 8 + packet.addresses.count * length + (packet.identity?.version == 2 ? 8 : 0)
        let header = datagram.protocolNumber == VRRPWire.protocolNumber ? 0 : 24
        return datagram.payload.count == header + bare + 28
            && TrailerSequence(ofTrailerBehind: datagram.payload) != nil
    }

    // MARK: Choosing who judges

    private mutating func judge(
        _ datagram: Datagram, at time: WallTime?, into packet: inout SniffedPacket, on interface: String?
    ) {
        let candidates = candidates(for: packet, on: interface)
        guard !candidates.isEmpty else {
            var stranger = hasConfiguration ? stranger(to: datagram) : matching(packet, datagram)
            stranger.policy = policy
            var replay = ReplayState()
            packet.outcome = outcome(of: datagram, by: stranger, &replay, at: time, of: packet)
            if !hasConfiguration { packet.receiver = stranger }
            return
        }
        var best: (slot: Int, outcome: SniffedPacket.Outcome, replay: ReplayState)?
        for slot in candidates {
            var replay = slots[slot].replay
            var receiver = slots[slot].configured.receiver
            if packet.isOutgoing { receiver.hearsItself(datagram) }
            let outcome = outcome(of: datagram, by: receiver, &replay, at: time, of: packet)
            if best.map({ Self.rank(outcome) > Self.rank($0.outcome) }) ?? true { best = (slot, outcome, replay) }
        }
        guard let best else { return }
        slots[best.slot].replay = best.replay
        packet.outcome = best.outcome
        packet.instance = slots[best.slot].configured.instance
        packet.receiver = slots[best.slot].configured.receiver
    }

    /// The receivers that are for the packet: of its family and VRID, and of these the ones that fit best.
    private func candidates(for packet: SniffedPacket, on interface: String?) -> [Int] {
        guard let identity = packet.identity else { return [] }
        var found = slotsOfRouter[Self.index(packet.source.family, identity.virtualRouterID)]
        func narrow(_ isWanted: (SniffReceiver) -> Bool) {
            let narrowed = found.filter { isWanted(slots[$0].configured) }
            if !narrowed.isEmpty { found = narrowed }
        }
        guard found.count > 1 else { return found }
        narrow { $0.receiver.version.rawValue == identity.version }
        narrow { $0.receiver.isMulticast == packet.destination.isMulticast }
        if let interface { narrow { $0.interface == interface } }
        return found
    }

    private func nameInstance(of packet: inout SniffedPacket) {
        guard let slot = candidates(for: packet, on: packet.interface).first else { return }
        packet.instance = slots[slot].configured.instance
        packet.receiver = slots[slot].configured.receiver
    }

    /// A host without a virtual router for this packet: it checks what it can and then says that the VRID is unknown.
    private func stranger(to datagram: Datagram) -> Receiver {
        Receiver(version: .v3, family: datagram.family, virtualRouterID: 0)
    }

    /// A receiver that is configured as the packet claims.
    private func matching(_ packet: SniffedPacket, _ datagram: Datagram) -> Receiver {
        var receiver = Receiver(
            version: packet.identity.flatMap { ProtocolVersion(rawValue: $0.version) } ?? .v3,
            family: datagram.family, virtualRouterID: packet.identity?.virtualRouterID ?? 0,
            interval: packet.interval ?? .seconds(1), addresses: packet.addresses)
        receiver.mode =
            datagram.destination.isMulticast
            ? .multicast(group: datagram.destination) : .unicast(peers: [UnicastPeer(datagram.source)])
        receiver.verifiesDigests = false
        switch packet.authentication {
        case .password: receiver.authentication = .password(AuthenticationPassword(datagram.payload.suffix(8)))
        case .header: receiver.authentication = .header(AuthenticationPassword([]))
        default: break
        }
        if packet.hasTrailer {
            receiver.trailer = TrailerPolicy(keys: [], antiReplay: .monotonic)
            if packet.authentication == .password {
                let data = datagram.payload.dropLast(28).suffix(8)
                receiver.authentication = .password(AuthenticationPassword(data))
            }
        }
        return receiver
    }

    // MARK: The verdict

    private mutating func outcome(
        of datagram: Datagram, by receiver: Receiver, _ replay: inout ReplayState, at time: WallTime?,
        of packet: SniffedPacket
    ) -> SniffedPacket.Outcome {
        var clock = time
        var comparesTimes = false
        if packet.hasTrailer, case .time? = receiver.trailer?.antiReplay {
            comparesTimes = true
            if let time, !isClockConfirmed, let sequence = TrailerSequence(ofTrailerBehind: datagram.payload),
                abs(Int(sequence.age(at: time))) > Self.believableSkew
            {
                clock = nil
            }
        }
        do throws(Rejection) {
            let received = try receiver.decode(datagram, replay: &replay, at: clock, digests: digests)
            if comparesTimes, clock != nil { isClockConfirmed = true }
            return .accepted(received.remarks, received.checksumForm)
        } catch {
            return .rejected(error)
        }
    }

    /// Among several receivers that a packet may be for, the one that likes it best is the one that it was for.
    private static func rank(_ outcome: SniffedPacket.Outcome) -> Int {
        switch outcome {
        case .accepted(let remarks, _): 1000 - remarks.rawValue.nonzeroBitCount
        case .rejected(let rejection): Rejection.inOrderOfChecks.firstIndex(of: rejection) ?? 0
        case .truncated: -1
        }
    }
}

extension Receiver {
    /// What this host sends itself is judged as its peers would: its own address is none of a loop, and it is among the
    /// peers.
    fileprivate mutating func hearsItself(_ datagram: Datagram) {
        ownAddresses = []
        if case .unicast(let peers) = mode { mode = .unicast(peers: peers + [UnicastPeer(datagram.source)]) }
    }

    fileprivate var isMulticast: Bool {
        if case .multicast = mode { true } else { false }
    }
}

extension Rejection {
    /// First what is looked for first.
    fileprivate static let inOrderOfChecks: [Rejection] = [
        .ipHeaderError, .fragment, .ipProtocolError, .invalidType, .vridError, .versionError, .sourceError, .ownSource,
        .destinationError, .ipTTLError, .unknownPeer, .packetLengthError, .invalidAuthType, .authTypeMismatch,
        .staleTimestamp, .authenticationFailure, .replayError, .checksumError, .addressListError, .intervalError,
    ]
}
