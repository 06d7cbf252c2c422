/// Why a received packet is not processed. The raw value is the name of the counter that it raises.
///
/// Names are those of RFC 8347 (identities under `vrrp-error`) and RFC 6527/2787 where these have one; the last
/// group is ours.
public enum Rejection: String, Error, Hashable, Sendable, CaseIterable {
    /// The packet is shorter than its headers say, or not as long as its address count demands.
    case packetLengthError = "packet-length-error"
    /// The version is unknown, or not the one configured for the virtual router.
    case versionError = "version-error"
    /// The type is not 1, ADVERTISEMENT.
    case invalidType = "invalid-type"
    /// No virtual router with this VRID is configured here; VRID 0 never is.
    case vridError = "vrid-error"
    /// TTL or hop limit is not 255, or outside of what is allowed for a unicast peer.
    case ipTTLError = "ip-ttl-error"
    /// The checksum verifies in no form that is allowed.
    case checksumError = "checksum-error"
    /// The interval is zero, or in version 2 not the configured one.
    case intervalError = "interval-error"
    /// The list of addresses is empty in version 3, or breaks the rule of RFC 9568 that its first IPv6 address is
    /// link-local (strict policy only).
    case addressListError = "address-list-error"
    /// The type of authentication is none that the protocol knows.
    case invalidAuthType = "invalid-auth-type"
    /// The type of authentication is not the configured one.
    case authTypeMismatch = "auth-type-mismatch"
    /// Password, integrity check value or HMAC is wrong, or the key is unknown.
    case authenticationFailure = "authentication-failure"

    /// The sequence number is not greater than one already accepted.
    case replayError = "replay-error"
    /// The trailer's timestamp is outside of the time window.
    case staleTimestamp = "stale-timestamp"
    /// The IP header is broken: version, header length or header checksum.
    case ipHeaderError = "ip-header-error"
    /// The IP protocol is neither VRRP nor an Authentication Header before it.
    case ipProtocolError = "ip-protocol-error"
    /// The packet is a fragment. The kernel puts fragments together before a daemon sees them.
    case fragment = "fragment"
    /// Sent to a multicast group where unicast is configured, or the other way round, or to another group.
    case destinationError = "destination-error"
    /// The source is no address of one host.
    case sourceError = "source-error"
    /// The source is an address of this host: a loop, or forged.
    case ownSource = "own-source"
    /// The source is not among the configured unicast peers.
    case unknownPeer = "unknown-peer"
}
