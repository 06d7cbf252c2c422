package import Reactor
import VRRPProtocol

/// A connection over which something is said and heard, in the clear or by TLS.
package final class ServerStream {
    package enum Problem: Error, Hashable {
        case connection(ConnectionFailure)
        /// The phrase goes after "TLS: ".
        case tls(String)
    }

    package enum Hearing: Hashable {
        case bytes([UInt8])
        /// Nothing more comes. By TLS: whether the server said so, and the connection was not just cut.
        case ended(withGoodbye: Bool)
        case failed(Problem)
    }

    private let connection: Connection
    private var session: TLSSession?
    /// What is to be sent and was not yet.
    private var outgoing: [UInt8] = []
    private var sent = 0

    /// As much as one turn of the loop reads.
    private static let piece = 16 << 10

    package init(along path: CheckPath, in loop: EventLoop) {
        connection = Connection(along: path, in: loop)
    }

    /// Connects and, with a session, shakes hands. `limit` is for each of the two.
    /// `done` is called once, never before this returns, and not after `close`.
    package func open(
        _ session: TLSSession?, within limit: Duration, then done: @escaping (Problem?) -> Void
    ) {
        self.session = session
        (outgoing, sent) = ([], 0)
        connection.connect(within: limit) { [unowned self] failure in
            if let failure { return done(.connection(failure)) }
            guard session != nil else { return done(nil) }
            shakeHands(until: EventLoop.clock() + limit, limit, done)
        }
    }

    package func close() {
        if connection.isOpen, let session {
            session.sayGoodbye()
            let goodbye = session.output()
            if sent == outgoing.count, !goodbye.isEmpty { _ = connection.write(goodbye) }
        }
        session = nil
        connection.close()
    }

    private func shakeHands(until deadline: Instant, _ limit: Duration, _ done: @escaping (Problem?) -> Void) {
        guard let session else { return }
        let state = session.shakeHands()
        outgoing += session.output()
        flush(until: deadline, limit) { [unowned self] problem in
            switch state {
            case .failed(let phrase): done(.tls(phrase))
            case .done: done(problem)
            case .underway:
                if let problem { return done(problem) }
                receiveRecords(until: deadline, limit) { [unowned self] problem in
                    if let problem { return done(problem) }
                    shakeHands(until: deadline, limit, done)
                }
            }
        }
    }

    private func receiveRecords(until deadline: Instant, _ limit: Duration, _ done: @escaping (Problem?) -> Void) {
        connection.wait(for: .readable, until: deadline) { [unowned self] isReady in
            guard isReady else { return done(.connection(.noAnswer(within: limit))) }
            var bytes: [UInt8] = []
            switch connection.read(into: &bytes, atMost: Self.piece) {
            case .moved:
                session?.take(bytes)
                done(nil)
            case .later: receiveRecords(until: deadline, limit, done)
            case .ended: done(.tls("the server closed the connection during the handshake"))
            case .failed(let failure): done(.connection(failure))
            }
        }
    }

    // MARK: Saying and hearing

    /// Sends all of it; `limit` is for each piece that the server takes.
    package func say(_ bytes: [UInt8], within limit: Duration, then done: @escaping (Problem?) -> Void) {
        if let session {
            guard session.write(bytes) else { return done(.tls("nothing can be sent")) }
            outgoing += session.output()
        } else {
            outgoing += bytes
        }
        flush(until: nil, limit, done)
    }

    private func flush(until deadline: Instant?, _ limit: Duration, _ done: @escaping (Problem?) -> Void) {
        while sent < outgoing.count {
            switch connection.write(outgoing[sent...]) {
            case .moved(let count): sent += count
            case .failed(let failure): return done(.connection(failure))
            case .later, .ended:
                return connection.wait(for: .writable, until: deadline ?? EventLoop.clock() + limit) {
                    [unowned self] isReady in
                    guard isReady else { return done(.connection(.noAnswer(within: limit))) }
                    flush(until: deadline, limit, done)
                }
            }
        }
        (outgoing, sent) = ([], 0)
        done(nil)
    }

    /// Hears what comes next; `limit` is how long nothing may come.
    package func hear(within limit: Duration, then done: @escaping (Hearing) -> Void) {
        if session != nil, let heard = decrypted(hasEnded: false) { return done(heard) }
        connection.wait(for: .readable, within: limit) { [unowned self] isReady in
            guard isReady else { return done(.failed(.connection(.noAnswer(within: limit)))) }
            var bytes: [UInt8] = []
            let transfer = connection.read(into: &bytes, atMost: Self.piece)
            if case .later = transfer { return hear(within: limit, then: done) }
            guard let session else {
                switch transfer {
                case .failed(let failure): done(.failed(.connection(failure)))
                case .ended: done(.ended(withGoodbye: true))
                case .moved, .later: done(.bytes(bytes))
                }
                return
            }
            session.take(bytes)
            // A reset is as good an end as any, as with keepalived: many servers close TLS connections so.
            let hasEnded = if case .moved = transfer { false } else { true }
            if let heard = decrypted(hasEnded: hasEnded) { done(heard) } else { hear(within: limit, then: done) }
        }
    }

    private func decrypted(hasEnded: Bool) -> Hearing? {
        guard let session else { return nil }
        var bytes: [UInt8] = []
        while true {
            switch session.read(into: &bytes, atMost: Self.piece) {
            case .moved: continue
            case .later:
                if !bytes.isEmpty { return .bytes(bytes) }
                return hasEnded ? .ended(withGoodbye: false) : nil
            case .ended: return bytes.isEmpty ? .ended(withGoodbye: true) : .bytes(bytes)
            case .failed: return bytes.isEmpty ? .ended(withGoodbye: false) : .bytes(bytes)
            }
        }
    }
}
