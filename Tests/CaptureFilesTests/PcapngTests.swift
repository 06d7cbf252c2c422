import CaptureFiles
import PacketFormats
import Testing

@Suite("pcapng")
struct PcapngTests {
    @Test("Interfaces have their own link layer, name and resolution", arguments: [false, true])
    func interfaces(bigEndian: Bool) throws {
        var file = CaptureFileBuilder(bigEndian: bigEndian)
        file.section()
        file.interface(linkType: 1) { body in
            body.option(2, Array("eth0".utf8))
            body.option(9, [9])
            body.option(0, [])
            body.option(2, Array("behind the end".utf8))
        }
        file.interface(linkType: 113)
        file.interface(linkType: 101) { body in
            body.option(9, [0x80 | 10])
            // Seconds to be added, in 64 bits.
            let offset = [0, 0, 0, 0, 0, 0, 0x03, 0xe8] as [UInt8]
            body.option(14, bigEndian ? offset : offset.reversed())
        }
        file.enhancedPacket(interface: 0, ticks: 1_700_000_000_123_456_789, [1])
        file.enhancedPacket(interface: 1, ticks: 1_700_000_000_123_456, original: 9, [2])
        file.enhancedPacket(interface: 2, ticks: 5 << 10 | 512, [3])
        let frames = try read(file.bytes)
        #expect(frames.map(\.linkLayer) == [.ethernet, .linuxCooked, .rawIP])
        #expect(frames.map(\.interface) == ["eth0", nil, nil])
        #expect(
            frames.map(\.time) == [
                WallTime(seconds: 1_700_000_000, nanoseconds: 123_456_789),
                WallTime(seconds: 1_700_000_000, nanoseconds: 123_456_000),
                WallTime(seconds: 1005, nanoseconds: 500_000_000),
            ])
        #expect(frames.map(\.isCut) == [false, true, false])
        #expect(frames.map { Array($0.bytes) } == [[1], [2], [3]])
    }

    @Test("Resolutions that no clock has give no time, and do no harm", arguments: [20, 127, 0xc0, 0xff] as [UInt8])
    func resolution(value: UInt8) throws {
        var file = CaptureFileBuilder()
        file.section()
        file.interface { $0.option(9, [value]) }
        file.enhancedPacket(ticks: .max, [1])
        #expect(try read(file.bytes).map(\.time) == [nil])
    }

    @Test("Simple packets have no time, and the first interface's limit")
    func simplePackets() throws {
        var file = CaptureFileBuilder()
        file.section()
        file.interface(limit: 5)
        file.simplePacket(original: 4, [1, 2, 3, 4])
        file.simplePacket(original: 100, [1, 2, 3, 4, 5])
        let frames = try read(file.bytes)
        #expect(frames.map { Array($0.bytes) } == [[1, 2, 3, 4], [1, 2, 3, 4, 5]])
        #expect(frames.map(\.isCut) == [false, true])
        #expect(frames.map(\.time) == [nil, nil])
    }

    @Test("Obsolete packet blocks are read")
    func obsoletePackets() throws {
        var file = CaptureFileBuilder(bigEndian: true)
        file.section()
        file.interface()
        file.block(2) { body in
            body.word(0)
            body.word(7)
            body.longWord(0)
            body.longWord(2_000_000)
            body.longWord(2)
            body.longWord(2)
            body.bytes += [8, 9]
        }
        let frames = try read(file.bytes)
        #expect(frames.map { Array($0.bytes) } == [[8, 9]])
        #expect(frames[0].time == WallTime(seconds: 2))
    }

    @Test("Unknown blocks are passed over, and do not count")
    func unknownBlocks() throws {
        var file = CaptureFileBuilder()
        file.section()
        file.interface()
        file.block(5) { $0.longWord(1) }
        file.block(0x8000_1234) { $0.bytes = [UInt8](repeating: 1, count: 5000) }
        file.enhancedPacket([1])
        file.block(0xbad) { _ in }
        file.enhancedPacket([2])
        for piece in [1, 7, 4096, .max] {
            #expect(try read(file.bytes, inPiecesOf: piece).map(\.number) == [1, 2])
        }
    }

    @Test("A new section may have the other byte order, and has its own interfaces")
    func sections() throws {
        var file = CaptureFileBuilder(bigEndian: true)
        file.section()
        file.interface(linkType: 1)
        file.enhancedPacket([1])
        var second = CaptureFileBuilder(bigEndian: false)
        second.section()
        second.interface(linkType: 276)
        second.enhancedPacket([2])
        let frames = try read(file.bytes + second.bytes)
        #expect(frames.map(\.linkLayer) == [.ethernet, .linuxCooked2])
        #expect(frames.map(\.number) == [1, 2])

        var third = CaptureFileBuilder(bigEndian: false)
        third.section()
        third.enhancedPacket([3])
        let (before, fault) = readAll(file.bytes + third.bytes)
        #expect(before.count == 1)
        #expect(fault == CaptureFault(.unknownInterface(0), at: UInt64(file.bytes.count + 28)))
    }

    @Test("Broken blocks are named with their place; what was read before is valid")
    func brokenBlocks() {
        var good = CaptureFileBuilder()
        good.section()
        good.interface()
        good.enhancedPacket([1])
        let start = UInt64(good.bytes.count)
        var packet = CaptureFileBuilder()
        packet.enhancedPacket([1, 2, 3, 4])
        let cases: [((inout [UInt8]) -> Void, CaptureFault.Kind)] = [
            ({ $0[4] = 11 }, .impossibleLength(11)),
            ({ $0[4] = 13 }, .impossibleLength(13)),
            ({ $0[7] = 0xff }, .impossibleLength(0xff00_0024)),
            ({ $0[$0.count - 4] = 0 }, .lengthsDiffer(36, 0)),
            ({ $0[20] = 5 }, .impossibleLength(5)),
            ({ $0[8] = 1 }, .unknownInterface(1)),
            ({ $0.removeLast() }, .endsEarly),
            ({ $0 = Array($0.prefix(5)) }, .endsEarly),
        ]
        for (change, kind) in cases {
            var block = packet.bytes
            change(&block)
            let (frames, fault) = readAll(good.bytes + block)
            #expect(frames.count == 1)
            #expect(fault == CaptureFault(kind, at: start))
        }
        var section = good.bytes
        section[8] = 0
        #expect(readAll(section).fault == CaptureFault(.byteOrder, at: 0))
    }
}
