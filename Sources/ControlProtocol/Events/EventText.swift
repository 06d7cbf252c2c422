/// Events as people read them: a line for each.
package enum EventText {
    /// `2026-11-21 15:03:11.042  transition    lan  backup → active: …`
    ///
    /// - Parameter offset: Of the reader's clock from UTC at that time, in seconds.
    package static func line(_ event: DirectorEvent, offset: Int) -> String {
        let local = Timestamp(milliseconds: event.time.milliseconds + Int64(offset) * 1000).description
        let kind = event.kind.rawValue
        let space = String(repeating: " ", count: max(widest - kind.utf8.count, 0))
        return "\(local.prefix(10)) \(local.dropFirst(11).dropLast())  \(kind)\(space)  "
            + "\(event.subject.isEmpty ? "-" : event.subject)  \(event.text)"
    }

    private static let widest = DirectorEvent.Kind.allCases.map(\.rawValue.utf8.count).max() ?? 0
}
