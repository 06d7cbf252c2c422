public import Addresses

/// An IPv4 header (RFC 791, 3.1).
public struct IPv4Header: Hashable, Sendable {
    /// The type of service, with the DSCP in its upper six bits.
    public var typeOfService: UInt8 = VRRPWire.trafficClass
    /// Octets of header and payload.
    public var totalLength: UInt16
    /// What keeps fragments of different packets apart; keepalived counts its packets.
    public var identification: UInt16 = 0
    /// The DF flag.
    public var dontFragment = false
    /// More fragments of the same packet follow.
    public var moreFragments = false
    /// Where the payload belongs in the unfragmented packet, in units of 8 octets, 0 to 8191.
    public var fragmentOffset: UInt16 = 0
    /// 0 to 255; 255 in every multicast advertisement (RFC 9568, 5.1.1.3).
    public var timeToLive: UInt8 = VRRPWire.hopLimit
    /// What the payload is: 112 for VRRP, 51 for an Authentication Header.
    public var protocolNumber: UInt8 = VRRPWire.protocolNumber
    /// The sender.
    public var source: IPv4Address
    /// The receiver or the multicast group.
    public var destination: IPv4Address
    /// The options as they are on the wire, at most 40 octets. Writing pads them to a multiple of four.
    public var options: [UInt8] = []

    /// A header without options, with the values of an advertisement.
    public init(source: IPv4Address, destination: IPv4Address, totalLength: UInt16) {
        self.source = source
        self.destination = destination
        self.totalLength = totalLength
    }

    /// Octets of the header: 20 to 60.
    public var length: Int { 20 + (min(options.count, 40) + 3) / 4 * 4 }

    /// Whether the packet is a part of a larger one.
    public var isFragment: Bool { moreFragments || fragmentOffset != 0 }

    /// Reads the header at the start of `packet` and verifies its checksum.
    ///
    /// `packet` may be longer than the total length, as Ethernet padding makes it.
    /// - Throws: `.ipHeaderError` for another version, a header length below 20 and a wrong checksum;
    ///   `.packetLengthError` where the packet ends before the header or the total length does.
    public init(parsing packet: ArraySlice<UInt8>) throws(Rejection) {
        guard packet.count >= 20 else { throw .packetLengthError }
        let length = Int(packet.octet(at: 0) & 0xf) * 4
        guard packet.octet(at: 0) >> 4 == 4, length >= 20 else { throw .ipHeaderError }
        totalLength = packet.word(at: 2)
        guard Int(totalLength) >= length, packet.count >= Int(totalLength) else { throw .packetLengthError }
        var checksum = InternetChecksum()
        checksum.add(packet.prefix(length))
        guard checksum.value == 0 else { throw .ipHeaderError }

        let fragmentation = packet.word(at: 6)
        typeOfService = packet.octet(at: 1)
        identification = packet.word(at: 4)
        dontFragment = fragmentation & 0x4000 != 0
        moreFragments = fragmentation & 0x2000 != 0
        fragmentOffset = fragmentation & 0x1fff
        timeToLive = packet.octet(at: 8)
        protocolNumber = packet.octet(at: 9)
        source = IPv4Address(packet.longWord(at: 12))
        destination = IPv4Address(packet.longWord(at: 16))
        options = Array(packet.prefix(length).dropFirst(20))
    }

    /// Appends the header with its checksum.
    public func write(into bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(0x40 | UInt8(length / 4))
        bytes.append(typeOfService)
        bytes.append(word: totalLength)
        bytes.append(word: identification)
        bytes.append(
            word: (dontFragment ? 0x4000 : 0) | (moreFragments ? 0x2000 : 0) | fragmentOffset & 0x1fff)
        bytes.append(timeToLive)
        bytes.append(protocolNumber)
        bytes.append(word: 0)
        bytes.append(longWord: source.value)
        bytes.append(longWord: destination.value)
        bytes.append(contentsOf: options.prefix(40))
        while bytes.count < start + length { bytes.append(0) }
        var checksum = InternetChecksum()
        checksum.add(bytes[start...])
        bytes.put(word: checksum.value, at: start + 10)
    }
}
