import ArgumentParser
import CaptureFiles
import Glibc
import KeepalivedConfig
import LocalHost
import PacketAuthentication
import PacketFormats
import Reporting
import VRRPAssembly
import VRRPReporting

struct Sniff: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Decodes the VRRP packets of a capture and says what a receiver makes of each.",
        discussion: """
            With a configuration, the verdict is that of the instance with the packet's version, family, VRID and mode; \
            its interfaces need not exist here. Without one, it is that of a receiver that is configured as the packet \
            claims, which finds what is malformed.

            Exit status: 0 if the capture was read to its end, whatever the verdicts; 5 if it cannot be read, or not to \
            its end, or the configuration has no VRRP instance that can be understood, or a key's file cannot be \
            read; 2 for a wrong command line.
            """)

    enum Policy: String, ExpressibleByArgument, CaseIterable {
        case keepalived
        case strict
    }

    @Option(help: ArgumentHelp("A pcap or pcapng file; - is standard input.", valueName: "FILE"), completion: .file())
    var read: String

    @Option(help: ArgumentHelp("The configuration whose instances judge.", valueName: "FILE"), completion: .file())
    var config: String?

    @Option(
        help: """
            keepalived: both versions, both forms of checksum, authentication, unicast. strict: RFC 9568 with its \
            errata and nothing else.
            """)
    var policy = Policy.keepalived

    @Flag(help: "Write one JSON object for each packet, each on a line.")
    var json = false

    /// Octets that are read at once.
    private static let pieceLength = 1 << 18
    /// Octets of output that are collected before they are written.
    private static let outputLength = 1 << 16

    func run() throws {
        var judge = SniffJudge(
            receivers: try receivers(), policy: policy == .strict ? .strict : .keepalived, digests: SystemDigests())
        let descriptor = read == "-" ? STDIN_FILENO : open(read, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(String(cString: strerror(errno))) }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }

        var reader = CaptureReader()
        var summary = SniffSummary()
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
                    if json {
                        SniffJSON.write(packet, into: &text)
                    } else {
                        SniffText.write(packet, into: &text)
                        summary.add(packet)
                    }
                }
            } catch {
                fault = error.description
            }
            if text.count >= Self.outputLength { try Self.flush(&text) }
            if piece.isEmpty { break }
        }
        if !json, frames > 0 || fault == nil { summary.write(frames: frames, into: &text) }
        try Self.flush(&text)
        for number in unknownLinkLayers.sorted() {
            StandardStream.write(
                "vrrpctl: \(name): frames of link layer type \(number) were passed over: it is not known here\n",
                to: STDERR_FILENO)
        }
        if let fault { throw failure(fault) }
    }

    // MARK: The configuration

    /// Nil without a configuration.
    private func receivers() throws -> [SniffReceiver]? {
        guard let config else { return nil }
        var options = ConfigurationOptions()
        options.file = config
        options.configurationID = nil
        options.allFiles = false
        var (understood, diagnostics) = Configuration.understand(options.read(), host: nil)
        let errors = diagnostics.filter { $0.severity == .error }
        let missingKeys = understood.readKeyFiles(from: LocalFiles())
        for error in errors + missingKeys {
            let line = error.span.map { ":\($0.line)" } ?? ""
            StandardStream.write("vrrpctl: \(config)\(line): \(error.message)\n", to: STDERR_FILENO)
        }
        // Without its key, all that is right would be called forged.
        guard missingKeys.isEmpty else { throw ExitCode(CheckStatus.errors.rawValue) }
        let configured = understood.receivers(policy: policy == .strict ? .strict : .keepalived)
        guard !configured.isEmpty else {
            StandardStream.write(
                "vrrpctl: \(config): there is no vrrp_instance with a virtual_router_id to judge by\n",
                to: STDERR_FILENO)
            throw ExitCode(CheckStatus.errors.rawValue)
        }
        return configured.map { SniffReceiver(instance: $0.instance, interface: $0.interface, receiver: $0.receiver) }
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
    private var name: String { read == "-" ? "standard input" : read }

    private func failure(_ message: String) -> ExitCode {
        StandardStream.write("vrrpctl: \(name): \(message)\n", to: STDERR_FILENO)
        return ExitCode(CheckStatus.errors.rawValue)
    }
}
