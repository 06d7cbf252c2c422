import ArgumentParser
import ControlProtocol
import Director
import Glibc
import VRRPReporting

struct ServerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "server",
        abstract: "Drains, disables or enables a real server of a virtual server.",
        discussion: """
            A virtual server is called as in the log, without what is not needed to know it: 10.0.0.1:80, \
            [fd00::1]:80, '[10.0.0.1]:tcp:80', fwmark:7, or the name of its group. A real server likewise.

            Checks go on. What a drained or disabled server weighs counts for nothing: with the last one gone the sorry \
            server stands in. It lasts over reloads, crashes and restarts of the daemon, until enable, or the machine is \
            started anew.
            """,
        subcommands: [Drain.self, Disable.self, Enable.self])

    /// Which one.
    struct Which: ParsableArguments {
        @Argument(help: ArgumentHelp("The virtual server.", valueName: "VS"), completion: .virtualServerNames)
        var service: String

        @Argument(help: ArgumentHelp("The real server.", valueName: "RS"), completion: .realServerNames)
        var server: String

        @OptionGroup var steering: SteeringOptions

        func ask(_ action: ServerRequest.Action) throws {
            try steering.ask(
                "server",
                ServerRequest(action: action, service: service, server: server, dryRun: steering.dryRun))
        }
    }

    struct Drain: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sends a real server no new connections.",
            discussion: """
                Its weight is 0, and the connections that it has go on. With --wait it is done when the last active one has \
                ended: then the server can be taken away.

                Exit status: 0 if it is done; 1 if there is no such server, or connections are left at the end of \
                --timeout; 69 if no daemon runs with the socket; 77 without the right to ask it; 2 for a wrong command line.
                """)

        @OptionGroup var which: Which

        @Flag(help: "Wait until no active connection is left.")
        var wait = false

        @Option(help: ArgumentHelp("How long to wait at most: 90s, 30m, 1h30m.", valueName: "TIME"))
        var timeout: LastingTime?

        func validate() throws {
            if timeout != nil, !wait { throw ValidationError("--timeout goes with --wait") }
            if wait, which.steering.dryRun {
                throw ValidationError("--dry-run drains nothing that --wait could wait for")
            }
        }

        func run() throws {
            try which.ask(.drain)
            guard wait else { return }
            let patience = DrainPatience(
                which.service, which.server, client: ControlClient(path: which.steering.control.state.socket),
                seconds: timeout?.seconds)
            do throws(ControlFailure) {
                try patience.wait()
            } catch {
                throw SteeringOptions.fail(error)
            }
        }
    }

    struct Disable: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a real server out of the table.",
            discussion: """
                Connections that it has are cut. Its checks go on.

                Exit status: 0 if it is done; 1 if there is no such server; 69 if no daemon runs with the socket; 77 \
                without the right to ask it; 2 for a wrong command line.
                """)

        @OptionGroup var which: Which

        func run() throws { try which.ask(.disable) }
    }

    struct Enable: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets a drained or disabled real server serve again.",
            discussion: """
                It has the weight that its configuration and its checks give it, and serves if they find it well.

                Exit status: 0 if it is done; 1 if there is no such server; 69 if no daemon runs with the socket; 77 \
                without the right to ask it; 2 for a wrong command line.
                """)

        @OptionGroup var which: Which

        func run() throws { try which.ask(.enable) }
    }
}
