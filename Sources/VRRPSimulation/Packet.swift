import Addresses
import PacketFormats
import VRRPProtocol

/// An advertisement on its way.
struct Packet {
    var sender: Int32
    var lan: Int32
    /// The virtual router that sent it, as an index into the sender's.
    var router: Int32
    /// The unicast peer that it was sent to; nil for the multicast group.
    var peer: IPAddress?
    var heard: HeardAdvertisement
    /// The encoded packet; empty where packets are handed over without encoding.
    var bytes: [UInt8]
}

/// The packets on their way and in receive buffers. A place is used again when the last copy has arrived.
struct PacketStore {
    private var packets: [Packet] = []
    private var copies: [Int32] = []
    private var free: [Int32] = []

    subscript(index: Int32) -> Packet { packets[Int(index)] }

    /// Keeps a packet of which no copy is on its way yet.
    mutating func add(_ packet: Packet) -> Int32 {
        if let index = free.popLast() {
            packets[Int(index)] = packet
            copies[Int(index)] = 0
            return index
        }
        packets.append(packet)
        copies.append(0)
        return Int32(truncatingIfNeeded: packets.count - 1)
    }

    mutating func addCopy(of index: Int32) {
        copies[Int(index)] += 1
    }

    mutating func removeCopy(of index: Int32) {
        copies[Int(index)] -= 1
        discardIfUnused(index)
    }

    mutating func discardIfUnused(_ index: Int32) {
        if copies[Int(index)] == 0 {
            free.append(index)
        }
    }
}
