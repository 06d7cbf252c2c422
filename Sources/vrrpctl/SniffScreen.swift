import CLinux
import Glibc
import Reactor
import Reporting
import VRRPProtocol
import VRRPReporting

/// The picture of `vrrpctl sniff -i` on a terminal: the table, what is wrong, and the last changes.
final class SniffScreen {
    /// Whether there is something that the terminal does not show yet.
    var isStale = false
    private let title: String
    private let loop: EventLoop
    private var lines: [String] = []
    private var lastDrawn = Instant.origin
    private lazy var timer = loop.timer { [unowned self] _ in draw() }
    private let watch: () -> SniffWatch

    /// Changes that are kept.
    private static let lineLimit = 100
    /// Not more often is it drawn anew.
    private static let pause = Duration.milliseconds(250)

    /// - Parameter watch: Gives what is to be drawn, at the time of drawing.
    init(_ title: String, in loop: EventLoop, _ watch: @escaping () -> SniffWatch) {
        self.title = title
        self.watch = watch
        self.loop = loop
        // The alternate screen keeps what was on the terminal; the cursor would only blink.
        StandardStream.write("\u{1b}[?1049h\u{1b}[?25l", to: STDOUT_FILENO)
    }

    /// Gives the terminal back as it was.
    func end() {
        timer.set(nil)
        StandardStream.write("\u{1b}[?25h\u{1b}[?1049l", to: STDOUT_FILENO)
    }

    func add(_ event: SniffEvent) {
        var text = Text()
        SniffWatchText.write(event, into: &text)
        add(String(decoding: text.bytes.dropLast(), as: UTF8.self))
    }

    func add(_ line: String) {
        lines.append(line)
        if lines.count > Self.lineLimit { lines.removeFirst() }
        isStale = true
    }

    /// Draws what there is, soon.
    func refresh() {
        guard isStale, timer.deadline == nil else { return }
        timer.set(max(lastDrawn + Self.pause, EventLoop.clock()))
    }

    /// Draws what there is, at once.
    func draw() {
        isStale = false
        lastDrawn = EventLoop.clock()
        var rows: UInt16 = 0
        var columns: UInt16 = 0
        if clinux_terminal_size(STDOUT_FILENO, &rows, &columns) != 0 || rows == 0 || columns == 0 {
            (rows, columns) = (24, 80)
        }
        var text = Text()
        SniffWatchText.write(watch(), into: &text)
        var shown = [title, ""] + String(decoding: text.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        let room = Int(rows) - shown.count - 1
        if room > 0, !lines.isEmpty { shown += [""] + lines.suffix(room) }
        var picture = "\u{1b}[H"
        for (index, line) in shown.prefix(Int(rows)).enumerated() {
            if index > 0 { picture += "\r\n" }
            picture += String(line.prefix(Int(columns))) + "\u{1b}[K"
        }
        StandardStream.write(picture + "\u{1b}[J", to: STDOUT_FILENO)
    }
}
