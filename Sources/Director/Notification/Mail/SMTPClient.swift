/// The client's side of a session with a mail server (RFC 5321), one command at a time, as keepalived speaks.
///
/// It knows no socket and no clock: what arrives goes in, what is to be done comes out. It begins when the connection
/// is there, and carries any number of letters, one after the other.
struct SMTPClient: Hashable, Sendable {
    enum Event: Hashable, Sendable {
        case received([UInt8])
        /// Only when it asked for one (`Action.ready`).
        case letter(Letter)
        /// Only then, too: there is no further letter.
        case quit
        /// The connection is gone or useless, for the reason that the phrase says.
        case lost(String)
    }

    enum Action: Hashable, Sendable {
        case send([UInt8])
        /// It can take a letter; or `quit`.
        case ready
        /// This is what became of the letter.
        case done(Delivery)
        /// The session is over. The phrase, if any, says what went wrong; a letter on its way was `done` before.
        case close(String?)
    }

    /// What became of a letter.
    struct Delivery: Hashable, Sendable {
        /// Who has it.
        var delivered: [String] = []
        /// Who is to get it another time, and why.
        var deferred: [String] = []
        var reason = ""
        /// Who never gets it, with the server's answer.
        var refused: [Refusal] = []

        struct Refusal: Hashable, Sendable {
            var recipient: String
            var reply: SMTPReply
        }
    }

    private enum State: Hashable, Sendable {
        case greeting, hello, ready, sender
        case recipient(Int)
        case data, body, reset, quitting, over
    }

    private let hello: String
    private var state = State.greeting
    private var reader = SMTPReplyReader()
    private var letter: Letter?
    private var delivery = Delivery()
    /// Whom the server has taken, until it has taken the letter.
    private var accepted: [String] = []

    /// - Parameter hello: What this host says that it is called.
    init(hello: String) {
        self.hello = hello
    }

    var isOver: Bool { state == .over }

    mutating func handle(_ event: Event) -> [Action] {
        var actions: [Action] = []
        switch event {
        case .received(let bytes): receive(bytes, &actions)
        case .letter(let letter): begin(letter, &actions)
        case .quit:
            guard state == .ready else { break }
            say("QUIT", then: .quitting, &actions)
        case .lost(let reason): end(reason, &actions)
        }
        return actions
    }

    // MARK: Answers

    private mutating func receive(_ bytes: [UInt8], _ actions: inout [Action]) {
        do throws(SMTPReplyReader.Nonsense) {
            for reply in try reader.read(bytes) where state != .over { take(reply, &actions) }
        } catch {
            end("it answers what no mail server would: \(error.start)", &actions)
        }
    }

    private mutating func take(_ reply: SMTPReply, _ actions: inout [Action]) {
        // The server goes away, whatever it was asked.
        if reply.code == 421, state != .quitting { return end(Self.words("it says", reply), &actions) }
        switch state {
        case .greeting:
            guard reply.isPositive else { return end(Self.words("it greets with", reply), &actions) }
            say("HELO \(hello)", then: .hello, &actions)
        case .hello:
            guard reply.isPositive else { return end(Self.words("it answers HELO with", reply), &actions) }
            becomeReady(&actions)
        case .ready:
            end(Self.words("it says without being asked", reply), &actions)
        case .sender:
            guard reply.isPositive else { return refuse(with: reply, &actions) }
            askNextRecipient(0, &actions)
        case .recipient(let place):
            take(reply, forRecipient: place)
            askNextRecipient(place + 1, &actions)
        case .data:
            guard reply.code == 354 else { return refuse(with: reply, &actions) }
            state = .body
            actions.append(.send(letter?.data ?? []))
        case .body:
            guard reply.isPositive else { return refuse(with: reply, resets: false, &actions) }
            delivery.delivered = accepted
            finish(&actions)
            becomeReady(&actions)
        case .reset:
            becomeReady(&actions)
        case .quitting:
            end(nil, &actions)
        case .over: break
        }
    }

    // MARK: A letter

    private mutating func begin(_ letter: Letter, _ actions: inout [Action]) {
        guard state == .ready else { return }
        self.letter = letter
        delivery = Delivery()
        accepted = []
        say("MAIL FROM:<\(Self.mailbox(letter.sender))>", then: .sender, &actions)
    }

    private mutating func askNextRecipient(_ place: Int, _ actions: inout [Action]) {
        guard let letter else { return }
        if place < letter.recipients.count {
            say("RCPT TO:<\(Self.mailbox(letter.recipients[place]))>", then: .recipient(place), &actions)
        } else if accepted.isEmpty {
            finish(&actions)
            say("RSET", then: .reset, &actions)
        } else {
            say("DATA", then: .data, &actions)
        }
    }

    private mutating func take(_ reply: SMTPReply, forRecipient place: Int) {
        guard let recipient = letter?.recipients[place] else { return }
        if reply.isPositive {
            accepted.append(recipient)
        } else if reply.isTemporary {
            delivery.deferred.append(recipient)
            delivery.reason = Self.words("it answers RCPT with", reply)
        } else {
            delivery.refused.append(Delivery.Refusal(recipient: recipient, reply: reply))
        }
    }

    /// The server does not take the letter, for anybody that it was still meant for.
    private mutating func refuse(with reply: SMTPReply, resets: Bool = true, _ actions: inout [Action]) {
        let others = state == .sender ? letter?.recipients ?? [] : accepted
        if reply.isTemporary || reply.isPositive {
            delivery.deferred += others
            delivery.reason = Self.words("it says", reply)
        } else {
            delivery.refused += others.map { Delivery.Refusal(recipient: $0, reply: reply) }
        }
        finish(&actions)
        if resets { say("RSET", then: .reset, &actions) } else { becomeReady(&actions) }
    }

    private mutating func finish(_ actions: inout [Action]) {
        letter = nil
        actions.append(.done(delivery))
    }

    // MARK: The session

    private mutating func becomeReady(_ actions: inout [Action]) {
        state = .ready
        actions.append(.ready)
    }

    private mutating func end(_ reason: String?, _ actions: inout [Action]) {
        guard state != .over else { return }
        // What was said in parting does not matter.
        let reason = state == .quitting ? nil : reason
        if let letter {
            let refused = Set(delivery.refused.map(\.recipient))
            delivery.deferred = letter.recipients.filter { !refused.contains($0) }
            delivery.reason = reason ?? ""
            finish(&actions)
        }
        state = .over
        actions.append(.close(reason))
    }

    private mutating func say(_ line: String, then next: State, _ actions: inout [Action]) {
        state = next
        actions.append(.send(Array(line.utf8.filter { $0 >= 32 && $0 != 127 }) + [13, 10]))
    }

    /// `lb@example.org` of `Load balancer <lb@example.org>`.
    private static func mailbox(_ address: String) -> Substring {
        guard let begin = address.lastIndex(of: "<"), address.last == ">" else { return address[...] }
        return address[address.index(after: begin)...].dropLast()
    }

    private static func words(_ what: String, _ reply: SMTPReply) -> String {
        "\(what) \(reply.code)\(reply.text.isEmpty ? "" : " \(reply.text)")"
    }
}
