/// Which events of a history somebody wants to see.
package struct EventQuery: Hashable, Sendable {
    /// Nothing that is older; nil for all that is kept.
    package var since: Timestamp?
    /// Empty for all.
    package var kinds: Set<DirectorEvent.Kind>
    /// The name of an instance, a sync group, a virtual or a real server; nil for all.
    package var subject: String?

    package init(since: Timestamp? = nil, kinds: Set<DirectorEvent.Kind> = [], subject: String? = nil) {
        self.since = since
        self.kinds = kinds
        self.subject = subject
    }

    /// - Parameter subjects: Whom the event is about: a real server's is about its virtual server too.
    package func matches(_ time: Timestamp, _ kind: DirectorEvent.Kind, _ subjects: some Sequence<String>) -> Bool {
        if let since, time < since { return false }
        if !kinds.isEmpty, !kinds.contains(kind) { return false }
        guard let subject else { return true }
        return subjects.contains(subject)
    }

    package func matches(_ event: DirectorEvent) -> Bool { matches(event.time, event.kind, event.subjects) }
}

extension DirectorEvent {
    /// The names of fields that say whom an event is about, the nearest first.
    package static let subjectFields = ["instance", "group", "realServer", "virtualServer", "about"]

    /// Everybody that it is about.
    package var subjects: [String] {
        var subjects = subject.isEmpty ? [] : [subject]
        for field in Self.subjectFields {
            if let name = fields[field], !name.isEmpty, !subjects.contains(name) { subjects.append(name) }
        }
        return subjects
    }
}
