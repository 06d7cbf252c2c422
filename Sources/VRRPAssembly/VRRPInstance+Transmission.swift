package import Addresses
package import KeepalivedConfig
package import PacketFormats

extension VRRPInstance {
    /// The packet around the advertisements of this instance, to the multicast group or to a peer.
    package func transmission(
        in global: GlobalDefinitions, from source: IPAddress, to peer: IPAddress? = nil
    ) -> Transmission {
        var transmission = Transmission(from: source, to: peer ?? multicastGroup(in: global))
        if isUnicast { transmission.hopLimit = UInt8(clamping: unicastTTL.value) }
        // RFC 9568 sums up the message only; keepalived and most others read RFC 5798 as with the pseudo-header.
        if checksumAsV2.value || isStrict.value { transmission.checksumForm = .messageOnly }
        transmission.authentication = packetAuthentication
        transmission.permitsEmptyList = needsNoAddress.value
        return transmission
    }

    /// The key that trailers are sent with: the active one, or the first. None while others are only listened to.
    package var sendingKey: (key: TrailerKey, antiReplay: TrailerPolicy.AntiReplay)? {
        guard let policy = trailerPolicy, policy.mode != .receiveOnly else { return nil }
        let active = messageAuthentication?.activeKey.value
        let key = active.flatMap { id in policy.keys.first { Int($0.id) == id } } ?? policy.keys.first
        return key.map { ($0, policy.antiReplay) }
    }
}
