import Addresses
import PacketFormats
import VRRPProtocol

extension SniffedRouter {
    /// However short the intervals are, a host may be late by this without there being two active ones.
    private static let grace = Duration.milliseconds(100)

    /// All that is wrong now.
    func causes(at now: Instant) -> [SniffAlarm.Cause] {
        var causes: [SniffAlarm.Cause] = []
        for (index, sender) in senders.enumerated() {
            if now - sender.lastHeard <= sender.downInterval { causes += sender.causes }
            for other in senders[..<index] where other.reaches(sender) {
                causes += Self.causes(between: other, and: sender, at: now)
            }
        }
        return causes
    }

    private static func causes(
        between one: SniffedSender, and other: SniffedSender, at now: Instant
    ) -> [SniffAlarm.Cause] {
        var causes: [SniffAlarm.Cause] = []
        let (first, second) = one.name < other.name ? (one.name, other.name) : (other.name, one.name)
        let mine = Set(one.addresses)
        let theirs = Set(other.addresses)
        let areStrangers = !mine.isEmpty && !theirs.isEmpty && mine.isDisjoint(with: theirs)
        if one.state == .active, other.state == .active {
            if !areStrangers, areBothActive(one, other, at: now) { causes.append(.splitBrain(first, second)) }
            if one.priority == 255, other.priority == 255, !areStrangers {
                causes.append(.duplicateOwner(first, second))
            }
        }
        if areStrangers {
            causes.append(.disjointAddresses(first, second))
        } else if mine != theirs, !mine.isEmpty, !theirs.isEmpty {
            causes.append(.addressesDiffer(first, second))
        }
        // What else is different follows from that.
        guard one.version == other.version else { return causes + [.versionsDiffer(first, second)] }
        if let mine = one.interval, let theirs = other.interval, mine != theirs {
            causes.append(.intervalsDiffer(first, second))
        }
        if let mine = one.authentication, let theirs = other.authentication, mine != theirs {
            causes.append(.authenticationDiffers(first, second))
        } else if one.hasTrailer != other.hasTrailer {
            causes.append(.authenticationDiffers(first, second))
        } else if one.authentication == .password, let mine = one.password, let theirs = other.password, mine != theirs
        {
            causes.append(.passwordsDiffer(first, second))
        }
        if let mine = one.checksum, let theirs = other.checksum, mine != theirs, one.version == 3 {
            causes.append(.checksumFormsDiffer(first, second))
        }
        return causes
    }

    /// When one takes over from another, each may have sent one more packet before it heard the other's. Where each has
    /// sent two since both advertise, and one interval has passed, neither gives way.
    private static func areBothActive(_ one: SniffedSender, _ other: SniffedSender, at now: Instant) -> Bool {
        guard let since = [one.activeSince, other.activeSince].compactMap(\.self).max(), one.activeSince != nil,
            other.activeSince != nil, let mine = one.advertisementBefore, let theirs = other.advertisementBefore
        else { return false }
        let areHeard = [one, other].allSatisfy { sender in
            sender.lastAdvertisement.map { now - $0 <= sender.announced * 2 + grace } ?? false
        }
        guard areHeard else { return false }
        let patience = max(min(one.announced, other.announced), grace)
        return mine >= since && theirs >= since && now - since >= patience * 0.9
    }
}

extension SniffedSender {
    /// What is wrong with its last packet.
    fileprivate var causes: [SniffAlarm.Cause] {
        guard let last else { return [] }
        switch last.outcome {
        case .rejected(.fragment), .truncated: return []
        case .rejected(let rejection): return [.rejected(name, rejection)]
        case .accepted(let remarks, let form):
            var causes: [SniffAlarm.Cause] = []
            // Without a configuration a packet is measured by itself.
            if last.instance != nil, priority > 0, state == .active {
                if remarks.contains(.intervalDiffers) { causes.append(.notConfiguredInterval(name)) }
                if remarks.contains(.addressListDiffers) { causes.append(.notConfiguredAddresses(name)) }
            }
            if form == .messageOnly, version == 3, name.address.family == .ipv4 {
                causes.append(.checksumOverMessage(name))
            }
            return causes
        }
    }
}
