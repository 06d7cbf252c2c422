import ArgumentParser
import Director
import DirectorWatch
import Glibc
import Screens
import TerminalControl
import VRRPReporting

struct Watch: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows virtual routers, servers and events of a running daemon, live.",
        discussion: """
            On a terminal it is a full screen that is moved through with keys; ? lists them, q ends it. Elsewhere, and \
            with --lines or --json, it is a line for everything that is there, and from then on a line for each change.

            A daemon that ends, or does not answer, is said to be gone, and asked again until it is back. Large tables \
            are asked for less often than every interval, so that neither side spends much of its time with that.

            Exit status: 0 when it was ended, or has looked as often or long as it should; 69 if no daemon runs with \
            the socket at the start; 77 without the right to ask it; 2 for a wrong command line.
            """)

    @OptionGroup var control: ControlOptions

    @Option(help: ArgumentHelp("Ask so often, 0.1 to 3600.", valueName: "SECONDS"))
    var interval: Double = 1

    @Flag(help: "Write lines, also to a terminal.")
    var lines = false

    @Flag(help: "Write each line as a JSON object.")
    var json = false

    @Option(help: ArgumentHelp("End after so many looks.", valueName: "N"))
    var count: Int?

    @Option(help: ArgumentHelp("End after this time, such as 90s, 30m, 1h30m.", valueName: "TIME"))
    var duration: LastingTime?

    func validate() throws {
        guard interval >= 0.1, interval <= 3600 else {
            throw ValidationError("--interval is 0.1 to 3600 seconds, not \(interval)")
        }
        if let count, count < 1 { throw ValidationError("--count is 1 at least, not \(count)") }
    }

    func run() throws {
        let questions = DirectorQuestions(path: control.state.socket)
        let limits = WatchLimits(looks: count, duration: duration.map { .seconds($0.seconds) })
        let milliseconds = Int((interval * 1000).rounded())
        do {
            // Who asks in vain at the start is told so at once.
            try questions.connect()
            if !lines, !json, let style = Self.terminalStyle, let terminal = Terminal() {
                let model = WatchModel(interval: milliseconds, glyphs: style.glyphs)
                let screen = WatchScreenRun(
                    questions, limits, terminal, model, ScreenPainter(hasColour: style.hasColour))
                try screen.run()
            } else {
                try WatchLinesRun(questions, limits, interval: milliseconds, isJSON: json).run()
            }
        } catch let failure as ControlFailure {
            StandardStream.write("vrrpctl: \(ShownText.harmless(failure.message))\n", to: STDERR_FILENO)
            throw ExitCode(failure.status)
        }
    }

    /// What the terminal can show; nil where it is none, or none that a cursor can be moved on.
    private static var terminalStyle: (glyphs: GlyphSet, hasColour: Bool)? {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return nil }
        guard let terminal = variable("TERM"), terminal != "dumb" else { return nil }
        let locale = variable("LC_ALL") ?? variable("LC_CTYPE") ?? variable("LANG") ?? ""
        return (GlyphSet(locale: locale), variable("NO_COLOR") == nil)
    }

    /// Nil where it is empty.
    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }
}
