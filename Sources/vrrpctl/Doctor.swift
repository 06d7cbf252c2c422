import Addresses
import ArgumentParser
import ControlProtocol
import Diagnosis
import Director
import Glibc
import Inspection
import KeepalivedConfig
import LocalHost
import PacketAuthentication
import PacketFormats
import Reporting
import VRRPAssembly
import VRRPReporting

struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Finds what on this host breaks VRRP and LVS.",
        discussion: """
            Looks at firewalls, sysctls, interfaces, addresses, bridges, kernel modules, other daemons, clocks, limits \
            and file permissions, by what the configuration asks for, and listens on the network for a short time. \
            Each finding has what was read and the command that mends it. Without -f the configuration is the one that \
            vrrpctl run would take; if there is none, only the host itself is looked at.

            --fix sets sysctls, loads modules and takes rights to files away from others; it never touches firewall \
            rules or addresses.

            Exit status, by the worst finding: 0 for nothing or notes, 3 for warnings, 4 for errors. 2 for a wrong \
            command line, 77 for --fix without rights. What cannot be read without root is noted, and the rest is \
            looked at.
            """)

    @Option(
        name: [.customShort("f"), .customLong("use-file"), .customLong("file")],
        help: ArgumentHelp("The configuration.", valueName: "FILE"), completion: .file())
    var file: String?

    @Option(
        name: [.customShort("i"), .customLong("config-id")],
        help: ArgumentHelp(
            "What @ID lines are compared with (default: the host's name up to the first dot).", valueName: "ID"))
    var configurationID: String?

    @OptionGroup var control: ControlOptions

    @Option(help: ArgumentHelp("How long to listen on the network, in seconds.", valueName: "SECONDS"))
    var listen = 2.2

    @Flag(help: "Neither listen on the network nor ask it who has the addresses.")
    var noWire = false

    @Flag(help: "Write one JSON document.")
    var json = false

    @Flag(help: "Mend what can be mended safely, after showing it.")
    var fix = false

    @Flag(help: "With --fix: do not ask.")
    var yes = false

    @Flag(help: "With --fix: show what would be done, and do nothing.")
    var dryRun = false

    func validate() throws {
        guard listen.isFinite, listen >= 0, listen <= 3600 else {
            throw ValidationError("--listen \(listen): a number of seconds from 0 to 3600")
        }
        guard fix || !yes, fix || !dryRun else {
            throw ValidationError("--yes and --dry-run go with --fix")
        }
        guard !fix || dryRun || yes || (!json && isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1) else {
            throw ValidationError("--fix asks before it changes anything: without a terminal, give --yes or --dry-run")
        }
    }

    func run() throws {
        guard !fix || dryRun || geteuid() == 0 else {
            StandardStream.write("vrrpctl: --fix needs root\n", to: STDERR_FILENO)
            throw ExitCode(77)
        }
        let examined = examinedConfiguration()
        let start = HostState.Moment.now
        var state = read(for: examined)
        if !noWire, listen > 0 { hear(for: examined, &state) }
        state.noteJump(since: start)
        let report = Diagnosis.Doctor.examine(state, for: examined)
        let remedies = fix ? report.remedies : []
        guard !remedies.isEmpty else {
            try print(report)
            return try end(report)
        }
        if !json {
            try print(report)
            try tell(remedies)
        }
        guard !dryRun else {
            if json { try print(report) }
            return try end(report)
        }
        guard yes || isWanted() else { return try end(report) }
        var fixed: [(remedy: Remedy, failure: String?)] = []
        for remedy in remedies { fixed.append((remedy, Mending.apply(remedy))) }
        var mended = read(for: examined)
        mended.wire = state.wire
        mended.noteJump(since: start)
        let rest = Diagnosis.Doctor.examine(mended, for: examined)
        if json { try print(rest, fixed) } else { try tell(fixed, rest) }
        try end(rest)
    }

    private func end(_ report: DoctorReport) throws {
        guard report.worst.status != 0 else { return }
        throw ExitCode(report.worst.status)
    }

    // MARK: What is examined

    private func examinedConfiguration() -> ExaminedConfiguration? {
        let path = file ?? Run.defaultFile()
        guard file != nil || access(path, F_OK) == 0 else { return nil }
        var options = ConfigurationOptions()
        options.file = path
        options.configurationID = configurationID
        options.allFiles = false
        var (configuration, diagnostics, files) = options.read(host: ThisMachine())
        // Without rights the keys are rightly out of reach.
        if geteuid() == 0 { diagnostics += configuration.readKeyFiles(from: LocalFiles()) }
        return ExaminedConfiguration(
            path: path, configuration: configuration, diagnostics: diagnostics, files: files.map(\.path))
    }

    private func read(for examined: ExaminedConfiguration?) -> HostState {
        var runs: Bool?
        var process: Int?
        do throws(ControlFailure) {
            let answer = try ControlClient(path: control.state.socket).ask("ping", patience: 2)
            runs = true
            process = answer["pid"]?.integer
        } catch {
            // Whoever may not ask cannot tell.
            runs = error.status == 69 ? false : error.status == 77 ? nil : true
        }
        return HostInspection.read(for: examined, socket: control.state.socket, director: runs, process: process)
    }

    // MARK: The network

    /// Listens for advertisements, and asks then who has the addresses: what this host has is read anew for that, since
    /// an address may have moved meanwhile.
    private func hear(for examined: ExaminedConfiguration?, _ state: inout HostState) {
        var wire = WireFacts()
        let instances = examined?.configuration.instances.compactMap(\.interface.value)
        let names = state.interfaces.filter { interface in
            interface.isUp && !interface.isLoopback && (instances?.contains(interface.name) ?? true)
        }.map(\.name)
        let patience = Int(listen * 1000)
        wire.listen(
            on: names, for: .milliseconds(max(patience - Self.answerTime, patience / 2)),
            receivers: Self.receivers(examined), digests: SystemDigests())
        state.readInterfaces()
        let probe = AddressProbe(Self.addresses(for: examined, state), among: state.interfaces)
        wire.asked = probe.asked
        wire.unanswered += probe.unanswered
        // A question may be lost; RFC 5227 sends three.
        for _ in 0..<3 where !probe.asked.isEmpty {
            probe.ask()
            let deadline = Self.now() + Self.answerTime / 3
            while Self.now() < deadline {
                probe.wait(Int32(clamping: deadline - Self.now()))
                wire.answers = probe.collect()
            }
        }
        state.wire = wire
    }

    /// How long the last moment is, in which addresses are asked for, in milliseconds.
    private static let answerTime = 300

    /// The instances as judges of what is heard; nil without any.
    private static func receivers(_ examined: ExaminedConfiguration?) -> [SniffReceiver]? {
        let receivers = (examined?.configuration.receivers(policy: .keepalived) ?? []).map {
            SniffReceiver(instance: $0.instance, interface: $0.interface, receiver: $0.receiver)
        }
        return receivers.isEmpty ? nil : receivers
    }

    /// Virtual addresses and this host's own on the interfaces of the instances; without a configuration its own.
    private static func addresses(for examined: ExaminedConfiguration?, _ state: HostState) -> [String: [IPv4Address]] {
        var wanted: [String: [IPv4Address]] = [:]
        func want(_ address: IPAddress, on name: String) {
            guard case .v4(let address) = address, !wanted[name, default: []].contains(address) else { return }
            wanted[name, default: []].append(address)
        }
        let instances = examined?.configuration.instances ?? []
        for instance in instances {
            for address in (instance.addresses + instance.excludedAddresses).map(\.value) {
                if let name = address.interface ?? instance.interface.value { want(address.address, on: name) }
            }
        }
        let own = instances.isEmpty ? state.interfaces.map(\.name) : instances.compactMap(\.interface.value)
        for interface in state.interfaces where own.contains(interface.name) && !interface.isLoopback {
            for address in interface.addresses { want(address.prefix.address, on: interface.name) }
        }
        return wanted
    }

    /// In milliseconds.
    private static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }

    // MARK: Output

    private func print(_ report: DoctorReport, _ fixed: [(remedy: Remedy, failure: String?)]? = nil) throws {
        if json {
            var writer = JSONWriter()
            DoctorJSON.write(report, fixed: fixed, into: &writer)
            try StandardStream.print(writer.text)
        } else {
            var text = Text(capacity: 1 << 14)
            DoctorText.write(report, coloured: isatty(STDOUT_FILENO) == 1, into: &text)
            try StandardStream.print(text)
        }
    }

    private func tell(_ remedies: [Remedy]) throws {
        var text = Text()
        text.append(dryRun ? "\n--fix would do:\n" : "\n--fix does:\n")
        for remedy in remedies {
            text.append("    ")
            text.append(ShownText.harmless(remedy.command))
            text.newline()
        }
        try StandardStream.print(text)
    }

    private func isWanted() -> Bool {
        StandardStream.write("Do it? [y/N] ", to: STDOUT_FILENO)
        let answer = readLine() ?? ""
        return ["y", "yes"].contains(answer.lowercased())
    }

    private func tell(_ fixed: [(remedy: Remedy, failure: String?)], _ rest: DoctorReport) throws {
        var text = Text()
        for (remedy, failure) in fixed {
            text.append(failure == nil ? "done: " : "failed: ")
            text.append(ShownText.harmless(remedy.command))
            if let failure {
                text.append(": ")
                text.append(ShownText.harmless(failure))
            }
            text.newline()
        }
        let sysctls = fixed.contains { if case .sysctl = $0.remedy { $0.failure == nil } else { false } }
        if sysctls { text.append("Settings of the kernel last until the next boot; /etc/sysctl.d keeps them.\n") }
        text.append("\nWhat is left:\n")
        DoctorText.write(rest, coloured: isatty(STDOUT_FILENO) == 1, into: &text)
        try StandardStream.print(text)
    }
}
