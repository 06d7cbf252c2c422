/// The answer to `explain`: why an instance, a virtual or a real server is as it is, and what would change that.
package struct ExplanationReport: Codable, Hashable, Sendable {
    /// What a sentence is about, in the order in which they come.
    package enum Topic: String, Codable, Hashable, Sendable, CaseIterable {
        /// What it is, since when and why.
        case state
        /// How its priority, or its weight, comes about.
        case priority
        /// Who is active, and by what rule; of a real server, what its checks say.
        case election
        case check
        /// What an operator has ordered.
        case steering
        /// Packets that were not believed.
        case rejected
        /// Quorum and sorry server.
        case service
        /// What would have to happen for it to change.
        case outlook
    }

    package struct Sentence: Codable, Hashable, Sendable {
        package var topic: Topic
        /// A whole sentence, with its full stop.
        package var text: String
        /// What is in it, for programs.
        package var fields: [String: String]

        package init(_ topic: Topic, _ text: String, _ fields: [String: String] = [:]) {
            self.topic = topic
            self.text = text
            self.fields = fields
        }
    }

    /// `instance`, `virtualServer` or `realServer`.
    package var kind: String
    package var subject: String
    package var now: Timestamp
    package var sentences: [Sentence]

    package init(kind: String, subject: String, now: Timestamp, sentences: [Sentence]) {
        self.kind = kind
        self.subject = subject
        self.now = now
        self.sentences = sentences
    }
}

/// What `explain` answers with: a real server may serve for several virtual servers.
package struct ExplanationsReport: Codable, Hashable, Sendable {
    package var explanations: [ExplanationReport]

    package init(explanations: [ExplanationReport]) {
        self.explanations = explanations
    }
}
