/// How bad a finding is.
package enum Severity: Int, Hashable, Sendable, Comparable, CaseIterable {
    /// It is as it should be.
    case ok
    /// Worth knowing; nothing breaks.
    case note
    /// It breaks under circumstances that may come.
    case warning
    /// It is broken.
    case error

    package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }

    package var word: String {
        switch self {
        case .ok: "ok"
        case .note: "note"
        case .warning: "warning"
        case .error: "error"
        }
    }

    /// With which status `vrrpctl doctor` ends if this is the worst.
    package var status: Int32 {
        switch self {
        case .ok, .note: 0
        case .warning: 3
        case .error: 4
        }
    }
}
