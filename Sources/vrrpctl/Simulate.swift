import ArgumentParser
import Glibc
import KeepalivedConfig
import LocalHost
import PacketAuthentication
import Reporting
import VRRPAssembly
import VRRPProtocol
import VRRPReporting
import VRRPSimulation

struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Plays the configurations of one or several nodes and tells who is active when, and why.",
        discussion: """
            The nodes are a, b, c and so on, in the order of the files: -f is a, --peers are the others. They can also \
            be called node1, node2, by the name of their file, or by their router_id. Nothing of this machine is \
            looked at or changed: interfaces, scripts and addresses are simulated.

            Interfaces of the same name are on the same network; those that are left are joined in the order of the \
            files. A node sends from mcast_src_ip or unicast_src_ip; otherwise addresses are given out, in the /24 \
            network of the first virtual address from .1 up, or fe80::1 and up, to a later node a higher one. A packet \
            takes 0.1 ms, a script no time.

            What can fail, with --fail:
              NODE@TIME                      it loses its power
              NODE:stop@TIME                 it is stopped in an orderly way
              NODE:kill@TIME                 its program dies; its addresses stay
              NODE:pause@TIME                it is not scheduled
              NODE:deaf@TIME                 it hears nobody, as behind a firewall
              NODE:mute@TIME                 nobody hears it
              NODE:interface [NAME]@TIME     an interface, or all, lose the link
              NODE:script NAME@TIME          a tracked script fails
              NODE:process NAME@TIME         a tracked process does not run
              NODE:bfd NAME@TIME             a tracked BFD session is down
              NODE:file NAME=NUMBER@TIME     a tracked file contains that number
              NODE:priority NUMBER@TIME      another priority is configured; INSTANCE=NUMBER for one instance
              NODE:address ADDRESS@TIME      somebody removes a virtual address
              NODE-NODE@TIME                 nothing gets through between two nodes
              NODE>NODE@TIME                 nothing gets through from the first to the second
              partition@TIME                 nothing gets through at all
              loss PERCENT@TIME              that much of all packets is lost
            TIME is seconds (10, 1.5) or has a unit (500ms, 90s, 2m, 1h). WHAT@FROM-UNTIL or WHAT@FROM+DURATION puts \
            it right again; without that it stays.

            Examples:
              vrrpctl simulate -f a.conf --peers b.conf --fail a@10-30
              vrrpctl simulate -f a.conf --peers b.conf --fail 'a:script check_web@10+20' --fail partition@60-70

            Exit status: 0 if it was played, whatever came out; 5 if no instance of a configuration can run or it \
            cannot be read; 2 for a wrong command line.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("The configurations of the other nodes.", valueName: "FILE"), completion: .file())
    var peers: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "What the @ID lines of the peers are compared with, in the order of --peers (default: their router_id).",
            valueName: "ID"))
    var peerConfigId: [String] = []

    @Option(parsing: .upToNextOption, help: ArgumentHelp("What goes wrong and when.", valueName: "WHAT@TIME"))
    var fail: [String] = []

    @Option(
        help: ArgumentHelp(
            "How long it is played (default: until everything that follows from the failures is over).",
            valueName: "TIME"))
    var duration: String?

    @Option(help: ArgumentHelp("Where random numbers begin, such as those of loss.", valueName: "N"))
    var seed: UInt64 = 1

    @Flag(help: "Write one JSON document.")
    var json = false

    func run() throws {
        var plan = SimulationPlan(of: try hosts(), digests: SystemDigests())
        plan.seed = seed
        let failures = try fail.map { text in
            do throws(FailureReader.Refusal) {
                return try FailureReader.read(text, for: plan)
            } catch {
                throw ValidationError(error.message)
            }
        }
        let end = try duration.map(time) ?? TimelineReport.duration(for: plan, failures)
        let report = TimelineReport(plan, failures: failures, duration: end)
        if json {
            var writer = JSONWriter()
            TimelineJSON.write(report, into: &writer)
            try StandardStream.print(writer.text)
        } else {
            var text = Text(capacity: 1 << 14)
            text.append(TimelineText.text(report))
            try StandardStream.print(text)
        }
    }

    private func time(_ text: String) throws -> Instant {
        guard let time = SimulationTime.parse(text[...]), time > .origin else {
            throw ValidationError("--duration \(text): expected seconds such as 60 or 1.5, or 500ms, 90s, 2m, 1h")
        }
        return time
    }

    private func hosts() throws -> [SimulatedHost] {
        guard peerConfigId.count <= peers.count else {
            throw ValidationError("--peer-config-id has more words than --peers has files")
        }
        var inputs = [(path: options.file, read: options.read())]
        for (index, path) in peers.enumerated() {
            var peer = options
            peer.file = path
            if index < peerConfigId.count { peer.configurationID = peerConfigId[index] }
            inputs.append((path, peer.read()))
        }
        return SimulatedHost.all(
            try inputs.map { path, read in
                var (configuration, diagnostics, _) = read
                let faults = diagnostics.filter { $0.severity == .error }
                if !faults.isEmpty {
                    StandardStream.write(
                        "vrrpctl: \(path) has \(faults.count) \(faults.count == 1 ? "fault" : "faults"), the first: "
                            + "\(faults[0].message); see vrrpctl check -f \(path)\n", to: STDERR_FILENO)
                }
                let missingKeys = configuration.readKeyFiles(from: LocalFiles())
                for error in missingKeys {
                    StandardStream.write("vrrpctl: \(path): \(error.message)\n", to: STDERR_FILENO)
                }
                guard missingKeys.isEmpty else { throw ExitCode(CheckStatus.errors.rawValue) }
                let host = SimulatedHost(name: path, configuration: configuration)
                guard !host.instances.isEmpty else {
                    StandardStream.write("vrrpctl: \(path) has no vrrp_instance that can run\n", to: STDERR_FILENO)
                    throw ExitCode(CheckStatus.errors.rawValue)
                }
                return (path, configuration)
            })
    }
}
