public import Addresses

/// The checksum of IP, ICMPv6 and VRRP (RFC 1071): the one's complement of the one's complement sum of 16-bit words.
public struct InternetChecksum: Sendable {
    private var sum: UInt64 = 0

    /// The sum of nothing.
    public init() {}

    /// Adds octets, which must begin at an even offset of what is summed. An odd last octet counts as the high half
    /// of a word.
    public mutating func add(_ bytes: ArraySlice<UInt8>) {
        var index = bytes.startIndex
        while index + 1 < bytes.endIndex {
            sum &+= UInt64(bytes[index]) << 8 | UInt64(bytes[index + 1])
            index += 2
        }
        if index < bytes.endIndex { sum &+= UInt64(bytes[index]) << 8 }
    }

    /// Adds one word.
    public mutating func add(_ word: UInt16) {
        sum &+= UInt64(word)
    }

    /// Adds the pseudo-header of IPv4 (RFC 793, 3.1) or IPv6 (RFC 8200, 8.1).
    /// - Parameters:
    ///   - length: Octets of the upper-layer packet.
    ///   - nextHeader: The protocol number of the upper layer, 112 for VRRP.
    public mutating func addPseudoHeader(
        source: IPAddress, destination: IPAddress, length: Int, nextHeader: UInt8
    ) {
        for address in [source, destination] {
            switch address {
            case .v4(let address):
                sum &+= UInt64(address.value >> 16) &+ UInt64(address.value & 0xffff)
            case .v6(let address):
                for half in [address.high, address.low] {
                    for shift in [48, 32, 16, 0] as [UInt64] { sum &+= half >> shift & 0xffff }
                }
            }
        }
        let length = UInt32(truncatingIfNeeded: length)
        sum &+= UInt64(length >> 16) &+ UInt64(length & 0xffff) &+ UInt64(nextHeader)
    }

    /// The checksum of what was added. Over octets that contain a right checksum it is zero.
    public var value: UInt16 {
        var folded = sum
        while folded >> 16 != 0 { folded = (folded & 0xffff) &+ folded >> 16 }
        return ~UInt16(truncatingIfNeeded: folded)
    }
}
