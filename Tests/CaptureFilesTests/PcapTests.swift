import CaptureFiles
import PacketFormats
import Testing

@Suite("pcap")
struct PcapTests {
    @Test("Both byte orders, microseconds and nanoseconds", arguments: [false, true])
    func forms(bigEndian: Bool) throws {
        for (magic, nanoseconds) in [(0xa1b2_c3d4, 123_456_000), (0xa1b2_3c4d, 123_456)] as [(UInt32, UInt32)] {
            var file = CaptureFileBuilder(bigEndian: bigEndian)
            file.pcapHeader(magic: magic)
            file.pcapRecord(seconds: 0xf000_0000, fraction: 123_456, [1, 2, 3])
            file.pcapRecord(seconds: 2, fraction: 0, original: 1500, [4])
            let frames = try read(file.bytes)
            #expect(frames.map(\.number) == [1, 2])
            #expect(frames[0].time == WallTime(seconds: 0xf000_0000, nanoseconds: nanoseconds))
            #expect(frames.map { Array($0.bytes) } == [[1, 2, 3], [4]])
            #expect(frames.map(\.isCut) == [false, true])
            #expect(frames[0].linkLayer == .ethernet)
        }
    }

    @Test("However the file comes in pieces, the frames are the same")
    func pieces() throws {
        var file = CaptureFileBuilder()
        file.pcapHeader()
        for length in [0, 60, 1, 200] { file.pcapRecord(seconds: 1, fraction: 0, [UInt8](repeating: 7, count: length)) }
        for piece in 1...file.bytes.count {
            #expect(try read(file.bytes, inPiecesOf: piece).map(\.bytes.count) == [0, 60, 1, 200])
        }
    }

    @Test("A file that ends in a record is read up to there, and says where")
    func endsEarly() {
        var file = CaptureFileBuilder()
        file.pcapHeader()
        file.pcapRecord(seconds: 1, fraction: 0, [1, 2, 3])
        let whole = file.bytes.count
        file.pcapRecord(seconds: 1, fraction: 0, [4, 5, 6])
        for missing in 1..<19 {
            let (frames, fault) = readAll(Array(file.bytes.dropLast(missing)))
            #expect(frames.count == 1)
            #expect(fault == CaptureFault(.endsEarly, at: UInt64(whole)))
        }
    }

    @Test("A record that cannot be so long is said to be so, and the reader does not wait for it")
    func impossibleLength() {
        var file = CaptureFileBuilder()
        file.pcapHeader()
        for value in [1, 0, 0xffff_fff0, 0xffff_fff0] as [UInt32] { file.longWord(value) }
        #expect(readAll(file.bytes).fault == CaptureFault(.impossibleLength(0xffff_fff0), at: 24))
    }

    @Test(
        "What is no capture is said to be none",
        arguments: [[], [1, 2, 3], Array("# a configuration".utf8)] as [[UInt8]])
    func notACapture(bytes: [UInt8]) {
        #expect(readAll(bytes).fault?.kind == .notACapture)
    }

    @Test("A compressed capture is named, with what to do")
    func compressed() throws {
        let fault = try #require(readAll([0x1f, 0x8b, 8, 0, 0, 0]).fault)
        #expect(fault.kind == .compressed(.gzip))
        #expect(fault.description.contains("gzip -dc"))
    }

    @Test("Another major version is not guessed at")
    func version() {
        var file = CaptureFileBuilder()
        file.pcapHeader()
        file.bytes[4] = 3
        #expect(readAll(file.bytes).fault == CaptureFault(.version(3), at: 0))
    }

    @Test("After a fault the same fault comes again")
    func faultStays() {
        var reader = CaptureReader()
        reader.append([1, 2, 3, 4, 5])
        #expect(throws: CaptureFault(.notACapture, at: 0)) { try reader.next() }
        #expect(throws: CaptureFault(.notACapture, at: 0)) { try reader.next() }
    }
}
