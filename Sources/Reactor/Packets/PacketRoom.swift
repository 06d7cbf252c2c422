import CLinux

/// Room for the packets of one system call, used again and again. Packets are slices of it; where one is kept, the next
/// call writes into a copy, so what was handed out never changes.
final class PacketRoom {
    /// The longest packet of VRRP, 255 IPv6 addresses with a trailer, is shorter.
    static let size = 4608
    static let count = clinux_most_packets

    private(set) var octets = [UInt8](repeating: 0, count: size * count)
    private(set) var arrivals = [clinux_arrival](repeating: clinux_arrival(), count: count)

    /// Receives without waiting. Returns how many packets there are, or −1 with errno.
    func receive(from descriptor: Int32) -> Int {
        octets.withUnsafeMutableBytes { room in
            arrivals.withUnsafeMutableBufferPointer { arrivals in
                Int(
                    clinux_packets_receive(
                        descriptor, room.baseAddress, Self.size, UInt32(Self.count), arrivals.baseAddress))
            }
        }
    }

    /// The packet at a place, as far as there was room.
    func packet(at index: Int) -> ArraySlice<UInt8> {
        let start = index * Self.size
        return octets[start..<start + min(Int(arrivals[index].length), Self.size)]
    }
}
