import ControlProtocol
import KeepalivedConfig

extension ControlVerb {
    /// The history, a line for each event, the oldest first; with `follow` it goes on. `since` is a number of seconds
    /// before now, or a time; `kinds` and `subject` choose. A client that reads too slowly is told in a line with
    /// `missed` how many events it has missed.
    static func events(_ worker: Worker) -> ControlVerb {
        ControlVerb("events", .read) { [unowned worker] request, reply in
            do throws(ControlRefusal) {
                let history = worker.history
                var query = try EventQuery(request.members, at: Timestamp(Log.wallTime()))
                query.subject = query.subject.map { worker.nameInLog($0) }
                let follows = request.members["follow"]?.bool ?? false
                // Who follows and names no time wants what comes.
                let begin = follows && query.since == nil ? history.ring.last : nil
                reply.stream(EventFeed(history, EventCursor(query, after: begin), follows: follows).stream)
            } catch {
                reply.refuse(error)
            }
        }
    }
}

extension Worker {
    /// What the log calls the instance or the server that an operator names in any form; the same for what is unknown, as
    /// the history may know what is not configured any more.
    fileprivate func nameInLog(_ text: String) -> String {
        guard let daemon, daemon.byName[text] == nil else { return text }
        let names = ServerNames(daemon.configuration)
        let services = daemon.configuration.virtualServers
        if let place = try? names.service(named: text) { return services[place].name }
        guard let found = names.servers(named: text).first else { return text }
        return services[found.service].realServers[found.server].endpoint.value.name
    }
}

extension EventQuery {
    /// - Throws: What of the request is no question.
    init(_ members: JSONValue, at now: Timestamp) throws(ControlRefusal) {
        self.init()
        switch members["since"] {
        case nil, .null: break
        case .number(let text):
            guard let seconds = Int64(text), seconds >= 0, seconds <= 1 << 32 else {
                throw ControlRefusal("since takes seconds before now, or a time", status: 2)
            }
            since = Timestamp(milliseconds: now.milliseconds - seconds * 1000)
        case .string(let text):
            guard let time = Timestamp(text) else {
                throw ControlRefusal("since takes seconds before now, or a time", status: 2)
            }
            since = time
        default: throw ControlRefusal("since takes seconds before now, or a time", status: 2)
        }
        for value in members["kinds"]?.array ?? [] {
            guard let kind = value.string.flatMap({ DirectorEvent.Kind(rawValue: $0) }) else {
                throw ControlRefusal(
                    "there is no such kind of event; there are "
                        + DirectorEvent.Kind.allCases.map(\.rawValue).joined(separator: ", "), status: 2)
            }
            kinds.insert(kind)
        }
        subject = members["subject"]?.string
    }
}
