import ControlProtocol
import Director
import DirectorWatch
import Glibc
import Screens
import TerminalControl

/// `watch` on a terminal: keys, answers and the clock in, pictures out.
final class WatchScreenRun {
    private let questions: DirectorQuestions
    private var limits: WatchLimits
    private let terminal: Terminal
    private var model: WatchModel
    private var painter: ScreenPainter
    private var decoder = KeyDecoder()
    private var rhythm = WatchRhythm(at: .now)
    /// Whether there may be another picture to show.
    private var isStale = true

    /// How long a key may take to come, in milliseconds: the bytes of one arrive together, or nearly so.
    private static let keyPause: Int64 = 50

    init(
        _ questions: DirectorQuestions, _ limits: WatchLimits, _ terminal: Terminal, _ model: WatchModel,
        _ painter: ScreenPainter
    ) {
        self.questions = questions
        self.limits = limits
        self.terminal = terminal
        self.model = model
        self.painter = painter
    }

    private var interval: Duration { .milliseconds(model.interval) }

    /// - Throws: Why nothing was heard at all.
    func run() throws(ControlFailure) {
        defer { terminal.restore() }
        while !limits.isOver(at: .now) {
            try askIfDue()
            // A terminal that takes nothing any more is gone.
            guard show(), try turn() else { return }
        }
    }

    /// - Returns: Whether the terminal takes it.
    private func show() -> Bool {
        guard isStale else { return true }
        isStale = false
        let size = terminal.size
        return terminal.show(painter.bytes(for: model.picture(rows: size.rows, columns: size.columns), size: size))
    }

    /// Waits for something and deals with it.
    ///
    /// - Returns: Whether to go on.
    private func turn() throws(ControlFailure) -> Bool {
        switch terminal.wait(milliseconds: milliseconds, others: questions.pollDescriptors) {
        case .end: return false
        case .changed:
            painter.forget()
            isStale = true
        case .typed(let bytes): return obey(decoder.take(bytes))
        case .ready: try listen()
        case .nothing:
            if decoder.isUndecided { return obey(decoder.finish()) }
        }
        return true
    }

    /// Until something has to be done.
    private var milliseconds: Int64 {
        if decoder.isUndecided { return Self.keyPause }
        let isAsleep = model.isPaused && !rhythm.isWaiting
        let next = limits.clipped(isAsleep ? .now + .seconds(60) : rhythm.next)
        return Int64((next - .now) / .milliseconds(1)) + 1
    }

    private func obey(_ keys: [Key]) -> Bool {
        isStale = true
        for key in keys {
            switch model.handle(key) {
            case .quit: return false
            case .redraw: painter.forget()
            case .ask: rhythm.hurry(at: .now)
            case nil: break
            }
        }
        return true
    }

    // MARK: The director

    private func askIfDue() throws(ControlFailure) {
        let now = ContinuousClock.now
        guard now >= rhythm.next else { return }
        if rhythm.isWaiting { return try lose(WatchRhythm.silence) }
        guard !model.isPaused else { return }
        do throws(ControlFailure) {
            try questions.ask()
        } catch {
            return try lose(error)
        }
        rhythm.ask(at: now)
    }

    private func listen() throws(ControlFailure) {
        let answers: [DirectorQuestions.Answer]
        do throws(ControlFailure) {
            answers = try questions.read()
        } catch {
            return try lose(error)
        }
        rhythm.hear(at: .now)
        if !answers.isEmpty { isStale = true }
        for answer in answers {
            switch answer {
            case .status(let report): model.take(report)
            case .servers(let report): model.take(report)
            case .events(let events): model.take(events)
            }
        }
        guard rhythm.isWaiting, !questions.isWaiting else { return }
        rhythm.finish(at: .now, interval: interval)
        limits.look()
    }

    private func lose(_ failure: ControlFailure) throws(ControlFailure) {
        guard model.status != nil else { throw failure }
        questions.hangUp()
        rhythm.fail(at: .now, interval: interval)
        isStale = true
        model.lose(failure.message, at: .current)
    }
}
