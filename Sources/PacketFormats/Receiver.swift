public import Addresses

/// What a virtual router demands of the advertisements that it receives.
public struct Receiver: Hashable, Sendable {
    /// Which rules decide where RFC 9568 and keepalived differ.
    public enum Policy: Hashable, Sendable {
        /// As keepalived's users expect: version 2 where it is configured, both forms of the checksum of version 3
        /// over IPv4, unicast, authentication; a first IPv6 address that is not link-local is only remarked.
        case keepalived
        /// RFC 9568 to the letter, with its errata 8298 to 8301: version 3 only, to the standard group, the checksum
        /// of IPv4 over the message only, no authentication, first IPv6 address link-local.
        case strict
    }

    /// How the routers reach each other.
    public enum Mode: Hashable, Sendable {
        /// Through a multicast group, 224.0.0.18 or ff02::12 if nothing else is configured.
        case multicast(group: IPAddress)
        /// By the addresses of the others, `unicast_peer`.
        case unicast(peers: [UnicastPeer])
    }

    /// The configured version; a packet of the other one is rejected.
    public var version: ProtocolVersion
    /// IPv4 and IPv6 with the same VRID are two virtual routers.
    public var family: AddressFamily
    /// 1 to 255.
    public var virtualRouterID: UInt8
    /// Where advertisements must come to, and with which TTL or hop limit.
    public var mode: Mode
    /// Version 2 only.
    public var authentication: Authentication = .none
    /// Nil where `auth_hmac` is not configured: then a trailer is an error of length.
    public var trailer: TrailerPolicy?
    /// The own Advertisement_Interval.
    public var interval: Duration
    /// The configured virtual addresses that are advertised.
    public var addresses: [IPAddress]
    /// Addresses of this host from which it could send: an advertisement from one of them is its own.
    public var ownAddresses: [IPAddress] = []
    /// Whether a unicast source that is no configured peer is rejected.
    public var demandsKnownPeer = true
    /// `.keepalived` if not said otherwise.
    public var policy: Policy = .keepalived
    /// False only for whoever looks at packets without having the keys, such as a reader of captures: digests and
    /// sequences are not verified then, which a remark says. Never for a router.
    public var verifiesDigests = true

    /// A receiver in multicast mode, without authentication; the rest are properties.
    public init(
        version: ProtocolVersion, family: AddressFamily, virtualRouterID: UInt8,
        interval: Duration = .seconds(1), addresses: [IPAddress] = []
    ) {
        self.version = version
        self.family = family
        self.virtualRouterID = virtualRouterID
        mode = .multicast(group: VRRPWire.group(family))
        self.interval = interval
        self.addresses = addresses
    }
}
