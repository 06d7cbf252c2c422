import ArgumentParser
import Glibc
import KeepalivedConfig
import LocalHost
import Reporting
import VRRPReporting

struct ShowConfig: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows a configuration as it is understood, each value with where it came from.",
        discussion: """
            Every default is filled in. The output is a configuration itself and means the same; passwords and keys \
            are masked unless --secrets is given. Exit status as check's.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "Write one JSON document.")
    var json = false

    @Flag(help: "Write passwords and keys out.")
    var secrets = false

    @Flag(help: "Leave out what depends on this machine: its interfaces, addresses, scripts and users.")
    var anyHost = false

    func run() throws {
        let (configuration, diagnostics, files) = options.read(host: anyHost ? nil : ThisMachine())
        let report = DiagnosticReport(path: options.file, files: files, diagnostics: diagnostics, isStrict: false)
        let shown = ShownConfiguration(
            path: options.file, files: files, configuration: configuration, showsSecrets: secrets)
        if json {
            var writer = JSONWriter()
            ShownConfigurationJSON(shown).write(into: &writer)
            try StandardStream.print(writer.text)
        } else {
            var text = Text(capacity: 1 << 14)
            ShownConfigurationText(shown).write(into: &text)
            try StandardStream.print(text)
        }
        guard report.status != .runs else { return }
        StandardStream.write(
            "vrrpctl: the configuration has errors; vrrpctl check -f \(ShownText.harmless(options.file)) names them\n",
            to: STDERR_FILENO)
        throw ExitCode(report.status.rawValue)
    }
}
