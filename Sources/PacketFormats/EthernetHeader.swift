public import Addresses

/// The header of an Ethernet frame without tags.
public struct EthernetHeader: Hashable, Sendable {
    /// Who is to receive the frame; for an advertisement the address of the group.
    public var destination: MACAddress
    /// The virtual router's address, or the interface's own.
    public var source: MACAddress
    /// What the payload is: one of the constants below or another EtherType.
    public var type: UInt16

    /// Octets of the header.
    public static let length = 14
    /// The EtherType of IPv4.
    public static let ipv4: UInt16 = 0x0800
    /// The EtherType of ARP.
    public static let arp: UInt16 = 0x0806
    /// The EtherType of IPv6.
    public static let ipv6: UInt16 = 0x86dd

    /// A header of which every field is given.
    public init(destination: MACAddress, source: MACAddress, type: UInt16) {
        self.destination = destination
        self.source = source
        self.type = type
    }

    /// The header of a frame that carries an advertisement to a multicast group.
    ///
    /// - Parameters:
    ///   - group: 224.0.0.18, ff02::12 or another group; nil is returned for an address that is no group.
    ///   - source: The virtual router's MAC address (RFC 9568, 5.1); the interface's own where, as keepalived does it
    ///     without `use_vmac`, no virtual MAC address is used.
    public init?(advertisementTo group: IPAddress, from source: MACAddress) {
        guard let destination = MACAddress.multicast(group) else { return nil }
        self.init(
            destination: destination, source: source, type: group.family == .ipv4 ? Self.ipv4 : Self.ipv6)
    }

    /// Appends the header.
    public func write(into bytes: inout [UInt8]) {
        bytes.append(mac: destination)
        bytes.append(mac: source)
        bytes.append(word: type)
    }
}
