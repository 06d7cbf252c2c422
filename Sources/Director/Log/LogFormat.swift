/// The form of the log's lines.
package enum LogFormat: String, CaseIterable, Hashable, Sendable {
    /// The time, the level and a sentence; for the journal a priority and a sentence.
    case text
    /// One JSON object a line: `time`, `level`, `event`, `message`, and what the event is about.
    case json
}
