public import Addresses

/// A VRRP advertisement (RFC 9568, 5.2; RFC 3768, 5.3) without what is outside of it: IP header, checksum and
/// authentication.
public struct Advertisement: Hashable, Sendable {
    /// Decides the layout of the message: RFC 3768, 5.1 or RFC 9568, 5.1.
    public var version: ProtocolVersion
    /// 1 to 255.
    public var virtualRouterID: UInt8
    /// 0 when the active router resigns, 255 from the owner of the addresses, 1 to 254 otherwise.
    public var priority: UInt8
    /// Version 2: whole seconds, 1 to 255. Version 3: hundredths of a second, 0.01 to 40.95 s.
    public var interval: Duration
    /// The virtual router's addresses in the configured order, at most 255, all of the family of the IP header.
    public var addresses: [IPAddress]

    /// Nothing is checked here; encoding throws what cannot be carried.
    public init(
        version: ProtocolVersion, virtualRouterID: UInt8, priority: UInt8, interval: Duration, addresses: [IPAddress]
    ) {
        self.version = version
        self.virtualRouterID = virtualRouterID
        self.priority = priority
        self.interval = interval
        self.addresses = addresses
    }
}
