import Addresses
import HealthChecks
import KeepalivedConfig
import Reactor
import VRRPProtocol

/// A connection to the mail server, from the look-up of its name to the end.
///
/// Whoever made it holds it: one that is released is closed, and tells nothing.
final class MailSession {
    enum Event {
        /// The server takes a letter now: call `send` or `quit`.
        case ready
        case done(SMTPClient.Delivery)
        /// It is over; the phrase says what went wrong, if anything did.
        case ended(String?)
    }

    private let settings: MailSettings
    private let loop: EventLoop
    private let told: (Event) -> Void
    private var lookup: NameLookup?
    private var addresses: [IPAddress] = []
    private var connection: Connection?
    private var client: SMTPClient
    private var outgoing: [UInt8] = []
    /// Until when the server has to answer. It is not put off by an answer that comes in pieces.
    private var deadline = Instant.origin
    private var isOver = false

    /// - Parameter told: Never called before this returns.
    init(_ settings: MailSettings, _ loop: EventLoop, told: @escaping (Event) -> Void) {
        self.settings = settings
        self.loop = loop
        self.told = told
        client = SMTPClient(hello: settings.hello)
        if let address = Self.address(settings.server.host) {
            addresses = [address]
            connect()
        } else {
            lookup = NameLookup(settings.server.host, within: settings.patience, loop) { [unowned self] in take($0) }
        }
    }

    /// Nil for a name.
    private static func address(_ text: String) -> IPAddress? {
        let text = Array(text.utf8)[...]
        return IPv4Address(dottedQuad: text).map { .v4($0) } ?? IPv6Address(text).map { .v6($0) }
    }

    // MARK: Letters

    func send(_ letter: Letter) { carryOut(client.handle(.letter(letter))) }

    func quit() { carryOut(client.handle(.quit)) }

    // MARK: Connecting

    private func take(_ answer: NameLookup.Answer) {
        lookup = nil
        switch answer {
        case .addresses(let found):
            addresses = found
            connect()
        case .failed(let reason):
            isOver = true
            told(.ended(reason))
        }
    }

    /// To one address after the other, until one answers.
    private func connect() {
        let address = addresses.removeFirst()
        let path = CheckPath(
            to: ServerEndpoint(address: address, port: settings.server.port), CheckConnection())
        let connection = Connection(along: path, in: loop)
        self.connection = connection
        deadline = EventLoop.clock() + settings.patience
        connection.connect(within: settings.patience) { [unowned self] failure in
            if let failure {
                guard addresses.isEmpty else { return connect() }
                return end(failure.phrase)
            }
            wait()
        }
    }

    // MARK: Talking

    private func wait() {
        guard !isOver, let connection, connection.isOpen else { return }
        let interest: EventLoop.Interest = outgoing.isEmpty ? .readable : [.readable, .writable]
        connection.wait(for: interest, until: deadline) { [unowned self] isReady in
            isReady ? transfer() : end(ConnectionFailure.noAnswer(within: settings.patience).phrase)
        }
    }

    private func transfer() {
        guard let connection else { return }
        if !outgoing.isEmpty {
            switch connection.write(outgoing) {
            case .moved(let count): outgoing.removeFirst(count)
            case .later: break
            case .ended: return end("closed the connection")
            case .failed(let failure): return end(failure.phrase)
            }
        }
        var bytes: [UInt8] = []
        switch connection.read(into: &bytes, atMost: 4_096) {
        case .moved: carryOut(client.handle(.received(bytes)))
        case .later: break
        case .ended: return end("closed the connection")
        case .failed(let failure): return end(failure.phrase)
        }
        wait()
    }

    private func end(_ reason: String) { carryOut(client.handle(.lost(reason))) }

    private func carryOut(_ actions: [SMTPClient.Action]) {
        for action in actions {
            guard !isOver else { return }
            switch action {
            case .send(let bytes): send(bytes)
            case .ready: told(.ready)
            case .done(let delivery): told(.done(delivery))
            case .close(let reason):
                isOver = true
                connection?.close()
                told(.ended(reason))
            }
        }
    }

    /// What can leave at once does; `wait` sees to the rest.
    private func send(_ bytes: [UInt8]) {
        outgoing += bytes
        deadline = EventLoop.clock() + settings.patience
        if let connection, connection.isOpen, case .moved(let count) = connection.write(outgoing) {
            outgoing.removeFirst(count)
        }
        wait()
    }
}
