public import Addresses

/// An unsolicited neighbour advertisement (RFC 4861, 4.4 and 7.2.6): it tells hosts where an IPv6 address is now.
public struct UnsolicitedNeighborAdvertisement: Hashable, Sendable {
    /// The virtual address that is announced.
    public var target: IPv6Address
    /// Where the address is: the virtual router's MAC address, or the interface's own where none is used.
    public var hardwareAddress: MACAddress
    /// The packet's source: the virtual address itself, or the interface's link-local address.
    public var source: IPv6Address
    /// The R flag. RFC 9568 sets it; keepalived does so only where the interface forwards.
    public var isRouter = true

    /// ff02::1, all nodes of the link.
    public static let destination = IPv6Address(high: 0xff02_0000_0000_0000, low: 1)

    private static let icmp: UInt8 = 58
    private static let type: UInt8 = 136
    private static let targetLinkLayerAddress: UInt8 = 2
    private static let overrideFlag: UInt32 = 1 << 29
    private static let routerFlag: UInt32 = 1 << 31

    /// - Parameter source: The virtual address if nil.
    public init(target: IPv6Address, hardwareAddress: MACAddress, source: IPv6Address? = nil) {
        self.target = target
        self.hardwareAddress = hardwareAddress
        self.source = source ?? target
    }

    /// The ICMPv6 message with its checksum, 32 octets.
    public var message: [UInt8] {
        var bytes: [UInt8] = [Self.type, 0]
        bytes.append(word: 0)
        // Not solicited; whoever has another link-layer address for the target is to replace it.
        bytes.append(longWord: Self.overrideFlag | (isRouter ? Self.routerFlag : 0))
        bytes.append(address: .v6(target))
        bytes.append(Self.targetLinkLayerAddress)
        bytes.append(1)  // units of eight octets
        bytes.append(mac: hardwareAddress)
        var checksum = InternetChecksum()
        checksum.addPseudoHeader(
            source: .v6(source), destination: .v6(Self.destination), length: bytes.count, nextHeader: Self.icmp)
        checksum.add(bytes[...])
        bytes.put(word: checksum.value, at: 2)
        return bytes
    }

    /// The IPv6 packet. Receivers demand the hop limit 255.
    public var packet: [UInt8] {
        let message = message
        var header = IPv6Header(
            source: source, destination: Self.destination, payloadLength: UInt16(truncatingIfNeeded: message.count))
        header.nextHeader = Self.icmp
        header.trafficClass = 0
        var bytes: [UInt8] = []
        header.write(into: &bytes)
        return bytes + message
    }

    /// The Ethernet frame.
    public var frame: [UInt8] {
        var bytes: [UInt8] = []
        EthernetHeader(
            destination: MACAddress(0x3333_0000_0001), source: hardwareAddress, type: EthernetHeader.ipv6
        ).write(into: &bytes)
        return bytes + packet
    }
}
