package import Addresses
import PacketFormats

/// ICMP echo, of IPv4 (RFC 792) and IPv6 (RFC 4443, 4): what is sent, and what counts as the reply to it.
package struct EchoMessage: Hashable, Sendable {
    package var identifier: UInt16
    package var sequence: UInt16

    package init(identifier: UInt16, sequence: UInt16) {
        self.identifier = identifier
        self.sequence = sequence
    }

    /// A request with 128 octets to be returned. For IPv6 the kernel fills in the checksum.
    package func request(_ family: AddressFamily) -> [UInt8] {
        var octets: [UInt8] = [family == .ipv4 ? 8 : 128, 0, 0, 0]
        octets += [identifier, sequence].flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }
        octets += Filler.bytes(128)
        if family == .ipv4 {
            var checksum = InternetChecksum()
            checksum.add(octets[...])
            (octets[2], octets[3]) = (UInt8(checksum.value >> 8), UInt8(checksum.value & 0xff))
        }
        return octets
    }

    /// Reads an echo reply; nil for everything else.
    /// - Parameter hasHeader: Whether the IPv4 header goes before it, as raw sockets have it.
    package init?(reply packet: [UInt8], _ family: AddressFamily, hasHeader: Bool) {
        var message = packet[...]
        if hasHeader {
            guard let first = message.first, first >> 4 == 4 else { return nil }
            message = message.dropFirst(Int(first & 0x0f) * 4)
        }
        let header = Array(message.prefix(8))
        guard header.count == 8, header[0] == (family == .ipv4 ? 0 : 129), header[1] == 0 else { return nil }
        identifier = UInt16(header[4]) << 8 | UInt16(header[5])
        sequence = UInt16(header[6]) << 8 | UInt16(header[7])
    }
}
