import ArgumentParser
import ControlProtocol

struct Maintenance: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Hands all instances of this node over, and keeps them away.",
        discussion: """
            on: every instance hands over as by failover, and stands back. Addresses that nobody else takes stay with this \
            node, so that none is lost. With --strict they do not: the node is out of every election, in fault, also if \
            all others fail. off ends it.

            It lasts over reloads, crashes and restarts of the daemon, until the machine is started anew. Virtual and real \
            servers go on as they are.

            Exit status: 0 if it is done; 1 if it makes no sense; 69 if no daemon runs with the socket; 77 without the \
            right to ask it; 2 for a wrong command line.
            """)

    enum Setting: String, ExpressibleByArgument, CaseIterable {
        case on, off
    }

    @Argument(help: "on or off.")
    var setting: Setting

    @Flag(help: "Take no part in any election, also where nobody else does.")
    var strict = false

    @Option(
        name: .customLong("for"), help: ArgumentHelp("How long it lasts: 90s, 30m, 1h30m, 2d.", valueName: "TIME"))
    var time: LastingTime?

    @Flag(help: "Also where no other router has been heard of.")
    var force = false

    @OptionGroup var steering: SteeringOptions

    func validate() throws {
        if setting == .off, time != nil || strict || force {
            throw ValidationError("--for, --strict and --force go with on")
        }
    }

    func run() throws {
        try steering.ask(
            "maintenance",
            MaintenanceRequest(
                on: setting == .on, strict: strict, seconds: time?.seconds, force: force, dryRun: steering.dryRun))
    }
}
