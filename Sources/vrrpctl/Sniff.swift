import ArgumentParser
import Glibc
import KeepalivedConfig
import LocalHost
import PacketFormats
import VRRPAssembly
import VRRPProtocol
import VRRPReporting
import VRRPSimulation

struct Sniff: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows the VRRP packets of a network or of a capture, and says what is wrong with them.",
        discussion: """
            With -i it listens to the network, also to what this host sends, until it is interrupted; no director has \
            to run. It needs CAP_NET_RAW. On a terminal it shows who sends for each VRID and what is wrong; elsewhere \
            it writes a line for each change and each alarm, and the table at the end. With --read it reads a capture, \
            and writes a line for each packet.

            With a configuration, the verdict is that of the instance with the packet's version, family, VRID and mode; \
            its interfaces need not exist here. Without one, it is that of a receiver that is configured as the packet \
            claims, which finds what is malformed.

            Alarms: split-brain, duplicate-owner, vrid-clash, authentication, interval, addresses, hop-limit, checksum, \
            unknown, malformed, replay.

            Examples:
              vrrpctl sniff -i eth0
              vrrpctl sniff -i eth0 --config /etc/keepalived/keepalived.conf --packets
              vrrpctl sniff -i eth0 -i eth1 --duration 10s --json
              vrrpctl sniff --read capture.pcap --summary

            Exit status: 0 if it listened until its end or read the capture to its end, whatever the verdicts; 77 \
            without CAP_NET_RAW; 1 if there is no such interface, or it went away; 73 if the file to write cannot be \
            made; 5 if the capture cannot be read, or not to its end, or the configuration has no VRRP instance that \
            can be understood, or a key's file cannot be read; 2 for a wrong command line.
            """)

    enum Policy: String, ExpressibleByArgument, CaseIterable {
        case keepalived
        case strict
    }

    @Option(
        name: [.customShort("i"), .long],
        help: ArgumentHelp("Listen on this interface; may be given several times.", valueName: "INTERFACE"))
    var interface: [String] = []

    @Option(help: ArgumentHelp("A pcap or pcapng file; - is standard input.", valueName: "FILE"), completion: .file())
    var read: String?

    @Option(help: ArgumentHelp("The configuration whose instances judge.", valueName: "FILE"), completion: .file())
    var config: String?

    @Option(
        help: """
            keepalived: both versions, both forms of checksum, authentication, unicast. strict: RFC 9568 with its \
            errata and nothing else.
            """)
    var policy = Policy.keepalived

    @Flag(help: "Write a line for each packet, as with --read.")
    var packets = false

    @Flag(help: "Write no line for each packet, as with -i.")
    var summary = false

    @Flag(help: "Write JSON: one object for each packet, change, alarm and for the summary, each on a line.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "With -i: write the packets to a pcap file, which is whole at any time.", valueName: "FILE"),
        completion: .file())
    var write: String?

    @Option(help: ArgumentHelp("With --write: the most that the file may have, in MiB.", valueName: "MIB"))
    var writeLimit = 100

    @Option(
        help: ArgumentHelp(
            "With -i: end after this time, in seconds or with the unit ms, s, m or h.", valueName: "TIME"))
    var duration: String?

    @Option(help: ArgumentHelp("With -i: end after this many packets of VRRP.", valueName: "N"))
    var count: Int?

    @Flag(help: "With -i: leave out unicast that is for other hosts.")
    var noPromiscuous = false

    func validate() throws {
        guard read != nil || !interface.isEmpty else {
            throw ValidationError("-i INTERFACE or --read FILE is missing: where are the packets?")
        }
        guard read == nil || interface.isEmpty else { throw ValidationError("-i and --read exclude each other") }
        guard !packets || !summary else { throw ValidationError("--packets and --summary exclude each other") }
        if read != nil {
            let live = [
                (write != nil, "--write"), (duration != nil, "--duration"), (count != nil, "--count"),
                (noPromiscuous, "--no-promiscuous"),
            ]
            if let option = live.first(where: \.0)?.1 { throw ValidationError("\(option) goes with -i only") }
        }
        if let duration {
            guard let length = SimulationTime.parse(duration[...]), length > .origin else {
                throw ValidationError("--duration \(duration): a time such as 10, 500ms, 30s, 5m or 1h")
            }
        }
        if let count, count < 1 { throw ValidationError("--count \(count): at least 1") }
        guard 1...1_000_000 ~= writeLimit else {
            throw ValidationError("--write-limit \(writeLimit): from 1 to 1000000 MiB")
        }
        if write == "-" { throw ValidationError("--write -: a file is needed, not standard output") }
    }

    func run() throws {
        let receivers = try receivers()
        guard let read else { return try LiveSniff(self, receivers).run() }
        try CaptureSniff(name: read, self, receivers).run()
    }

    var judgingPolicy: Receiver.Policy { policy == .strict ? .strict : .keepalived }

    // MARK: The configuration

    /// Nil without a configuration.
    private func receivers() throws -> [SniffReceiver]? {
        guard let config else { return nil }
        var options = ConfigurationOptions()
        options.file = config
        options.configurationID = nil
        options.allFiles = false
        var (understood, diagnostics, _) = options.read()
        let errors = diagnostics.filter { $0.severity == .error }
        let missingKeys = understood.readKeyFiles(from: LocalFiles())
        for error in errors + missingKeys {
            let line = error.span.map { ":\($0.line)" } ?? ""
            StandardStream.write("vrrpctl: \(config)\(line): \(error.message)\n", to: STDERR_FILENO)
        }
        // Without its key, all that is right would be called forged.
        guard missingKeys.isEmpty else { throw ExitCode(CheckStatus.errors.rawValue) }
        let configured = understood.receivers(policy: judgingPolicy)
        guard !configured.isEmpty else {
            StandardStream.write(
                "vrrpctl: \(config): there is no vrrp_instance with a virtual_router_id to judge by\n",
                to: STDERR_FILENO)
            throw ExitCode(CheckStatus.errors.rawValue)
        }
        return configured.map { SniffReceiver(instance: $0.instance, interface: $0.interface, receiver: $0.receiver) }
    }
}
