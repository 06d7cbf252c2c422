package import HealthPolicy
import KeepalivedConfig
package import Reactor

/// SMTP_CHECK: a mail server greets, answers HELO and says goodbye. All of them, where the check has `host` blocks.
package final class SMTPProbe: Probe {
    /// What is awaited, what the answer must be, and what is said then.
    private enum Step: Int {
        case greeting, hello, goodbye

        /// Any reply to QUIT is good.
        var code: Int? {
            switch self {
            case .greeting: 220
            case .hello: 250
            case .goodbye: nil
            }
        }

        /// What the server answers.
        var words: String {
            switch self {
            case .greeting: "its greeting"
            case .hello: "HELO"
            case .goodbye: "QUIT"
            }
        }
    }

    /// What keepalived says by default: mail servers that look at the name know it.
    package static let standardName = "smtpchecker.keepalived.org"

    private let streams: [ServerStream]
    private let limit: Duration
    private let hello: [UInt8]
    private var reader = SMTPReplyReader()

    /// - Parameters:
    ///   - paths: To each server, at least one.
    ///   - name: What we say who we are.
    package init(_ name: String, along paths: [CheckPath], within limit: Duration, in loop: EventLoop) {
        streams = paths.map { ServerStream(along: $0, in: loop) }
        self.limit = limit
        hello = Array("HELO \(name)\r\n".utf8)
    }

    package func attempt(step: Int, then done: @escaping (CheckResult) -> Void) {
        ask(0, done)
    }

    package func cancel() {
        for stream in streams { stream.close() }
    }

    private func ask(_ place: Int, _ done: @escaping (CheckResult) -> Void) {
        guard streams.indices.contains(place) else { return done(.passed) }
        let stream = streams[place]
        let finish: (CheckResult) -> Void = { [unowned self] result in
            stream.close()
            if result.isSuccess { ask(place + 1, done) } else { done(result) }
        }
        stream.open(nil, within: limit) { [unowned self] problem in
            if let problem { return finish(problem.result) }
            expect(.greeting, from: stream, finish)
        }
    }

    private func expect(_ step: Step, from stream: ServerStream, _ finish: @escaping (CheckResult) -> Void) {
        reader = SMTPReplyReader()
        listen(step, to: stream, finish)
    }

    private func listen(_ step: Step, to stream: ServerStream, _ finish: @escaping (CheckResult) -> Void) {
        stream.hear(within: limit) { [unowned self] heard in
            switch heard {
            case .failed(let problem): return finish(problem.result)
            case .ended:
                return finish(
                    .failed("closed the connection before \(step == .greeting ? "" : "it answered ")\(step.words)"))
            case .bytes(let bytes):
                switch reader.take(bytes) {
                case .underway: listen(step, to: stream, finish)
                case .malformed: finish(.failed("answered with what is no reply of a mail server"))
                case .reply(let code):
                    guard step.code == nil || step.code == code else {
                        return finish(
                            .failed(step == .greeting ? "greeted with \(code)" : "answered \(step.words) with \(code)"))
                    }
                    proceed(from: step, with: stream, finish)
                }
            }
        }
    }

    private func proceed(from step: Step, with stream: ServerStream, _ finish: @escaping (CheckResult) -> Void) {
        guard let next = Step(rawValue: step.rawValue + 1) else { return finish(.passed) }
        stream.say(next == .hello ? hello : Array("QUIT\r\n".utf8), within: limit) { [unowned self] problem in
            if let problem { return finish(problem.result) }
            expect(next, from: stream, finish)
        }
    }
}
