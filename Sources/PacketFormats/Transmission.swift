public import Addresses

/// How an advertisement goes out: everything in the packet besides the advertisement itself.
public struct Transmission: Hashable, Sendable {
    /// The primary address of the interface; for IPv6 its link-local address.
    public var source: IPAddress
    /// The multicast group, or a peer's address; of the family of the source.
    public var destination: IPAddress
    /// The TTL or hop limit, 0 to 255; 255 to a multicast group (RFC 9568, 5.1.1.3 and 5.1.2.3).
    public var hopLimit: UInt8 = VRRPWire.hopLimit
    /// The type of service or traffic class.
    public var trafficClass: UInt8 = VRRPWire.trafficClass
    /// IPv4 only. keepalived counts its packets from 1.
    public var identification: UInt16 = 0
    /// IPv4 only.
    public var dontFragment = false
    /// IPv6 only, 20 bits.
    public var flowLabel: UInt32 = 0
    /// The form for version 3 over IPv4; version 2 and IPv6 have no choice.
    public var checksumForm: ChecksumForm = .pseudoHeader
    /// Version 2 only.
    public var authentication: Authentication = .none
    /// The sequence number of the Authentication Header, from `ReplayState.takeHeaderSequence`.
    public var headerSequence: UInt32 = 0
    /// `auth_hmac`; nil for none.
    public var trailer: Trailer?
    /// Whether version 3 may list no address, as keepalived does with `no_virtual_ipaddress`.
    public var permitsEmptyList = false

    /// An authentication trailer to be made.
    public struct Trailer: Hashable, Sendable {
        /// The key that signs; receivers find it by its id.
        public var key: TrailerKey
        /// From `TrailerSequence.next`: greater than all that were sent with the key.
        public var sequence: TrailerSequence

        /// A trailer that `key` signs.
        public init(key: TrailerKey, sequence: TrailerSequence) {
            self.key = key
            self.sequence = sequence
        }
    }

    /// A transmission with the values of an advertisement by multicast, without authentication.
    public init(from source: IPAddress, to destination: IPAddress) {
        self.source = source
        self.destination = destination
    }
}
