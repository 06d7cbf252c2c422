import ArgumentParser
import ControlProtocol

struct Priority: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Sets the priority of a running instance.",
        discussion: """
            The number takes the place of the configured priority; weights of what is tracked are added to it as ever. It \
            lasts over reloads, crashes and restarts of the daemon, until default, or the machine is started anew.

            Exit status: 0 if it is done; 1 if there is no such instance; 69 if no daemon runs with the socket; 77 without \
            the right to ask it; 2 for a wrong command line.
            """)

    @Argument(help: "The instance, as the configuration calls it.", completion: .instanceNames)
    var instance: String

    @Argument(help: ArgumentHelp("1 to 254, or default for that of the configuration.", valueName: "N|default"))
    var priority: Choice

    @OptionGroup var steering: SteeringOptions

    /// A number, or what the configuration says.
    enum Choice: Hashable, ExpressibleByArgument {
        case number(Int)
        case configured

        init?(argument: String) {
            if argument == "default" {
                self = .configured
            } else if let number = Int(argument), (1...254).contains(number), argument.first != "+" {
                self = .number(number)
            } else {
                return nil
            }
        }
    }

    func run() throws {
        let number: Int? = if case .number(let number) = priority { number } else { nil }
        try steering.ask(
            "priority", PriorityRequest(instance: instance, priority: number, dryRun: steering.dryRun))
    }
}
