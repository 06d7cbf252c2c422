import ArgumentParser
import ControlProtocol
import Director
import Glibc
import Reporting
import VRRPReporting

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says why an instance or a server is in its state.",
        discussion: """
            In sentences: its priority or weight and what changed it, who is active and by what rule, what its checks \
            say, which packets were not believed, and what would have to happen for it to change.

            Exit status: 0 if it was explained; 1 if there is no instance or server of that name; 69 if no daemon runs \
            with the socket; 77 without the right to ask it; 2 for a wrong command line.
            """)

    @OptionGroup var control: ControlOptions

    @Flag(help: "Write JSON: the sentences, and what is in them.")
    var json = false

    @Argument(
        help: ArgumentHelp(
            "An instance, a virtual or a real server, such as 192.168.0.2:80.", valueName: "INSTANCE|SERVER"),
        completion: .instanceAndServerNames)
    var name: String

    func run() throws {
        do throws(ControlFailure) {
            let answer = try ControlClient(path: control.state.socket).ask("explain", as: ExplanationsReport.self) {
                $0.key("name")
                $0.string(Array(name.utf8))
            }
            var text = Text()
            if json {
                var writer = JSONWriter()
                try? ControlCoder.write(answer, into: &writer)
                text.append(writer.text.bytes)
                text.newline()
            } else {
                for (place, explanation) in answer.explanations.enumerated() {
                    if place > 0 { text.newline() }
                    for sentence in explanation.sentences {
                        text.append(ShownText.harmless(sentence.text))
                        text.newline()
                    }
                }
            }
            try? StandardStream.print(text)
        } catch {
            StandardStream.write("vrrpctl: \(ShownText.harmless(error.message))\n", to: STDERR_FILENO)
            throw ExitCode(error.status)
        }
    }
}
