import Addresses
import PacketFormats
import Reporting

/// Verdicts in words, with the numbers that they are about.
enum SniffWords {
    static func reason(_ rejection: Rejection, _ packet: SniffedPacket) -> String {
        let configured = packet.receiver
        switch rejection {
        case .packetLengthError: return "shorter or longer than its headers and its count of addresses say"
        case .versionError: return version(packet)
        case .invalidType: return "type \(packet.identity?.type ?? 0), where only 1 (advertisement) exists"
        case .vridError:
            return "no virtual router \(packet.identity?.virtualRouterID ?? 0) for \(family(packet)) is configured"
        case .ipTTLError: return "the \(hopLimit(packet)) is \(packet.hopLimit)\(allowed(packet))"
        case .checksumError:
            return configured?.policy == .strict && packet.source.family == .ipv4 && packet.identity?.version == 3
                ? "wrong over the message alone, which RFC 9568 demands" : "the checksum is wrong"
        case .intervalError:
            if packet.interval == .zero { return "the interval is zero" }
            let own = configured.map { ", and \(seconds($0.interval)) is configured" } ?? ""
            return "the interval is \(packet.interval.map(seconds) ?? "missing")\(own)"
        case .addressListError:
            return packet.addresses.isEmpty
                ? "no address is listed" : "the first address, \(packet.addresses[0]), is not link-local"
        case .invalidAuthType: return "an unknown kind of authentication"
        case .authTypeMismatch: return "it has \(seen(packet)), and \(wanted(configured)) is configured"
        case .authenticationFailure: return "the password, key or digest is wrong"
        case .replayError: return "its sequence number was used before: a packet that is sent again"
        case .staleTimestamp: return "its time is too far from the clock"
        case .ipHeaderError: return "the IP header is broken or its checksum wrong"
        case .ipProtocolError: return "IP protocol \(packet.protocolNumber) does not carry VRRP here"
        case .fragment: return "a fragment: the kernel joins fragments before a router sees the packet"
        case .destinationError: return destination(packet)
        case .sourceError: return "\(packet.source) is no address of a router"
        case .ownSource: return "it comes from an own address: a loop, or forged"
        case .unknownPeer: return "\(packet.source) is not among the configured unicast peers"
        }
    }

    static let truncated = "the capture kept too little of it: record with tcpdump -s 0"

    /// What is worth a word about an accepted packet.
    static func remarks(_ remarks: ReceivedAdvertisement.Remarks, _ packet: SniffedPacket) -> [String] {
        var words: [String] = []
        if remarks.contains(.intervalDiffers), let own = packet.receiver?.interval {
            words.append("another interval than the configured \(seconds(own))")
        }
        if remarks.contains(.addressListDiffers) { words.append("other addresses than the configured") }
        if remarks.contains(.firstAddressNotLinkLocal) { words.append("first address not link-local") }
        if remarks.contains(.reservedBitsSet) { words.append("reserved bits set") }
        if remarks.contains(.unauthenticated) { words.append("without the trailer, which is allowed") }
        if remarks.contains(.freshnessUnknown) { words.append("age unknown: the capture's clock is another") }
        if remarks.contains(.unknownPeer) { words.append("from no configured peer") }
        if remarks.contains(.digestNotVerified) { words.append("digest not verified: no key") }
        return words
    }

    /// Stable names of the same, for programs.
    static func names(_ remarks: ReceivedAdvertisement.Remarks) -> [StaticString] {
        let all: [(ReceivedAdvertisement.Remarks, StaticString)] = [
            (.intervalDiffers, "interval-differs"), (.addressListDiffers, "address-list-differs"),
            (.firstAddressNotLinkLocal, "first-address-not-link-local"), (.reservedBitsSet, "reserved-bits-set"),
            (.unauthenticated, "unauthenticated"), (.freshnessUnknown, "freshness-unknown"),
            (.unknownPeer, "unknown-peer"), (.digestNotVerified, "digest-not-verified"),
        ]
        return all.filter { remarks.contains($0.0) }.map(\.1)
    }

    static func seconds(_ interval: Duration) -> String {
        let (seconds, attoseconds) = interval.components
        let hundredths = Int(attoseconds / 10_000_000_000_000_000)
        if hundredths == 0 { return "\(seconds) s" }
        let fraction = hundredths % 10 == 0 ? "\(hundredths / 10)" : (hundredths < 10 ? "0" : "") + "\(hundredths)"
        return "\(seconds).\(fraction) s"
    }

