import Addresses
import PacketFormats
import VRRPProtocol

/// The packets of one instance's advertisements: made from the configuration as it is, and used again as long as
/// nothing in them changes.
struct AdvertisementPackets {
    /// One to the group, or one to each peer, without sequence numbers.
    private let template: [Transmission]
    /// The same with those that were sent last.
    private var transmissions: [Transmission]
    private let version: ProtocolVersion
    private let virtualRouterID: UInt8
    private let trailer: (key: TrailerKey, antiReplay: TrailerPolicy.AntiReplay)?
    private var lastSequence: TrailerSequence?
    private var identification: UInt16 = 0
    private var made: OutgoingAdvertisement?
    private var packets: [[UInt8]] = []

    init(
        _ transmissions: [Transmission], of receiver: Receiver,
        trailer: (key: TrailerKey, antiReplay: TrailerPolicy.AntiReplay)?
    ) {
        template = transmissions
        self.transmissions = transmissions
        self.trailer = trailer
        version = receiver.version
        virtualRouterID = receiver.virtualRouterID
    }

    /// Whether no two packets may be the same: sequence numbers are in them.
    var areNumbered: Bool {
        if trailer != nil { return true }
        if case .header? = transmissions.first?.authentication { return true }
        return false
    }

    /// Whether these are the same packets.
    func areAs(_ other: AdvertisementPackets) -> Bool {
        template == other.template && version == other.version && virtualRouterID == other.virtualRouterID
            && trailer?.key == other.trailer?.key && trailer?.antiReplay == other.trailer?.antiReplay
    }

    /// The packets that say this.
    ///
    /// - Parameter replay: Gives the sequence numbers of the Authentication Header.
    mutating func say(
        _ outgoing: OutgoingAdvertisement, replay: inout ReplayState, at time: () -> WallTime,
        digests: any KeyedDigests
    ) throws(EncodingError) -> [[UInt8]] {
        if made == outgoing { return packets }
        let packets = try encode(outgoing, replay: &replay, at: time, digests: digests)
        if !areNumbered {
            made = outgoing
            self.packets = packets
        }
        return packets
    }

    /// The packets of a will: they are sent later than others that will be made meanwhile, and have to be believed
    /// after those.
    ///
    /// - Parameter ahead: By how many numbers, or seconds where sequences are times.
    func lastWords(
        _ outgoing: OutgoingAdvertisement, replay: ReplayState, at time: () -> WallTime, ahead: Int,
        digests: any KeyedDigests
    ) throws(EncodingError) -> [[UInt8]] {
        guard areNumbered else {
            var unused = replay
            var copy = self
            return try copy.encode(outgoing, replay: &unused, at: time, digests: digests)
        }
        var later = self
        var numbers = replay
        for _ in 0..<ahead { _ = numbers.takeHeaderSequence() }
        return try later.encode(
            outgoing, replay: &numbers,
            at: {
                var wall = time()
                wall.seconds += Int64(ahead)
                return wall
            }, digests: digests)
    }

    private mutating func encode(
        _ outgoing: OutgoingAdvertisement, replay: inout ReplayState, at time: () -> WallTime,
        digests: any KeyedDigests
    ) throws(EncodingError) -> [[UInt8]] {
        let advertisement = Advertisement(
            version: version, virtualRouterID: virtualRouterID, priority: outgoing.priority,
            interval: outgoing.interval, addresses: outgoing.addresses)
        var packets: [[UInt8]] = []
        packets.reserveCapacity(transmissions.count)
        for place in transmissions.indices {
            if case .header = transmissions[place].authentication {
                transmissions[place].headerSequence = replay.takeHeaderSequence()
                // The kernel fills in 0, and the digest covers it.
                identification = identification == .max ? 1 : identification + 1
                transmissions[place].identification = identification
            }
            if let trailer {
                let next = TrailerSequence.next(after: lastSequence, at: time(), antiReplay: trailer.antiReplay)
                lastSequence = next
                transmissions[place].trailer = Transmission.Trailer(key: trailer.key, sequence: next)
            }
            packets.append(try transmissions[place].packet(advertisement, digests: digests))
        }
        return packets
    }
}
