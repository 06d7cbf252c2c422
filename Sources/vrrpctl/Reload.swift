import ArgumentParser
import ControlProtocol
import Director
import Glibc
import Reporting
import VRRPReporting

struct Reload: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Has a running daemon take up its configuration anew.",
        discussion: """
            What has changed is changed, and what has not goes on without noticing. A configuration with errors is \
            refused whole, and what is wrong with it is told.

            Exit status: 0 if it was done, or could be; 5 if the configuration has errors; 69 if no daemon runs with \
            the socket; 77 without the right to ask it; 2 for a wrong command line.
            """)

    @OptionGroup var control: ControlOptions

    @Flag(help: "Tell what would change, and change nothing.")
    var dryRun = false

    func run() throws {
        do throws(ControlFailure) {
            let answer = try ControlClient(path: control.state.socket).ask("reload") { writer in
                writer.key("dryRun")
                writer.bool(dryRun)
            }
            var text = Text()
            let changes = (answer["changes"]?.array ?? []).compactMap(\.string)
            for change in changes {
                text.append(ShownText.harmless(change))
                text.newline()
            }
            if changes.isEmpty { text.append(dryRun ? "nothing would change\n" : "nothing has changed\n") }
            try? StandardStream.print(text)
        } catch {
            var message = ""
            if let diagnostics = error.answer?["diagnostics"]?.string { message += diagnostics }
            message += "vrrpctl: \(ShownText.harmless(error.message))\n"
            StandardStream.write(message, to: STDERR_FILENO)
            throw ExitCode(error.status)
        }
    }
}
