package import ControlProtocol
package import Glibc
import Reporting

/// Asks a running daemon how it is, again and again over one connection, without waiting for the answers.
package final class DirectorQuestions {
    package enum Answer {
        case status(StatusReport)
        case servers(ServersReport)
        /// What has happened since it was asked before; some may be told twice.
        case events([DirectorEvent])
    }

    /// Whether events are of interest.
    package var wantsEvents = true

    private let path: String
    private var conversation: ControlConversation?
    /// What was asked and not answered, in its order.
    private var asked: [Question] = []
    /// What has come of the answer to the first of them.
    private var answer: Draft?
    private var lastEvent: Timestamp?

    /// Seconds to wait for the rest of a line that has begun.
    private static let patience = 5
    /// How far back events are of interest at the start, in seconds.
    private static let past = 86_400

    private enum Question: String {
        case status
        case servers
        case events
    }

    /// An answer that has more lines.
    private enum Draft {
        case status(StatusReport)
        case servers(ServersReport)
        case events([DirectorEvent])
    }

    /// - Parameter path: The control socket.
    package init(path: String) {
        self.path = path
    }

    /// What to wait for: empty without a connection.
    package var pollDescriptors: [pollfd] {
        conversation.map { [pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0)] } ?? []
    }

    /// Whether answers are awaited.
    package var isWaiting: Bool { !asked.isEmpty }

    /// - Throws: That there is nobody to ask, or no right to.
    package func connect() throws(ControlFailure) {
        guard conversation == nil else { return }
        conversation = try ControlConversation(path: path, patience: Self.patience)
    }

    package func hangUp() {
        conversation = nil
        asked = []
        answer = nil
    }

    /// Asks all that is to be known; connects if need be.
    package func ask() throws(ControlFailure) {
        try connect()
        guard let conversation else { return }
        // The whole round is sent before the first answer is read.
        try conversation.send("status")
        try conversation.send("servers")
        asked = [.status, .servers]
        guard wantsEvents else { return }
        try conversation.send("events") { writer in
            writer.key("since")
            if let lastEvent { writer.string(Array(lastEvent.description.utf8)) } else { writer.number(Self.past) }
        }
        asked.append(.events)
    }

    /// Takes what has come, once the connection can be read.
    ///
    /// - Returns: The answers that are complete.
    /// - Throws: That the daemon is gone, or does not say what it was asked for.
    package func read() throws(ControlFailure) -> [Answer] {
        guard let conversation else { return [] }
        var answers: [Answer] = []
        repeat {
            guard let question = asked.first else {
                // It has let go of a client that was silent for long; or it is gone.
                hangUp()
                try connect()
                return answers
            }
            do throws(ControlFailure) {
                guard let done = try read(question, conversation) else { continue }
                answers.append(done)
            } catch {
                // A daemon that starts or reloads just now has not everything to tell; the next round is soon.
                guard error.answer != nil, question != .status else { throw error }
            }
            asked.removeFirst()
            answer = nil
        } while conversation.hasLine
        return answers
    }

    /// - Returns: Nil while the answer has more lines.
    private func read(_ question: Question, _ conversation: ControlConversation) throws(ControlFailure) -> Answer? {
        if var draft = answer {
            // Not held twice, or each line would copy all that came before.
            answer = nil
            guard let line = try conversation.next() else { return complete(draft) }
            try Self.add(line, to: &draft)
            answer = draft
            return nil
        }
        let first = try conversation.answer()
        let draft: Draft
        switch question {
        case .status: draft = .status(try ControlClient.value(of: first))
        case .servers: draft = .servers(try ControlClient.value(of: first))
        case .events: draft = .events([])
        }
        guard first["more"]?.bool == true else { return complete(draft) }
        answer = draft
        return nil
    }

    private func complete(_ draft: Draft) -> Answer {
        switch draft {
        case .status(let report): return .status(report)
        case .servers(let report): return .servers(report)
        case .events(let events):
            lastEvent = events.last?.time ?? lastEvent
            return .events(events)
        }
    }

    private static func add(_ line: JSONValue, to draft: inout Draft) throws(ControlFailure) {
        switch draft {
        case .status(var report):
            draft = .events([])
            if let instance = line["instance"] { report.instances.append(try ControlClient.value(of: instance)) }
            if let group = line["group"] { report.groups.append(try ControlClient.value(of: group)) }
            draft = .status(report)
        case .servers(var report):
            draft = .events([])
            if let service = line["service"] { report.services.append(try ControlClient.value(of: service)) }
            if let server = line["server"], !report.services.isEmpty {
                report.services[report.services.count - 1].servers.append(try ControlClient.value(of: server))
            }
            draft = .servers(report)
        case .events(var events):
            draft = .events([])
            if line["sequence"] != nil { events.append(try ControlClient.value(of: line)) }
            draft = .events(events)
        }
    }
}
