import ArgumentParser
import ControlProtocol

struct Failover: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Hands an instance's addresses over to another router.",
        discussion: """
            The instance sends priority 0 and releases its addresses, so that the best other router takes over after its \
            skew time. Then it stands back: it counts as priority 1, an owner of the addresses too, until --back, or the \
            end of --for. It takes over again only where no other router does, so that the addresses are never lost. The \
            members of a sync group hand over together.

            It lasts over reloads, crashes and restarts of the daemon, until the machine is started anew.

            Exit status: 0 if it is done; 1 if it makes no sense, there is no such instance, or nobody took over; 69 if \
            no daemon runs with the socket; 77 without the right to ask it; 2 for a wrong command line.
            """)

    @Argument(help: "The instance, as the configuration calls it.", completion: .instanceNames)
    var instance: String

    @Flag(help: "End it: the instance takes part with its own priority again.")
    var back = false

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("How long it stands back: 90s, 30m, 1h30m, 2d.", valueName: "TIME"))
    var time: LastingTime?

    @Flag(help: "Also where no other router has been heard of.")
    var force = false

    @OptionGroup var steering: SteeringOptions

    func validate() throws {
        if back, time != nil { throw ValidationError("--back ends it at once: it goes without --for") }
        if back, force { throw ValidationError("--back needs no --force") }
    }

    func run() throws {
        try steering.ask(
            "failover",
            FailoverRequest(
                instance: instance, back: back, seconds: time?.seconds, force: force, dryRun: steering.dryRun))
    }
}
