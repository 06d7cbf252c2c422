/// Reads a pcap or pcapng file piece by piece, so that a file of any size, or a pipe, takes constant memory.
///
///     while let piece = readSomething() {
///         reader.append(piece)
///         while let frame = try reader.next() { … }
///     }
///     reader.finish()
///     while let frame = try reader.next() { … }
package struct CaptureReader: Sendable {
    /// Longer than any packet and any block that is not broken.
    static let lengthLimit = 64 << 20

    private var buffer: [UInt8] = []
    /// Octets of the buffer that were used.
    private var position = 0
    /// Octets of the file before the buffer.
    private var base: UInt64 = 0
    private var isFinished = false
    private var fault: CaptureFault?
    private var frames = 0
    private var format: Format?

    private enum Format: Sendable {
        case pcap(PcapFormat)
        case pcapng(PcapngFormat)
    }

    package init() {}

    /// Gives the reader the next octets of the file.
    package mutating func append(_ bytes: ArraySlice<UInt8>) {
        if position > 0 {
            base += UInt64(position)
            buffer.removeFirst(position)
            position = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// Says that the file has ended.
    package mutating func finish() {
        isFinished = true
    }

    /// The next frame. Nil when more octets are needed, and at the end of a file that is finished.
    ///
    /// After a fault, every call throws it again.
    package mutating func next() throws(CaptureFault) -> CapturedFrame? {
        if let fault { throw fault }
        do throws(CaptureFault) {
            return try read()
        } catch {
            fault = error
            throw error
        }
    }

    private mutating func read() throws(CaptureFault) -> CapturedFrame? {
        while true {
            let available = buffer[position...]
            let offset = base + UInt64(position)
            let step: ReadingStep
            switch format {
            case nil:
                if available.isEmpty, isFinished { throw CaptureFault(.notACapture, at: 0) }
                step = try begin(available)
            case .pcap(let pcap):
                step = try pcap.read(available, at: offset)
            case .pcapng(var pcapng):
                step = try pcapng.read(available, at: offset)
                format = .pcapng(pcapng)
            }
            switch step {
            case .needsMore:
                guard isFinished else { return nil }
                guard available.isEmpty else { throw CaptureFault(.endsEarly, at: offset) }
                return nil
            case .skip(let count):
                position += count
            case .frame(var frame, let count):
                position += count
                frames += 1
                frame.number = frames
                return frame
            }
        }
    }

    /// Finds out which format it is.
    private mutating func begin(_ bytes: ArraySlice<UInt8>) throws(CaptureFault) -> ReadingStep {
        if bytes.starts(with: [0x1f, 0x8b]) { throw CaptureFault(.compressed(.gzip), at: 0) }
        if bytes.starts(with: [0xfd, 0x37, 0x7a, 0x58]) { throw CaptureFault(.compressed(.xz), at: 0) }
        if bytes.starts(with: [0x28, 0xb5, 0x2f, 0xfd]) { throw CaptureFault(.compressed(.zstd), at: 0) }
        guard bytes.count >= 4 else {
            if isFinished { throw CaptureFault(.notACapture, at: 0) }
            return .needsMore
        }
        if bytes.longWord(at: 0, bigEndian: true) == PcapngFormat.sectionHeader {
            format = .pcapng(PcapngFormat())
            return .skip(0)
        }
        guard PcapFormat.isMagic(bytes) else { throw CaptureFault(.notACapture, at: 0) }
        guard bytes.count >= PcapFormat.headerLength else { return .needsMore }
        format = .pcap(try PcapFormat(header: bytes))
        return .skip(PcapFormat.headerLength)
    }
}
