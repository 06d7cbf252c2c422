import ArgumentParser
import CaptureFiles
import Glibc
import PacketAuthentication
import PacketFormats
import Reporting
import VRRPProtocol
import VRRPReporting

/// `vrrpctl sniff --read`: goes through a capture from its start to its end.
struct CaptureSniff {
    /// The file; `-` for standard input.
    private let file: String
    private let options: Sniff
    private let receivers: [SniffReceiver]?

    /// Octets that are read at once.
    private static let pieceLength = 1 << 18
    /// Octets of output that are collected before they are written.
    private static let outputLength = 1 << 16

    init(name: String, _ options: Sniff, _ receivers: [SniffReceiver]?) {
        file = name
        self.options = options
        self.receivers = receivers
    }

    func run() throws {
        var judge = SniffJudge(receivers: receivers, policy: options.judgingPolicy, digests: SystemDigests())
        let descriptor = file == "-" ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(String(cString: strerror(errno))) }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }

        var reader = CaptureReader()
        var summary = SniffSummary()
        var watch = SniffWatch()
        var frames = 0
        var unknownLinkLayers: Set<UInt16> = []
        var text = Text(capacity: Self.outputLength * 2)
        var fault: String?
        reading: while fault == nil {
            let piece: ArraySlice<UInt8>
            switch Self.piece(of: descriptor) {
            case .success(let bytes): piece = bytes
            case .failure(let error):
                fault = String(cString: strerror(error.number))
                break reading
            }
            if piece.isEmpty { reader.finish() } else { reader.append(piece) }
            do throws(CaptureFault) {
                while let frame = try reader.next() {
                    frames = frame.number
                    if case .other(let number) = frame.linkLayer { unknownLinkLayers.insert(number) }
                    guard let packet = judge.judge(frame) else { continue }
                    summary.add(packet)
                    Self.take(packet, into: &watch)
                    guard !options.summary else { continue }
                    if options.json {
                        SniffJSON.write(packet, into: &text)
                    } else {
                        SniffText.write(packet, into: &text)
                    }
                }
            } catch {
                fault = error.description
            }
            if text.count >= Self.outputLength { try Self.flush(&text) }
            if piece.isEmpty { break }
        }
        if frames > 0 || fault == nil { conclude(watch, summary, frames: frames, into: &text) }
        try Self.flush(&text)
        for number in unknownLinkLayers.sorted() {
            StandardStream.write(
                "vrrpctl: \(name): frames of link layer type \(number) were passed over: it is not known here\n",
                to: STDERR_FILENO)
        }
        if let fault { throw failure(fault) }
    }

    private func conclude(_ watch: SniffWatch, _ summary: SniffSummary, frames: Int, into text: inout Text) {
        switch (options.json, options.summary) {
        case (true, true): SniffWatchJSON.write(watch, into: &text)
        // A line is a packet there, and always was.
        case (true, false): break
        case (false, true): SniffWatchText.write(watch, into: &text)
        case (false, false):
            summary.write(frames: frames, into: &text)
            SniffWatchText.write(alarmsOf: watch, into: &text)
        }
    }

    /// The capture's own times are the clock; a frame without one is as late as the one before it.
    private static func take(_ packet: SniffedPacket, into watch: inout SniffWatch) {
        var unused: [SniffEvent] = []
        let instant = packet.time.map {
            Instant.origin + .seconds($0.seconds) + .nanoseconds(Int64($0.nanoseconds))
        }
        watch.hear(packet, at: instant ?? Instant(nanoseconds: .min), into: &unused)
    }

    // MARK: Input and output

    private struct SystemError: Error {
        var number: Int32
    }

    /// The next octets; none at the end.
    private static func piece(of descriptor: Int32) -> Result<ArraySlice<UInt8>, SystemError> {
        while true {
            var failure: Int32 = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: pieceLength) { buffer, count in
                let got = Glibc.read(descriptor, buffer.baseAddress, pieceLength)
                if got < 0 { failure = errno }
                count = max(got, 0)
            }
            if failure == EINTR { continue }
            return failure == 0 ? .success(bytes[...]) : .failure(SystemError(number: failure))
        }
    }

    private static func flush(_ text: inout Text) throws(ExitCode) {
        try StandardStream.print(text)
        text.removeAll()
    }

    /// The capture's name for messages.
    private var name: String { file == "-" ? "standard input" : file }

    private func failure(_ message: String) -> ExitCode {
        StandardStream.write("vrrpctl: \(name): \(message)\n", to: STDERR_FILENO)
        return ExitCode(CheckStatus.errors.rawValue)
    }
}
