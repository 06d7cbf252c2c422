public import Addresses

/// A gratuitous ARP request (RFC 5227, 3; RFC 9568, 6.4.1): it tells hosts and switches where an IPv4 address is now.
public struct GratuitousARP: Hashable, Sendable {
    /// What stands in the field for the target's hardware address, which a request does not need.
    public enum TargetHardwareAddress: Hashable, Sendable {
        /// ff:ff:ff:ff:ff:ff, as keepalived and FRR send it.
        case broadcast
        /// The sender's (RFC 9568, errata 7947 and 7949).
        case sender
    }

    /// The virtual address: sender and target of the request.
    public var address: IPv4Address
    /// Where the address is: the virtual router's MAC address, or the interface's own where none is used.
    public var hardwareAddress: MACAddress
    /// RFC 5227 leaves it open; routers differ.
    public var targetHardwareAddress: TargetHardwareAddress

    /// A request for `address` from `hardwareAddress`.
    public init(
        address: IPv4Address, hardwareAddress: MACAddress,
        targetHardwareAddress: TargetHardwareAddress = .broadcast
    ) {
        self.address = address
        self.hardwareAddress = hardwareAddress
        self.targetHardwareAddress = targetHardwareAddress
    }

    /// The Ethernet frame, 42 octets: the link pads it.
    public var frame: [UInt8] {
        var bytes: [UInt8] = []
        EthernetHeader(destination: .broadcast, source: hardwareAddress, type: EthernetHeader.arp).write(into: &bytes)
        bytes.append(word: 1)  // Ethernet
        bytes.append(word: EthernetHeader.ipv4)
        bytes.append(6)  // octets of a hardware address
        bytes.append(4)  // octets of a protocol address
        bytes.append(word: 1)  // request
        bytes.append(mac: hardwareAddress)
        bytes.append(longWord: address.value)
        bytes.append(mac: targetHardwareAddress == .broadcast ? .broadcast : hardwareAddress)
        bytes.append(longWord: address.value)
        return bytes
    }
}
