import ArgumentParser
import ControlProtocol
import Director
import Reporting
import VRRPReporting

struct Servers: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows a running daemon's virtual servers with their real servers.",
        discussion: """
            For each virtual server its scheduler, forwarding method and quorum, and what the kernel forwards for it; for \
            each of its real servers whether it is up and since when, its weight, connections and rates, and what its \
            checks found last. Rates are the kernel's estimates. With a virtual server, only that one.

            Exit status: 0 if the daemon answered; 1 if there is no such virtual server; 69 if no daemon runs with the \
            socket; 77 without the right to ask it; 2 for a wrong command line.
            """)

    @Argument(
        help: "The virtual server, such as 10.0.0.1:80, fwmark:5 or the name of a group; all of them without it.",
        completion: .virtualServerNames)
    var service: String?

    @OptionGroup var control: ControlOptions

    @Flag(help: "Write one JSON document.")
    var json = false

    func run() throws {
        let report = try control.ask { client throws(ControlFailure) in try client.servers(service: service) }
        if json { return try ReportOutput.printJSON(report) }
        var text = Text(capacity: 1 << 14)
        ServersText(report, offset: ReportOutput.offset).write(into: &text)
        try StandardStream.print(text)
    }
}
