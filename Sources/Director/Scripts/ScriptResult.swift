import Glibc

/// How a run of a script ended.
package enum ScriptResult: Hashable, Sendable {
    /// It exited with that status, 0 to 255; 0 is a success.
    case exited(Int32)
    /// That signal killed it, and not because it was to end.
    case killed(Int32)
    /// It took longer than it may and was ended.
    case timedOut
    /// It was ended because nobody needs it any more.
    case stopped
    /// It could not be run, or nothing is known about how it ended; the phrase says why.
    case failed(String)

    package var isSuccess: Bool { self == .exited(0) }

    /// A phrase that goes after the script's name.
    package var text: String {
        switch self {
        case .exited(0): "succeeded"
        case .exited(let status): "exited with status \(status)"
        case .killed(let signal): "was killed by signal \(signal)" + (Self.name(signal).map { " (\($0))" } ?? "")
        case .timedOut: "took too long and was ended"
        case .stopped: "was ended"
        case .failed(let reason): "was not run: \(reason)"
        }
    }

    private static func name(_ signal: Int32) -> String? {
        strsignal(signal).map { String(cString: $0) }
    }
}
