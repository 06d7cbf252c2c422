import Addresses

extension Receiver {
    /// Verifies the authentication of version 2 and the trailer.
    /// - Returns: The sequence of the trailer, to be remembered once the packet is accepted.
    func authenticate(
        _ datagram: Datagram, _ message: ArraySlice<UInt8>, _ layout: MessageLayout, _ header: AuthenticationHeader?,
        replay: ReplayState, at now: WallTime?, remarks: inout ReceivedAdvertisement.Remarks,
        digests: any KeyedDigests
    ) throws(Rejection) -> TrailerSequence? {
        // Cheap and without a secret, so first: what the message says about its authentication.
        if version == .v2 {
            let type = message.octet(at: 4)
            guard type <= 2 else { throw .invalidAuthType }
            guard type == authentication.type else { throw .authTypeMismatch }
        } else if header != nil {
            throw .ipProtocolError
        }
        switch authentication {
        case .password(let password) where version == .v2:
            guard header == nil else { throw .authTypeMismatch }
            guard isEqualInConstantTime(layout.authenticationData(in: message), password.octets[...]) else {
                throw .authenticationFailure
            }
        case .header(let key) where version == .v2:
            guard let header else { throw .authenticationFailure }
            guard verifiesDigests else {
                remarks.insert(.digestNotVerified)
                break
            }
            try verify(header, of: datagram, key: key, replay: replay, digests: digests)
        default:
            guard header == nil else { throw .authTypeMismatch }
        }
        return try verifyTrailer(
            of: message, layout, from: datagram.source, replay: replay, at: now, remarks: &remarks, digests: digests)
    }

    private func verify(
        _ header: AuthenticationHeader, of datagram: Datagram, key: AuthenticationPassword, replay: ReplayState,
        digests: any KeyedDigests
    ) throws(Rejection) {
        guard case .v4(let source) = datagram.source, header.securityParametersIndex == source.value else {
            throw .authenticationFailure
        }
        var isUnicast = false
        if case .unicast = mode { isUnicast = true }
        let expected = AuthenticationHeader.value(
            ipHeader: datagram.header, payload: datagram.payload, zeroingTTL: isUnicast, key: key, digests: digests)
        guard isEqualInConstantTime(header.value, expected) else { throw .authenticationFailure }
        guard header.sequence > replay.headerSequence else { throw .replayError }
    }

    private func verifyTrailer(
        of message: ArraySlice<UInt8>, _ layout: MessageLayout, from source: IPAddress, replay: ReplayState,
        at now: WallTime?, remarks: inout ReceivedAdvertisement.Remarks, digests: any KeyedDigests
    ) throws(Rejection) -> TrailerSequence? {
        guard let policy = trailer else { return nil }
        guard layout.hasTrailer else {
            guard policy.mode != .enforce else { throw .authTypeMismatch }
            remarks.insert(.unauthenticated)
            return nil
        }
        let trailer = try AuthenticationTrailer(parsing: layout.trailer(in: message))
        guard verifiesDigests else {
            remarks.insert(.digestNotVerified)
            return nil
        }
        // A stale one is dropped before the digest, so that old captures sent again cost little. Its time proves
        // nothing yet.
        if case .time(let window) = policy.antiReplay {
            if let now {
                guard abs(Int(trailer.sequence.age(at: now))) <= window else { throw .staleTimestamp }
            } else {
                remarks.insert(.freshnessUnknown)
            }
        }
        guard let key = policy.keys.first(where: { $0.id == trailer.keyID }) else { throw .authenticationFailure }
        let expected = AuthenticationTrailer.digest(
            of: message.dropLast(AuthenticationTrailer.digestLength), source: source, key: key, digests: digests)
        guard isEqualInConstantTime(trailer.digest, expected) else { throw .authenticationFailure }
        if let last = replay.trailerSequence(from: source), !hasExpired(last, at: now, policy.antiReplay) {
            guard trailer.sequence.isAfter(last) else { throw .replayError }
        }
        return trailer.sequence
    }

    /// Whether a remembered sequence lies outside the window, where it only orders what the window rejects anyway.
    /// Giving it up lets a sender back in whose clock was wrong and has been set back.
    private func hasExpired(_ last: TrailerSequence, at now: WallTime?, _ antiReplay: TrailerPolicy.AntiReplay) -> Bool
    {
        guard let now, case .time(let window) = antiReplay else { return false }
        return abs(Int(last.age(at: now))) > window
    }
}
