import ArgumentParser
import KeepalivedConfig
import LocalHost
import Reporting
import VRRPReporting

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Finds every fault of a configuration in one run.",
        discussion: """
            Exit status: 0 if the configuration runs, with warnings perhaps; 4 if there are warnings and --strict is \
            given; 5 if something that it asks for cannot be done, or it cannot be read; 2 for a wrong command line.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "Warnings count: end with status 4 if there are any.")
    var strict = false

    @Flag(help: "Write one JSON document.")
    var json = false

    @Flag(help: "Leave out what depends on this machine: its interfaces, addresses, scripts and users.")
    var anyHost = false

    func run() throws {
        let (_, diagnostics, files) = options.read(host: anyHost ? nil : ThisMachine())
        let report = DiagnosticReport(path: options.file, files: files, diagnostics: diagnostics, isStrict: strict)
        if json {
            var writer = JSONWriter()
            DiagnosticsJSON.write(report, into: &writer)
            try StandardStream.print(writer.text)
        } else {
            var text = Text(capacity: 1 << 14)
            var rendering = DiagnosticsText(report)
            rendering.write(into: &text)
            try StandardStream.print(text)
        }
        guard report.status != .runs else { return }
        throw ExitCode(report.status.rawValue)
    }
}
