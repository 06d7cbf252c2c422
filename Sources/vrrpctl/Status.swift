import ArgumentParser
import ControlProtocol
import Director
import Reporting
import VRRPReporting

struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows what a running daemon's virtual routers are doing, and why.",
        discussion: """
            A row for each instance: its state and since when, its interface, VRID, effective and configured priority, \
            which router is active, the addresses that are here, and the last change of state with its cause. With an \
            instance, everything that is known of that one.

            Exit status: 0 if the daemon answered; 1 if there is no such instance; 69 if no daemon runs with the socket; \
            77 without the right to ask it; 2 for a wrong command line.
            """)

    @Argument(help: "The instance, as the configuration calls it; all of them without it.", completion: .instanceNames)
    var instance: String?

    @OptionGroup var control: ControlOptions

    @Flag(help: "Write one JSON document.")
    var json = false

    func run() throws {
        let report = try control.ask { client throws(ControlFailure) in try client.status(instance: instance) }
        if json { return try ReportOutput.printJSON(report) }
        var text = Text(capacity: 1 << 12)
        if instance != nil, let only = report.instances.first {
            InstanceText(only, on: report.node, offset: ReportOutput.offset).write(into: &text)
        } else {
            StatusText(report, offset: ReportOutput.offset).write(into: &text)
        }
        try StandardStream.print(text)
    }
}
