import KeepalivedConfig
package import Reactor
import VRRPProtocol

/// Fetches one page after the other from a server, without blocking.
package final class PageFetch {
    package enum Outcome {
        /// The server sent all that it had to send. By TLS: whether it said goodbye.
        case response(ResponseReader, withGoodbye: Bool)
        case problem(ServerStream.Problem)
        case refused(ResponseReader.Refusal)
        /// It took longer than is sensible, however much came.
        case tooSlow(Duration)
    }

    private let stream: ServerStream
    private var reader = ResponseReader(makesDigest: false)
    private var deadline = Instant(nanoseconds: 0)
    private var patience = Duration.zero

    package init(along path: CheckPath, in loop: EventLoop) {
        stream = ServerStream(along: path, in: loop)
    }

    /// - Parameters:
    ///   - limit: For connecting, for the handshake, and for each pause of the server's.
    ///   - done: Called once, never before this returns, and not after `cancel`. The connection is closed then.
    package func fetch(
        _ request: HTTPRequest, _ session: TLSSession?, into reader: ResponseReader, within limit: Duration,
        then done: @escaping (Outcome) -> Void
    ) {
        self.reader = reader
        patience = max(limit * 10, .seconds(60))
        deadline = EventLoop.clock() + patience
        let finish: (Outcome) -> Void = { [unowned self] outcome in
            stream.close()
            self.reader = ResponseReader(makesDigest: false)
            done(outcome)
        }
        stream.open(session, within: limit) { [unowned self] problem in
            if let problem { return finish(.problem(problem)) }
            stream.say(request.bytes, within: limit) { [unowned self] problem in
                if let problem { return finish(.problem(problem)) }
                read(within: limit, finish)
            }
        }
    }

    package func cancel() {
        stream.close()
        reader = ResponseReader(makesDigest: false)
    }

    private func read(within limit: Duration, _ finish: @escaping (Outcome) -> Void) {
        stream.hear(within: limit) { [unowned self] heard in
            switch heard {
            case .bytes(let bytes):
                if let refusal = reader.take(bytes) { return finish(.refused(refusal)) }
                // It would go on for ever with a server that does.
                if EventLoop.clock() > deadline { return finish(.tooSlow(patience)) }
                read(within: limit, finish)
            case .ended(let withGoodbye):
                reader.finish()
                finish(.response(reader, withGoodbye: withGoodbye))
            case .failed(let problem): finish(.problem(problem))
            }
        }
    }
}
