import Addresses

extension Transmission {
    /// The whole IP packet that carries the advertisement.
    /// - Throws: What the version or the packet cannot carry.
    public func packet(
        _ advertisement: Advertisement, digests: any KeyedDigests
    ) throws(EncodingError) -> [UInt8] {
        let message = try message(advertisement, digests: digests)
        var bytes: [UInt8] = []
        switch (source, destination) {
        case (.v4(let source), .v4(let destination)):
            var extra = 0
            if case .header = authentication { extra = AuthenticationHeader.length }
            var header = IPv4Header(
                source: source, destination: destination,
                totalLength: UInt16(truncatingIfNeeded: 20 + extra + message.count))
            header.typeOfService = trafficClass
            header.identification = identification
            header.dontFragment = dontFragment
            header.timeToLive = hopLimit
            if extra > 0 { header.protocolNumber = VRRPWire.authenticationHeaderNumber }
            bytes.reserveCapacity(header.length + extra + message.count)
            header.write(into: &bytes)
            if extra > 0 { AuthenticationHeader.write(source: source, sequence: headerSequence, into: &bytes) }
            bytes += message
            if case .header(let key) = authentication {
                AuthenticationHeader.sign(
                    &bytes, headerLength: header.length, zeroingTTL: !destination.isMulticast, key: key,
                    digests: digests)
            }
        case (.v6(let source), .v6(let destination)):
            var header = IPv6Header(
                source: source, destination: destination, payloadLength: UInt16(truncatingIfNeeded: message.count))
            header.trafficClass = trafficClass
            header.flowLabel = flowLabel
            header.hopLimit = hopLimit
            bytes.reserveCapacity(IPv6Header.length + message.count)
            header.write(into: &bytes)
            bytes += message
        default:
            throw .mixedFamilies
        }
        return bytes
    }

    /// The VRRP message with its checksum, and the trailer if there is one: what an IPv6 raw socket is given, and what
    /// follows the IPv4 header where there is no Authentication Header.
    public func message(_ advertisement: Advertisement, digests: any KeyedDigests) throws(EncodingError) -> [UInt8] {
        try check(advertisement)
        let family = source.family
        var bytes: [UInt8] = []
        bytes.append(advertisement.version.rawValue << 4 | VRRPWire.advertisementType)
        bytes.append(advertisement.virtualRouterID)
        bytes.append(advertisement.priority)
        bytes.append(UInt8(truncatingIfNeeded: advertisement.addresses.count))
        bytes.append(word: try Self.intervalField(of: advertisement, authentication))
        bytes.append(word: 0)
        for address in advertisement.addresses { bytes.append(address: address) }
        if advertisement.version == .v2 {
            if case .password(let password) = authentication {
                bytes += password.octets
            } else {
                bytes.append(contentsOf: repeatElement(0, count: VRRPWire.authenticationDataLength))
            }
        }
        let messageLength = bytes.count
        if let trailer {
            AuthenticationTrailer.write(
                trailer, source: source, messageLength: messageLength, into: &bytes, digests: digests)
        }
        let coversPseudoHeader = family == .ipv6 || advertisement.version == .v3 && checksumForm == .pseudoHeader
        // Over IPv6 the kernel puts the checksum over the trailer too; the trailer reads it as zero.
        let covered = family == .ipv6 ? bytes[...] : bytes.prefix(messageLength)
        var checksum = InternetChecksum()
        if coversPseudoHeader {
            checksum.addPseudoHeader(
                source: source, destination: destination, length: covered.count, nextHeader: VRRPWire.protocolNumber)
        }
        checksum.add(covered)
        bytes.put(word: checksum.value, at: 6)
        return bytes
    }

    private func check(_ advertisement: Advertisement) throws(EncodingError) {
        let family = source.family
        guard destination.family == family, advertisement.addresses.allSatisfy({ $0.family == family }) else {
            throw .mixedFamilies
        }
        guard advertisement.virtualRouterID != 0 else { throw .invalidVirtualRouterID }
        guard advertisement.addresses.count <= 255 else { throw .tooManyAddresses }
        switch advertisement.version {
        case .v2:
            guard family == .ipv4 else { throw .versionNeedsIPv4 }
        case .v3:
            guard permitsEmptyList || !advertisement.addresses.isEmpty else { throw .noAddresses }
            guard authentication == .none else { throw .authenticationNotPossible }
        }
    }

    /// Octets 4 and 5: type of authentication and seconds, or four reserved bits and hundredths of a second.
    private static func intervalField(
        of advertisement: Advertisement, _ authentication: Authentication
    ) throws(EncodingError) -> UInt16 {
        let unit: Duration = advertisement.version == .v2 ? .seconds(1) : .milliseconds(10)
        let limit = advertisement.version == .v2 ? 255 : 4095
        guard advertisement.interval > .zero, advertisement.interval <= unit * limit else {
            throw .intervalOutOfRange
        }
        let units = Int((advertisement.interval / unit).rounded())
        guard unit * units == advertisement.interval else { throw .intervalOutOfRange }
        let field = UInt16(truncatingIfNeeded: units)
        return advertisement.version == .v2 ? UInt16(authentication.type) << 8 | field : field
    }
}
