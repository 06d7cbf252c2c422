/// How much a line of the log matters, the most important first.
package enum LogLevel: String, CaseIterable, Hashable, Sendable, Comparable {
    /// Something that was asked for is not done.
    case error
    /// The daemon goes on, but somebody should look.
    case warning
    /// What an operator wants to find afterwards: transitions, reloads, starts and ends.
    case notice
    /// What explains the notices.
    case info
    /// Everything else that was decided.
    case debug

    /// syslog's number, which the journal takes as `<n>` before a line.
    package var priority: Int {
        switch self {
        case .error: 3
        case .warning: 4
        case .notice: 5
        case .info: 6
        case .debug: 7
        }
    }

    /// Whether `left` matters less.
    package static func < (left: LogLevel, right: LogLevel) -> Bool {
        left.priority > right.priority
    }
}
