import ArgumentParser
import ControlProtocol
import Director
import DirectorWatch
import Glibc
import Reporting

/// `watch` without a terminal: a line for all that is there, and then for each change.
final class WatchLinesRun {
    private let questions: DirectorQuestions
    private var limits: WatchLimits
    private let interval: Duration
    private let isJSON: Bool
    private var finder = ChangeFinder()
    private var rhythm = WatchRhythm(at: .now)

    /// - Parameter interval: In milliseconds.
    init(_ questions: DirectorQuestions, _ limits: WatchLimits, interval: Int, isJSON: Bool) {
        self.questions = questions
        self.limits = limits
        self.interval = .milliseconds(interval)
        self.isJSON = isJSON
        questions.wantsEvents = false
    }

    /// - Throws: Why nothing was heard at all; or an exit code where lines cannot be written, after a message.
    func run() throws {
        while !limits.isOver(at: .now) {
            try askIfDue()
            let milliseconds = Int64((limits.clipped(rhythm.next) - .now) / .milliseconds(1)) + 1
            var watched = questions.pollDescriptors
            guard poll(&watched, nfds_t(watched.count), Int32(clamping: max(milliseconds, 0))) > 0 else { continue }
            try listen()
        }
    }

    private func askIfDue() throws {
        let now = ContinuousClock.now
        guard now >= rhythm.next else { return }
        if rhythm.isWaiting { return try lose(WatchRhythm.silence) }
        do throws(ControlFailure) {
            try questions.ask()
        } catch {
            return try lose(error)
        }
        rhythm.ask(at: now)
    }

    private func listen() throws {
        let answers: [DirectorQuestions.Answer]
        do throws(ControlFailure) {
            answers = try questions.read()
        } catch {
            return try lose(error)
        }
        rhythm.hear(at: .now)
        for answer in answers {
            switch answer {
            case .status(let report): try write(finder.take(report))
            case .servers(let report): try write(finder.take(report))
            case .events: break
            }
        }
        guard rhythm.isWaiting, !questions.isWaiting else { return }
        rhythm.finish(at: .now, interval: interval)
        limits.look()
    }

    private func lose(_ failure: ControlFailure) throws {
        guard finder.hasStatus else { throw failure }
        questions.hangUp()
        rhythm.fail(at: .now, interval: interval)
        try write(finder.lose(failure.message, at: .current))
    }

    private func write(_ changes: [WatchChange]) throws {
        guard !changes.isEmpty else { return }
        var text = Text()
        for change in changes {
            if isJSON { change.writeJSON(into: &text) } else { change.write(into: &text) }
        }
        try StandardStream.print(text)
    }
}