    /// Some addresses of a list; the rest is counted.
    static func list(_ addresses: [IPAddress], limit: Int = 4) -> String {
        if addresses.isEmpty { return "no addresses" }
        let shown = addresses.prefix(limit).map(\.description).joined(separator: ", ")
        return addresses.count > limit ? "\(shown) and \(addresses.count - limit) more" : shown
    }

    // MARK: Parts

    private static func version(_ packet: SniffedPacket) -> String {
        let version = packet.identity?.version ?? 0
        if version == 2, packet.source.family == .ipv6 { return "version 2 does not exist over IPv6" }
        if ProtocolVersion(rawValue: version) == nil { return "version \(version) does not exist" }
        guard let receiver = packet.receiver, receiver.version.rawValue != version else {
            return "version \(version), where RFC 9568 knows only 3"
        }
        return "version \(version), and \(receiver.version.rawValue) is configured"
    }

    private static func hopLimit(_ packet: SniffedPacket) -> String {
        packet.source.family == .ipv4 ? "TTL" : "hop limit"
    }

    private static func allowed(_ packet: SniffedPacket) -> String {
        guard case .unicast(let peers)? = packet.receiver?.mode,
            let range = peers.first(where: { $0.address == packet.source })?.hopLimits
        else { return " and not 255: it came through a router, or is forged" }
        return ", and \(range.lowerBound) to \(range.upperBound) is configured for this peer"
    }

    private static func destination(_ packet: SniffedPacket) -> String {
        switch packet.receiver?.mode {
        case .unicast where packet.destination.isMulticast: "sent to a group, and unicast is configured"
        case .unicast: "sent by unicast, which RFC 9568 does not know"
        case .multicast(let group) where packet.destination.isMulticast:
            "sent to \(packet.destination), and not to \(packet.receiver?.policy == .strict ? VRRPWire.group(packet.source.family) : group)"
        default: "sent by unicast, and multicast is configured"
        }
    }

    private static func seen(_ packet: SniffedPacket) -> String {
        if case .unknown(let type)? = packet.authentication { return "authentication of type \(type)" }
        if packet.receiver?.trailer != nil, !packet.hasTrailer { return "no authentication trailer" }
        switch packet.authentication {
        case .password: return "a password"
        case .header: return "an Authentication Header"
        default: return "no authentication"
        }
    }

    private static func wanted(_ receiver: Receiver?) -> String {
        switch receiver?.authentication {
        case .password: "auth_type PASS"
        case .header: "auth_type AH"
        default: receiver?.trailer == nil ? "none" : "auth_hmac"
        }
    }

    static func family(_ packet: SniffedPacket) -> String {
        packet.source.family == .ipv4 ? "IPv4" : "IPv6"
    }
}

extension SniffWords {
    /// What a sender says of itself.
    static func summary(_ sender: SniffedSender) -> String {
        var parts = ["version \(sender.version)", "priority \(sender.priority)"]
        if let interval = sender.interval { parts.append("every \(seconds(interval))") }
        let authentication = authentication(sender)
        if authentication != "-" { parts.append(authentication) }
        parts.append("\(sender.name.address.family == .ipv4 ? "TTL" : "hop limit") \(sender.hopLimit)")
        parts.append(list(sender.addresses))
        return parts.joined(separator: ", ")
    }

    /// `-` for none.
    static func authentication(_ sender: SniffedSender) -> String {
        let kind =
            switch sender.authentication {
            case .password: "PASS"
            case .header: "AH"
            case .unknown(let type): "type \(type)"
            case .some(.none), nil: "-"
            }
        guard sender.hasTrailer else { return kind }
        return kind == "-" ? "HMAC" : "\(kind) HMAC"
    }

    /// Seconds to the millisecond, or milliseconds to the microsecond below one hundredth of a second.
    static func measured(_ seconds: Double) -> String {
        seconds < 0.01 ? "\(decimal(seconds * 1000, 3)) ms" : "\(decimal(seconds, 3)) s"
    }

    /// A number that is not negative, with that many digits behind the point.
    static func decimal(_ number: Double, _ digits: Int) -> String {
        let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
        guard number.isFinite, number < 1e12 else { return "?" }
        let scaled = UInt64((number * scale).rounded())
        let fraction = String(scaled % UInt64(scale))
        return "\(scaled / UInt64(scale)).\(String(repeating: "0", count: digits - fraction.count))\(fraction)"
    }
}
