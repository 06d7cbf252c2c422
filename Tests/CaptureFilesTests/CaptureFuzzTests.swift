import CaptureFiles
import TestSupport
import Testing

/// Whatever a file holds, the reader ends, and frames stay inside of it.
@Suite("Random captures")
struct CaptureFuzzTests {
    private static let corpus: [[UInt8]] = [false, true].flatMap { bigEndian in
        var pcap = CaptureFileBuilder(bigEndian: bigEndian)
        pcap.pcapHeader()
        for length in [60, 0, 14] { pcap.pcapRecord(seconds: 1, fraction: 2, [UInt8](repeating: 8, count: length)) }
        var pcapng = CaptureFileBuilder(bigEndian: bigEndian)
        pcapng.section()
        pcapng.interface { $0.option(2, Array("eth0".utf8)) }
        pcapng.enhancedPacket([UInt8](repeating: 8, count: 60))
        pcapng.simplePacket(original: 9, [UInt8](repeating: 8, count: 9))
        pcapng.block(4) { $0.longWord(1) }
        pcapng.enhancedPacket([1])
        return [pcap.bytes, pcapng.bytes, pcapng.bytes + pcapng.bytes]
    }

    @Test("Changed and cut files", arguments: [1, 2] as [UInt64])
    func mutations(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        var faults = 0
        var frames = 0
        for _ in 0..<8_000 {
            var file = numbers.pick(Self.corpus)
            for _ in 0...numbers.next() % 3 {
                file[Int(numbers.next() % UInt64(file.count))] = numbers.pick([0, 1, 2, 12, 127, 255])
            }
            if numbers.oneIn(4) { file = Array(file.prefix(Int(numbers.next() % UInt64(file.count + 1)))) }
            let whole = readAll(file)
            let pieces = readAll(file, inPiecesOf: 1 + Int(numbers.next() % 50))
            #expect(whole.fault == pieces.fault)
            #expect(whole.frames.map { Array($0.bytes) } == pieces.frames.map { Array($0.bytes) })
            for frame in whole.frames {
                if case .ip(let bytes) = frame.payload { _ = PacketGlance(bytes) }
                frames += 1
            }
            faults += whole.fault == nil ? 0 : 1
        }
        #expect(faults > 100)
        #expect(frames > 1000)
    }
}
