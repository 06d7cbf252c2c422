import Addresses

extension Receiver {
    /// Judges a received packet as this virtual router would.
    ///
    /// The checks go from cheap to dear, and nothing of the message is used before it is authenticated: length, version,
    /// type, VRID, configured version, destination and source, TTL, exact length, authentication, checksum, content.
    ///
    /// - Parameters:
    ///   - replay: What was accepted before. It is changed only if the packet is accepted.
    ///   - now: The receiver's clock, for the time window of trailers. Nil where there is none to compare with: then
    ///     trailers are only held to their sequence, which a remark says.
    ///   - digests: Used only where authentication by a digest is configured.
    /// - Throws: The first check that failed.
    public func decode(
        _ datagram: Datagram, replay: inout ReplayState, at now: WallTime? = nil, digests: any KeyedDigests
    ) throws(Rejection) -> ReceivedAdvertisement {
        let (message, header) = try openEnvelope(datagram)
        try checkIdentity(of: message, in: datagram)
        try checkAddresses(of: datagram)

        var remarks: ReceivedAdvertisement.Remarks = []
        if case .unicast(let peers) = mode, !peers.contains(where: { $0.address == datagram.source }) {
            remarks.insert(.unknownPeer)
        }
        let layout = try MessageLayout(
            of: message, family: family, mayHaveTrailer: trailer != nil && policy == .keepalived)
        let trailerSequence = try authenticate(
            datagram, message, layout, header, replay: replay, at: now, remarks: &remarks, digests: digests)
        let form = try verifiedChecksumForm(of: message, layout, in: datagram)
        let advertisement = try readContent(of: message, layout, remarks: &remarks)

        if let header, verifiesDigests { replay.accept(headerSequence: header.sequence) }
        if let trailerSequence { replay.accept(trailerSequence, from: datagram.source) }
        return ReceivedAdvertisement(
            advertisement: advertisement, source: datagram.source, destination: datagram.destination,
            hopLimit: datagram.hopLimit, checksumForm: form, remarks: remarks)
    }

    /// As `decode(_:replay:at:digests:)`, for a packet that begins with its IP header.
    public func decode(
        ipPacket: ArraySlice<UInt8>, replay: inout ReplayState, at now: WallTime? = nil, digests: any KeyedDigests
    ) throws(Rejection) -> ReceivedAdvertisement {
        try decode(Datagram(ipPacket: ipPacket), replay: &replay, at: now, digests: digests)
    }

    /// The VRRP message, and the Authentication Header before it if there is one.
    private func openEnvelope(
        _ datagram: Datagram
    ) throws(Rejection) -> (message: ArraySlice<UInt8>, header: AuthenticationHeader?) {
        switch datagram.protocolNumber {
        case VRRPWire.protocolNumber:
            return (datagram.payload, nil)
        case VRRPWire.authenticationHeaderNumber where datagram.family == .ipv4 && policy == .keepalived:
            // The header is covered by the integrity check value; a datagram made by hand may have none.
            guard datagram.header.count >= 20 else { throw .ipHeaderError }
            let header = try AuthenticationHeader(parsing: datagram.payload)
            return (datagram.payload.dropFirst(AuthenticationHeader.length), header)
        default:
            throw .ipProtocolError
        }
    }

    private func checkIdentity(of message: ArraySlice<UInt8>, in datagram: Datagram) throws(Rejection) {
        guard message.count >= VRRPWire.headerLength else { throw .packetLengthError }
        guard let version = ProtocolVersion(rawValue: message.octet(at: 0) >> 4) else { throw .versionError }
        guard message.octet(at: 0) & 0xf == VRRPWire.advertisementType else { throw .invalidType }
        guard virtualRouterID != 0, message.octet(at: 1) == virtualRouterID, datagram.family == family else {
            throw .vridError
        }
        guard version == self.version, version == .v3 || family == .ipv4, version == .v3 || policy == .keepalived
        else { throw .versionError }
    }

    private func checkAddresses(of datagram: Datagram) throws(Rejection) {
        guard !datagram.source.isMulticast, !datagram.source.isUnspecified, !datagram.source.isLimitedBroadcast else {
            throw .sourceError
        }
        guard !ownAddresses.contains(datagram.source) else { throw .ownSource }
        switch mode {
        case .multicast(let group):
            let wanted = policy == .strict ? VRRPWire.group(family) : group
            guard datagram.destination == wanted else { throw .destinationError }
            guard datagram.hopLimit == VRRPWire.hopLimit else { throw .ipTTLError }
        case .unicast(let peers):
            guard policy == .keepalived, !datagram.destination.isMulticast else { throw .destinationError }
            guard let peer = peers.first(where: { $0.address == datagram.source }) else {
                if demandsKnownPeer { throw .unknownPeer }
                return
            }
            if let allowed = peer.hopLimits, !allowed.contains(datagram.hopLimit) { throw .ipTTLError }
        }
    }

    private func verifiedChecksumForm(
        of message: ArraySlice<UInt8>, _ layout: MessageLayout, in datagram: Datagram
    ) throws(Rejection) -> ChecksumForm {
        let bare = message.prefix(layout.messageLength)
        if family == .ipv6 {
            // The kernel of the sender computes it, over all that is behind the IP header: a trailer is in it.
            if Self.verifies(message, from: datagram, .pseudoHeader) { return .pseudoHeader }
            if layout.hasTrailer, Self.verifies(bare, from: datagram, .pseudoHeader) { return .pseudoHeader }
            throw .checksumError
        }
        if Self.verifies(bare, from: datagram, .messageOnly) { return .messageOnly }
        if version == .v3, policy == .keepalived, Self.verifies(bare, from: datagram, .pseudoHeader) {
            return .pseudoHeader
        }
        throw .checksumError
    }

    private static func verifies(_ message: ArraySlice<UInt8>, from datagram: Datagram, _ form: ChecksumForm) -> Bool {
        var checksum = InternetChecksum()
        if form == .pseudoHeader {
            checksum.addPseudoHeader(
                source: datagram.source, destination: datagram.destination, length: message.count,
                nextHeader: VRRPWire.protocolNumber)
        }
        checksum.add(message)
        return checksum.value == 0
    }

    private func readContent(
        of message: ArraySlice<UInt8>, _ layout: MessageLayout, remarks: inout ReceivedAdvertisement.Remarks
    ) throws(Rejection) -> Advertisement {
        let advertisement = layout.advertisement(in: message)
        guard advertisement.interval > .zero else { throw .intervalError }
        switch version {
        case .v2:
            guard advertisement.interval == interval else { throw .intervalError }
        case .v3:
            guard layout.count > 0 else { throw .addressListError }
            if advertisement.interval != interval { remarks.insert(.intervalDiffers) }
            if message.octet(at: 4) & 0xf0 != 0 { remarks.insert(.reservedBitsSet) }
        }
        if family == .ipv6, case .v6(let first)? = advertisement.addresses.first, !first.isLinkLocal {
            guard policy == .keepalived else { throw .addressListError }
            remarks.insert(.firstAddressNotLinkLocal)
        }
        if advertisement.addresses != addresses, advertisement.addresses.sorted() != addresses.sorted() {
            remarks.insert(.addressListDiffers)
        }
        return advertisement
    }
}
