package import Addresses
package import PacketFormats
package import VRRPProtocol

/// A sender of advertisements for one virtual router, as far as it was heard.
package struct SniffedSender: Sendable {
    package enum State: String, Hashable, Sendable {
        /// It advertises.
        case active
        /// Its last advertisement had priority 0.
        case resigned
        /// Its advertisements have stopped, for longer than a backup would wait.
        case silent
    }

    package let name: SniffSenderName
    /// The version that its packets say, 0 to 15.
    package let version: UInt8
    package internal(set) var state = State.active
    package internal(set) var packets = 0
    /// Packets that a receiver would not process, of all.
    package internal(set) var rejected = 0
    /// The last one that was not 0; 0 if there was none.
    package internal(set) var priority: UInt8 = 0
    /// What it announced last; nil where no packet was long enough.
    package internal(set) var interval: Duration?
    package internal(set) var gaps = GapStatistics()
    package internal(set) var addresses: [IPAddress] = []
    package internal(set) var authentication: SniffedPacket.AuthenticationSeen?
    package internal(set) var hasTrailer = false
    package internal(set) var hopLimit: UInt8 = 0
    package internal(set) var checksum: ChecksumForm?
    /// Whether this host sends it.
    package internal(set) var isOwn = false
    package internal(set) var lastHeard: Instant

    /// Its last packet, for what a receiver makes of it.
    var last: SniffedPacket?
    var password: AuthenticationPassword?
    /// Groups and hosts that it sends to.
    var destinations: [IPAddress] = []
    /// The first advertisement of those that it has sent without a break, the last, and the one before that.
    var activeSince: Instant?
    var lastAdvertisement: Instant?
    var advertisementBefore: Instant?
    /// Where those go that are counted as advertisements.
    private var countedDestination: IPAddress?

    /// Unicast reaches a few peers. Somebody who makes up more is not followed.
    private static let destinationLimit = 16

    init(_ name: SniffSenderName, version: UInt8, at now: Instant) {
        self.name = name
        self.version = version
        lastHeard = now
    }

    /// Takes in a packet of this sender. How regular it is counts only while it advertises without a break.
    mutating func hear(_ packet: SniffedPacket, priority heard: UInt8, at now: Instant) {
        packets += 1
        lastHeard = now
        last = packet
        isOwn = packet.isOutgoing
        hopLimit = packet.hopLimit
        hasTrailer = packet.hasTrailer
        authentication = packet.authentication ?? authentication
        if let password = packet.password { self.password = password }
        if case .accepted(_, let form) = packet.outcome { checksum = form }
        if case .rejected = packet.outcome { rejected += 1 }
        if !destinations.contains(packet.destination), destinations.count < Self.destinationLimit {
            destinations.append(packet.destination)
        }
        guard heard > 0 else {
            state = .resigned
            activeSince = nil
            return
        }
        if state != .active { activeSince = nil }
        state = .active
        priority = heard
        // What an advertisement with priority 0 lists does not matter to anybody.
        interval = packet.interval ?? interval
        addresses = packet.addresses
        count(packet, at: now)
    }

    private mutating func count(_ packet: SniffedPacket, at now: Instant) {
        guard activeSince != nil, let last = lastAdvertisement else {
            activeSince = now
            advertisementBefore = nil
            lastAdvertisement = now
            countedDestination = packet.destination
            return
        }
        // To several peers it sends several at once, which are one advertisement.
        guard packet.destination == countedDestination || now - last > announced * 2 else { return }
        countedDestination = packet.destination
        gaps.add(now - last)
        advertisementBefore = last
        lastAdvertisement = now
    }

    /// What it announces, or a second where that is unknown or zero.
    var announced: Duration { interval.flatMap { $0 > .zero ? $0 : nil } ?? .seconds(1) }

    /// For how long it may be silent before a backup would take over: three intervals and a skew, of which the skew is
    /// less than one.
    var downInterval: Duration { announced * 4 }

    /// Whether one hears the other: by a common group or peer, or as each other's peer.
    func reaches(_ other: SniffedSender) -> Bool {
        destinations.contains { other.destinations.contains($0) || $0 == other.name.address }
            || other.destinations.contains(name.address)
    }
}
