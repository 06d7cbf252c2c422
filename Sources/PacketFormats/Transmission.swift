public import Addresses

/// How an advertisement goes out: everything in the packet besides the advertisement itself.
public struct Transmission: Hashable, Sendable {
    /// The primary address of the interface; for IPv6 its link-local address.
    public var source: IPAddress
    public var destination: IPAddress
    public var hopLimit: UInt8 = VRRPWire.hopLimit
    public var trafficClass: UInt8 = VRRPWire.trafficClass
    /// IPv4 only. keepalived counts its packets from 1.
    public var identification: UInt16 = 0
    /// IPv4 only.
    public var dontFragment = false
    /// IPv6 only, 20 bits.
    public var flowLabel: UInt32 = 0
    /// The form for version 3 over IPv4; version 2 and IPv6 have no choice.
    public var checksumForm: ChecksumForm = .pseudoHeader
    public var authentication: Authentication = .none
    /// The sequence number of the Authentication Header, from `ReplayState.takeHeaderSequence`.
    public var headerSequence: UInt32 = 0
    public var trailer: Trailer?
    /// Whether version 3 may list no address, as keepalived does with `no_virtual_ipaddress`.
    public var permitsEmptyList = false

    /// An authentication trailer to be made.
    public struct Trailer: Hashable, Sendable {
        public var key: TrailerKey
        public var sequence: TrailerSequence

        public init(key: TrailerKey, sequence: TrailerSequence) {
            self.key = key
            self.sequence = sequence
        }
    }

    public init(from source: IPAddress, to destination: IPAddress) {
        self.source = source
        self.destination = destination
    }
}
