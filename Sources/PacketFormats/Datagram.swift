public import Addresses

/// A received IP packet as far as VRRP looks at it.
public struct Datagram: Hashable, Sendable {
    /// The sender, of the same family as the destination.
    public var source: IPAddress
    /// A multicast group, or an address of this host.
    public var destination: IPAddress
    /// The TTL or hop limit with which it arrived.
    public var hopLimit: UInt8
    /// The IP protocol number of the payload; behind extension headers the one of the last of them.
    public var protocolNumber: UInt8
    /// The IPv4 header with its options, which the Authentication Header covers. Empty for IPv6.
    public var header: ArraySlice<UInt8>
    /// What the IP header says is its payload: padding of the link layer is not in it.
    public var payload: ArraySlice<UInt8>

    /// What an IPv6 raw socket hands over: the kernel keeps the header and gives its fields beside the payload.
    public init(
        source: IPv6Address, destination: IPv6Address, hopLimit: UInt8,
        protocolNumber: UInt8 = VRRPWire.protocolNumber, payload: ArraySlice<UInt8>
    ) {
        self.source = .v6(source)
        self.destination = .v6(destination)
        self.hopLimit = hopLimit
        self.protocolNumber = protocolNumber
        header = []
        self.payload = payload
    }

    /// Reads a packet that begins with its IPv4 or IPv6 header: from an IPv4 raw socket or from a capture. Octets
    /// behind the length in the header are ignored.
    /// - Throws: `.packetLengthError`, `.ipHeaderError` or `.fragment`.
    public init(ipPacket packet: ArraySlice<UInt8>) throws(Rejection) {
        guard let first = packet.first else { throw .packetLengthError }
        if first >> 4 == 6 {
            let fixed = try IPv6Header(parsing: packet)
            source = .v6(fixed.source)
            destination = .v6(fixed.destination)
            hopLimit = fixed.hopLimit
            header = []
            payload = packet.dropFirst(IPv6Header.length).prefix(Int(fixed.payloadLength))
            protocolNumber = try IPv6ExtensionHeaders.skip(fixed.nextHeader, in: &payload)
        } else {
            let fixed = try IPv4Header(parsing: packet)
            guard !fixed.isFragment else { throw .fragment }
            source = .v4(fixed.source)
            destination = .v4(fixed.destination)
            hopLimit = fixed.timeToLive
            protocolNumber = fixed.protocolNumber
            header = packet.prefix(fixed.length)
            payload = packet.prefix(Int(fixed.totalLength)).dropFirst(fixed.length)
        }
    }

    /// The family of the IP header.
    public var family: AddressFamily { source.family }
}
