import ArgumentParser
import Director
import Glibc
import KeepalivedConfig
import LocalHost
import PacketAuthentication

struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the VRRP instances of a configuration.",
        discussion: """
            It stays in the foreground and logs to standard error. Without -f the configuration is \
            /etc/vrrpctl/vrrpctl.conf, or /etc/keepalived/keepalived.conf if there is no such file. With --instance \
            there is no file, and one instance is described by the options.

            Signals: HUP takes up the configuration anew, as vrrpctl reload does; TERM and INT end it in good order. \
            It is two processes: a small one, the guardian, watches the other, and does for it what is left to be done \
            if it dies.

            Examples:
              vrrpctl run -f /etc/keepalived/keepalived.conf
              vrrpctl run --instance VI_1 --interface eth0 --vrid 51 --priority 150 --address 10.0.0.3/24

            Exit status: 0 after an orderly end; 5 if the configuration has errors; 75 if a daemon runs with the socket \
            already; 77 if the rights are missing; 73 if its files cannot be made; 2 for a wrong command line.
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

    @Flag(name: [.customShort("e"), .customLong("all-config")], help: "An included file that is missing is an error.")
    var allFiles = false

    @OptionGroup var control: ControlOptions

    @Option(help: "The form of the log: text or json.")
    var logFormat = LogFormat.text

    @Option(help: "What is logged: error, warning, notice, info or debug, each with those before it.")
    var logLevel = LogLevel.notice

    @Flag(help: "Stay in the foreground, as it does in any case.")
    var foreground = false

    @OptionGroup var instance: InstanceOptions

    func validate() throws {
        // It is read again at a reload, and by another worker after a crash.
        guard file != "-" else { throw ValidationError("-f -: a daemon needs a file that it can read again") }
        guard instance.isGiven else { return }
        guard file == nil else { throw ValidationError("-f and --instance exclude each other") }
        try instance.check()
    }

    func run() throws {
        let path = instance.isGiven ? InstanceOptions.path : file ?? Self.defaultFile()
        let context = ReadingContext(
            configurationID: configurationID ?? ReadingContext.defaultID(hostName: ThisMachine.fullHostName),
            includeChecks: allFiles ? .all : [], randomSeed: ThisMachine.randomSeed)
        let files: any ConfigurationFiles =
            instance.isGiven ? FilesInMemory([path: instance.configuration]) : LocalFiles()
        let plan = RunPlan(
            file: path, files: files, context: context, state: control.state, logFormat: logFormat, logLevel: logLevel)
        let status = DirectorProgram.run(plan, arguments: CommandLine.arguments, digests: SystemDigests())
        guard status != 0 else { return }
        throw ExitCode(status)
    }

    /// The configuration that is run without -f.
    static func defaultFile() -> String {
        let own = "/etc/vrrpctl/vrrpctl.conf"
        return access(own, F_OK) == 0 ? own : "/etc/keepalived/keepalived.conf"
    }
}

extension LogFormat: ExpressibleByArgument {}
extension LogLevel: ExpressibleByArgument {}
