public import Addresses

/// The fixed header of an IPv6 packet (RFC 8200, 3).
public struct IPv6Header: Hashable, Sendable {
    /// The DSCP in its upper six bits.
    public var trafficClass: UInt8 = VRRPWire.trafficClass
    /// 20 bits.
    public var flowLabel: UInt32 = 0
    /// Octets behind this header.
    public var payloadLength: UInt16
    /// What follows: 112 for VRRP, or an extension header.
    public var nextHeader: UInt8 = VRRPWire.protocolNumber
    /// 0 to 255; 255 in every multicast advertisement (RFC 9568, 5.1.2.3).
    public var hopLimit: UInt8 = VRRPWire.hopLimit
    /// The sender.
    public var source: IPv6Address
    /// The receiver or the multicast group.
    public var destination: IPv6Address

    /// Octets of the fixed header.
    public static let length = 40

    /// A header with the values of an advertisement.
    public init(source: IPv6Address, destination: IPv6Address, payloadLength: UInt16) {
        self.source = source
        self.destination = destination
        self.payloadLength = payloadLength
    }

    /// Reads the header at the start of `packet`, which may be longer than the payload length says.
    /// - Throws: `.ipHeaderError` for another version; `.packetLengthError` where the packet ends before the header
    ///   or its payload does.
    public init(parsing packet: ArraySlice<UInt8>) throws(Rejection) {
        guard packet.count >= Self.length else { throw .packetLengthError }
        let first = packet.longWord(at: 0)
        guard first >> 28 == 6 else { throw .ipHeaderError }
        trafficClass = UInt8(truncatingIfNeeded: first >> 20)
        flowLabel = first & 0xf_ffff
        payloadLength = packet.word(at: 4)
        nextHeader = packet.octet(at: 6)
        hopLimit = packet.octet(at: 7)
        source = IPv6Address(high: packet.quadWord(at: 8), low: packet.quadWord(at: 16))
        destination = IPv6Address(high: packet.quadWord(at: 24), low: packet.quadWord(at: 32))
        guard packet.count >= Self.length + Int(payloadLength) else { throw .packetLengthError }
    }

    /// Appends the header.
    public func write(into bytes: inout [UInt8]) {
        bytes.append(longWord: 6 << 28 | UInt32(trafficClass) << 20 | flowLabel & 0xf_ffff)
        bytes.append(word: payloadLength)
        bytes.append(nextHeader)
        bytes.append(hopLimit)
        bytes.append(address: .v6(source))
        bytes.append(address: .v6(destination))
    }
}
