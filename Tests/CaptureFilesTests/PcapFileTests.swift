import Addresses
import CaptureFiles
import PacketFormats
import Testing

@Suite("Writing pcap")
struct PcapFileTests {
    @Test("What is written is read again", arguments: [LinkLayer.ethernet, .rawIP, .linuxCooked, .other(147)])
    func roundTrip(linkLayer: LinkLayer) throws {
        let time = WallTime(seconds: 1_795_262_400, nanoseconds: 123_456_789)
        let written = [
            CapturedFrame(number: 1, time: time, linkLayer: linkLayer, originalLength: 3, bytes: [1, 2, 3]),
            CapturedFrame(number: 2, time: nil, linkLayer: linkLayer, originalLength: 1500, bytes: [4]),
        ]
        let frames = try read(PcapFile.header(linkLayer) + written.flatMap { PcapFile.record($0) })
        #expect(frames.map { Array($0.bytes) } == [[1, 2, 3], [4]])
        #expect(frames.map(\.time) == [time, WallTime(seconds: 0)])
        #expect(frames.map(\.originalLength) == [3, 1500])
        #expect(frames.allSatisfy { $0.linkLayer == linkLayer })
    }

    @Test("A time that the format has no room for is none", arguments: [-1, 1 << 32] as [Int64])
    func impossibleTimes(seconds: Int64) throws {
        let frame = CapturedFrame(
            number: 1, time: WallTime(seconds: seconds), linkLayer: .ethernet, originalLength: 0, bytes: [])
        let frames = try read(PcapFile.header(.ethernet) + PcapFile.record(frame))
        #expect(frames.map(\.time) == [WallTime(seconds: 0)])
    }

    @Test(
        "Who sent a frame, and in which VLAN",
        arguments: [
            (LinkLayer.ethernet, [0, 1, 2, 3, 4, 5, 2, 0, 0, 0, 0, 7, 8, 0], 0x0200_0000_0007, nil),
            (.ethernet, [0, 1, 2, 3, 4, 5, 2, 0, 0, 0, 0, 7, 0x81, 0, 0x60, 10, 8, 0], 0x0200_0000_0007, 10),
            (.ethernet, [0, 1, 2, 3, 4, 5, 2, 0, 0, 0, 0, 7, 0x81, 0, 0x60, 0, 8, 0], 0x0200_0000_0007, nil),
            (.ethernet, [0, 1, 2, 3, 4, 5, 2, 0], nil, nil),
            (.linuxCooked, [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 7, 0, 0, 8, 0], 0x0200_0000_0007, nil),
            (.linuxCooked, [0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 0, 7, 0, 0, 8, 0], nil, nil),
            (.linuxCooked2, [8, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 6, 2, 0, 0, 0, 0, 7, 0, 0], 0x0200_0000_0007, nil),
            (.rawIP, [0x45, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 7, 0, 0], nil, nil),
        ] as [(LinkLayer, [UInt8], UInt64?, UInt16?)])
    func senders(linkLayer: LinkLayer, bytes: [UInt8], mac: UInt64?, vlan: UInt16?) {
        let frame = CapturedFrame(
            number: 1, time: nil, linkLayer: linkLayer, originalLength: bytes.count, bytes: bytes[...])
        #expect(frame.sourceMAC == mac.map { MACAddress($0) })
        #expect(frame.vlan == vlan)
    }
}
